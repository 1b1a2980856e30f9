"""The mails that introduce a new colleague to the contacts of customers handed over (W-1.5.3): written, shown, sent, on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from kernel import clock, handing, mail, people
from kernel.returned import Notice, Trail, lost, reasons, trails
from tenant_apps.organization.handover import Handover
from tenant_apps.organization.letters import PLACE
from tenant_apps.organization.models import Member
from tenants.sandbox import in_sandbox

Moves = Mapping[str, list[tuple[int, list[int]]]]
Mail = dict[str, Any]
KIND = "h"
"""Of these letters, where what comes back is told."""


def addressed(moves: Moves) -> Iterator[Mail]:
    """Whom the mails go to: the contacts with an address of every customer that gets a new colleague, once for each address."""
    seen = set()
    for key, shares in moves.items():
        for receiver, ids in shares:
            for one in handing.contacts(key, ids):
                slot = (one.email.lower(), one.customer)
                if slot not in seen:
                    seen.add(slot)
                    yield {"email": one.email, "contact": one.name, "customer": one.customer, "member": receiver}


def written(handover: Handover, told: Mail) -> Mail:
    """A mail with its subject and text."""
    names, member = people.members(), Member.objects.get(pk=told["member"])
    values = {
        "contact": told["contact"], "customer": told["customer"], "before": names.get(handover.giver, ""), "after": member.name,
        "phone": member.phone, "email": member.email, "company": people.here().company_of(member.department_id),
    }  # fmt: skip
    lines = (line for line in handover.letter.splitlines() if not _says_nothing(line, values))
    return {**told, "subject": _filled(handover.subject, values), "text": "\n".join(_filled(line, values) for line in lines)}


def _says_nothing(line: str, values: Mapping[str, str]) -> bool:
    """A line for a telephone number that is not known."""
    named = PLACE.findall(line)
    return bool(named) and not any(values[one] for one in named)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda match: values[match[1]], text)


def send(handover: Handover, at: datetime) -> None:
    """Have those mails sent that are not on their way yet; out of a copy of the company none goes."""
    from tenant_apps.organization.tasks import introduce

    waiting = [number for number, one in enumerate(handover.told) if not one.get("sent")] if not in_sandbox() else []
    for number in waiting:
        handover.told[number]["sent"] = at.isoformat(timespec="seconds")
    Handover.objects.filter(pk=handover.pk).update(told=handover.told)
    for number in waiting:
        transaction.on_commit(partial(introduce.delay, handover.pk, number), robust=True)


def letter(handover: Handover, number: int) -> mail.Letter:
    """One of those mails; answers go to the new colleague."""
    ready = written(handover, handover.told[number])
    answers_to = Member.objects.values_list("email", flat=True).get(pk=ready["member"])
    return mail.Letter(ready["email"], ready["subject"], ready["text"], answers_to, (KIND, handover.pk))


def failed(pk: int, number: int, words: str, *, address: bool) -> None:
    """It did not arrive, for reasons in these words; `address`: because of the address."""
    with transaction.atomic():
        handover = Handover.objects.select_for_update().get(pk=pk)
        handover.told[number]["trouble"] = words
        Handover.objects.filter(pk=pk).update(told=handover.told)
        if address:
            lost(handover.told[number]["email"], clock.now().date())


def came_back(pk: int, trail: Trail, notice: Notice) -> bool:
    """News of such a mail after it was taken."""
    rows = Handover.objects.filter(pk=pk).values_list("told", flat=True).first() or []
    if notice.outcome != "failed":
        return False
    mine = [
        number
        for number, one in enumerate(rows)
        if trails.mark_of(one["email"]) == trail.mark and one.get("sent") and not one.get("trouble")
    ]
    for number in mine:
        failed(pk, number, notice.words, address=reasons.blames_address(notice.status))
    return bool(mine)


def trouble(told: Mail) -> Mail:
    """The mail server's words and what they mean, of a mail that did not arrive."""
    words = told.get("trouble", "")
    return {"trouble": words, "why": reasons.sentence(reasons.status_in(words)) if words else ""}
