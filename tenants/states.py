"""The life of a company: where it can stand, what follows on what, and what it may do there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy


class State(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("company", "Requested")
    PROVISIONING = "provisioning", pgettext_lazy("company", "Being set up")
    TRIAL = "trial", pgettext_lazy("company", "Trial")
    ACTIVE = "active", pgettext_lazy("company", "Active")
    PAST_DUE = "past_due", pgettext_lazy("company", "Payment due")
    SUSPENDED = "suspended", pgettext_lazy("company", "Suspended")
    CANCELLED = "cancelled", pgettext_lazy("company", "Cancelled")
    EXPORTED = "exported", pgettext_lazy("company", "Exported")
    DELETED = "deleted", _("Deleted")


WORKING = frozenset({State.TRIAL, State.ACTIVE, State.PAST_DUE})
"""Open for work."""
READ_ONLY = frozenset({State.SUSPENDED, State.CANCELLED, State.EXPORTED})
"""People log in, read and export; nothing changes."""
OPEN = WORKING | READ_ONLY
LEAVING = frozenset({State.CANCELLED, State.EXPORTED})
"""Waits for its day of deletion."""

FOLLOWS: dict[str, frozenset[str]] = {
    State.REQUESTED: frozenset({State.PROVISIONING, State.DELETED}),
    State.PROVISIONING: frozenset({State.TRIAL, State.ACTIVE}),
    State.TRIAL: frozenset({State.ACTIVE, State.PAST_DUE, State.SUSPENDED, State.CANCELLED}),
    State.ACTIVE: frozenset({State.PAST_DUE, State.SUSPENDED, State.CANCELLED}),
    State.PAST_DUE: frozenset({State.TRIAL, State.ACTIVE, State.SUSPENDED, State.CANCELLED}),
    State.SUSPENDED: frozenset({State.TRIAL, State.ACTIVE, State.CANCELLED}),
    State.CANCELLED: frozenset({State.ACTIVE, State.EXPORTED, State.DELETED}),
    State.EXPORTED: frozenset({State.ACTIVE, State.DELETED}),
    State.DELETED: frozenset(),
}
REFUSALS = {
    State.SUSPENDED: gettext_noop(
        "This company is suspended: everything can be read and exported, but not changed. An administrator can settle the subscription."
    ),
    State.CANCELLED: gettext_noop(
        "This company has been cancelled: everything can be read and exported until it is deleted, but not changed."
    ),
    State.EXPORTED: gettext_noop("This company has been cancelled and exported: it can be read until it is deleted, but not changed."),
}
