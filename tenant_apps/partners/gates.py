"""What does not happen with a company on the blacklist (spec 2.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel import config
from kernel.access import Actor
from kernel.gates import gate
from kernel.refusals import Help, Refused
from tenant_apps.partners.models import Partner


def _blacklisted() -> frozenset[int]:
    return frozenset(Partner.objects.filter(state=Partner.State.BLACKLISTED).values_list("pk", flat=True))


@gate(
    "quoting.quote.submit", "quoting.quote.send", "quoting.quote.accept", "quoting.quote.confirm", "quoting.quote.convert",
    "contracts.contract.sign",
)  # fmt: skip
def no_business(document: Any, *, by: Actor, at: datetime) -> None:
    """Nothing is offered to, or agreed with, a company on the blacklist; what runs already runs on. No statement when warm."""
    if document.customer_id not in config.cached("blacklist", _blacklisted):
        return
    partner = document.customer
    told = _t("%(name)s is on the blacklist: no more business with it. Have it taken off first.") % {"name": partner.name}
    raise Refused(
        "blacklisted", told, help=[Help(_t("Open %(number)s") % {"number": partner}, "partners.partner.open", {"id": partner.pk})]
    )
