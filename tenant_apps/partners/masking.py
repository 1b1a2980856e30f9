"""Telephone numbers of accounts in a pool are put aside until somebody has claimed them, so that no list, export or search gives them away (spec 2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kernel import bulk

if TYPE_CHECKING:
    from tenant_apps.partners.models import Partner

DOTS = "••••"
NUMBER = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)|(?P<called>\+?\d(?:[\s()（）\-–—.]{0,2}\d)+)")
"""A date, or what may be a telephone number."""
SHORTEST = 7
"""Digits of a number that somebody can be called by."""


def veiled(text: str) -> str:
    """138••••5678; of a short one, or of a mail address, only the end."""
    if not text:
        return ""
    name, at, host = text.rpartition("@")
    if at:
        return f"{name[:1]}{DOTS}@{host}"
    return f"{text[:3]}{DOTS}{text[-4:]}" if len(text) > 7 else DOTS


def without_numbers(text: str) -> str:
    """A text in which whatever may be a telephone number is veiled, however it is written."""
    return NUMBER.sub(lambda found: veiled(found[0]) if found["called"] and sum(map(str.isdigit, found[0])) >= SHORTEST else found[0], text)


def put_aside(partner: Partner) -> None:
    """Veil the numbers of a locked partner and its people; the partner itself is stored by its caller."""
    people = list(partner.contacts.all())
    partner.aside = {"phone": partner.phone, "contacts": {str(one.pk): [one.phone, one.email] for one in people}}
    partner.phone = veiled(partner.phone)
    for one in people:
        one.phone, one.email = veiled(one.phone), veiled(one.email)
    _store(people)


def give_back(partner: Partner) -> None:
    """Show the numbers again, except for those that were written anew meanwhile."""
    aside = partner.aside
    partner.phone = _restored(partner.phone, aside.get("phone", ""))
    people = list(partner.contacts.all())
    for one in people:
        phone, email = aside.get("contacts", {}).get(str(one.pk), ("", ""))
        one.phone, one.email = _restored(one.phone, phone), _restored(one.email, email)
        one.owner, one.unit = partner.owner, partner.unit
    _store(people)
    partner.aside = {}


def _restored(now: str, kept: str) -> str:
    return kept if kept and now == veiled(kept) else now


def _store(people: list[Any]) -> None:
    for one in people:
        one.version += 1
        one.search_text = one.index_text()
    bulk.update(people, ("phone", "email", "owner", "unit", "version", "search_text"))
