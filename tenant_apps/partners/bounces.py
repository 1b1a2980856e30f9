"""Mail addresses at customers from which letters came back: asked about before the next letter. Those of contacts are marked with the day;
of one that was typed by hand, whoever keeps the letters knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kernel import gates, holding
from kernel.access import Actor
from kernel.refusals import Help, Refused

if TYPE_CHECKING:
    from tenant_apps.partners.models import Contact

Kept = Callable[[int | None, str], date | None]
_kept: list[Kept] = []


def kept(function: Kept) -> Kept:
    """Have `function(customer, email)` asked for the day of the customer's last letter to an address if it came back for the address's fault."""
    _kept.append(function)
    return function


def mark(customer: int | None, email: str, on: date) -> None:
    """A letter to this address of a customer's came back."""
    _contacts(customer, email).update(bounced_on=on)


def mark_wherever(email: str, on: date) -> None:
    """A letter of which no customer is known came back."""
    _all().filter(email__iexact=email).update(bounced_on=on)


def clear(customer: int | None, email: str, sent_on: date) -> None:
    """A letter that went out since was opened, so the address works."""
    _contacts(customer, email).filter(bounced_on__lte=sent_on).update(bounced_on=None)


def warn(customer: int | None, email: str, kind: str, by: Actor) -> None:
    """Ask whoever sends to an address from which mail came back whether it is meant; where the product carries it out, nobody can be asked."""
    if by.id is None or holding.replays():
        return
    contact = _contacts(customer, email).filter(bounced_on__isnull=False).first()
    if contact is not None:
        sentence = _("Mail to %(email)s came back on %(day)s. Correct the address at the contact, or confirm that it is right.")
        help = [Help(_("Open the contact"), "partners.contact.open", {"id": contact.pk})]
        _ask(kind, sentence, {"email": contact.email, "day": contact.bounced_on}, help)
    elif day := next(filter(None, (function(customer, email) for function in _kept)), None):
        sentence = _("The letter of %(day)s to %(email)s came back. Enter another address, or confirm that it is right.")
        _ask(kind, sentence, {"email": email, "day": day}, [])


def _ask(kind: str, sentence: str, told: dict[str, Any], help: list[Help]) -> None:
    slot, items = f"{kind}#address", [_("%(email)s is the right address") % told]
    if gates.unchecked(slot, items):
        asked = gates.checklist(slot, _("Mail came back"), items, sentence % told)
        raise Refused("address_bounced", sentence % told, help=help, extra=asked)


def forget_changed(contacts: Sequence[Contact]) -> None:
    """Whoever has got another address is marked no more; asked only where somebody is marked."""
    marked = {one.pk: one for one in contacts if one.bounced_on is not None}
    for pk, email in _all().filter(pk__in=marked).values_list("pk", "email") if marked else ():
        if email.lower() != marked[pk].email.lower():
            marked[pk].bounced_on = None


def _contacts(customer: int | None, email: str) -> QuerySet[Contact]:
    return _all().filter(partner=customer, email__iexact=email)


def _all() -> QuerySet[Contact]:
    from tenant_apps.partners.models import Contact

    return Contact.objects.all()
