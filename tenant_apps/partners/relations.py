"""Who reports to whom and has whose ear: among the people of one company (W-9.1.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from kernel import lines
from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from tenant_apps.partners.models import Contact

RELATIONS = ("reports_to", "influences")


def refuse_strangers(contacts: Iterable[Contact]) -> None:
    """Refuse the lines of a customer's form in which somebody is put beside a stranger, or beside themselves."""
    people = list(contacts)
    theirs = {one.pk for one in people if one.pk is not None}
    wrong = [
        FieldError(f"contacts.{at}.{error.path}", error.code, error.detail)
        for at, one in enumerate(people)
        if one.pk is None or lines.said(one)
        for error in strangers(one, theirs - {one.pk})
        if getattr(one, f"{error.path}_id") != lines.was(one).get(f"{error.path}_id")
    ]
    if wrong:
        raise Invalid(wrong)


def strangers(contact: Contact, colleagues: Collection[int]) -> list[FieldError]:
    """What is wrong with whom a contact is said to work with."""
    named = {name: getattr(contact, f"{name}_id") for name in RELATIONS}
    told = _("Choose a colleague of the same company.")
    return [FieldError(name, "other_company", told) for name, who in named.items() if who is not None and who not in colleagues]


def forget(contact: Contact) -> None:
    """Nobody at the company that somebody has left is beside them any more; an open form learns of it by the version."""
    contact.reports_to = contact.influences = None
    for name in RELATIONS:
        rows = type(contact)._base_manager.filter(**{name: contact})
        rows.update(**{name: None, "version": F("version") + 1})
