"""What follows from changes of product series and of the layouts that they name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel import config, words
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.refusals import Refused
from tenant_apps.catalog.models import Series


@follows("catalog.series.*")
def layouts_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("kernel.printtemplate.delete")
def layout_not_in_use(template: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """A layout that a series names is not deleted."""
    series = Series.objects.filter(layouts__contains=[event.subject_id]).values_list("name", flat=True)[:3]
    if series:
        told = {"document": template, "what": words.listed(sorted(series))}
        raise Refused("in_use", _t("%(document)s is used by %(what)s and cannot be deleted. Switch it off instead.") % told)
