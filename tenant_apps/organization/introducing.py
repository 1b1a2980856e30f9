"""The mails that introduce a new colleague to the contacts of customers handed over (W-1.5.3): written, shown, sent, on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kernel import handing, people
from shared_apps.accounts.tasks import send_soon
from tenant_apps.organization.handover import Handover
from tenant_apps.organization.letters import PLACE
from tenant_apps.organization.models import Member
from tenants.sandbox import in_sandbox

Moves = Mapping[str, list[tuple[int, list[int]]]]
Mail = dict[str, Any]


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


def written(handover: Handover, mail: Mail) -> Mail:
    """A mail with its subject and text."""
    names, member = people.members(), Member.objects.get(pk=mail["member"])
    values = {
        "contact": mail["contact"], "customer": mail["customer"], "before": names.get(handover.giver, ""), "after": member.name,
        "phone": member.phone, "email": member.email, "company": people.here().company_of(member.department_id),
    }  # fmt: skip
    lines = (line for line in handover.letter.splitlines() if not _says_nothing(line, values))
    return {**mail, "subject": _filled(handover.subject, values), "text": "\n".join(_filled(line, values) for line in lines)}


def _says_nothing(line: str, values: Mapping[str, str]) -> bool:
    """A line for a telephone number that is not known."""
    named = PLACE.findall(line)
    return bool(named) and not any(values[one] for one in named)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda match: values[match[1]], text)


def send(handover: Handover, at: datetime) -> None:
    """Send those mails that are not on their way yet; out of a copy of the company none goes."""
    for mail in handover.told if not in_sandbox() else ():
        if not mail.get("sent"):
            ready = written(handover, mail)
            send_soon(ready["subject"], ready["text"], [ready["email"]])
            mail["sent"] = at.isoformat(timespec="seconds")
    Handover.objects.filter(pk=handover.pk).update(told=handover.told)
