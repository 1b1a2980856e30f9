"""Ports: a register of companies that completes a name, and a reader of business cards. Which service answers is a setting; without one all is typed by hand.

The service is asked over HTTP and answers JSON: `GET <address>?q=…` → {"rows": [{"name": …, "tax_no": …, "address": …, "phone": …}]}; `POST <address>` with the
picture as its body → {"name": …, "job": …, "company": …, "phone": …, "email": …}. Whatever else it says is left out. By hand, a pasted signature, card or
block of invoice details is taken apart (`signatures.py`). What is found is offered; nothing is written before somebody says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
import urllib3
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kernel.access import Actor
from kernel.refusals import Refused
from kernel.webhooks import outgoing
from tenant_apps.partners import signatures
from tenant_apps.partners.parameters import CARD_READER, REGISTER

COMPANY = {
    "name": 120,
    "short_name": 40,
    "tax_no": 20,
    "address": 200,
    "phone": 40,
    "website": 120,
    "invoice_address": 240,
    "bank_name": 120,
    "bank_account": 40,
}
PERSON = {"name": 60, "job": 60, "company": 120, "phone": 40, "mobile": 40, "email": 254, "address": 200, "website": 120}
ROWS, BIGGEST, MOST, LONGEST = 10, 5_000_000, 100_000, 5000


def companies(text: str, by: Actor) -> dict[str, Any]:
    """Companies whose names begin or sound like a text; `on` tells whether a register can be asked at all, `reader` whether pictures are read."""
    address = str(REGISTER.value(by))
    there = {"on": bool(address), "reader": bool(CARD_READER.value(by))}
    if not address or len(text.strip()) < 2:
        return {**there, "rows": []}
    told = _asked("GET", f"{address}{'&' if '?' in address else '?'}{urlencode({'q': text.strip()})}")
    rows = told.get("rows") if isinstance(told.get("rows"), list) else []
    return {**there, "rows": [_taken(row, COMPANY) for row in rows[:ROWS] if isinstance(row, Mapping) and row.get("name")]}  # type: ignore[index]


def card(picture: UploadedFile | None, by: Actor) -> dict[str, Any]:
    """What stands on a photographed business card."""
    address = str(CARD_READER.value(by))
    if not address:
        raise Refused("no_card_reader", _("No reader of business cards is set up. Please type what stands on the card."))
    if picture is None or (picture.size or 0) > BIGGEST:
        raise Refused("bad_picture", _("Please send one picture of at most 5 MB."), status=422)
    return _taken(_asked("POST", address, picture.read()), PERSON)


def pasted(text: Any) -> dict[str, str]:
    """What a signature or a card says that somebody pasted."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise Refused("too_long", _("Please paste a text of at most %(n)d characters.") % {"n": LONGEST}, status=422)
    return _taken(signatures.apart(text), {**COMPANY, **PERSON})


def _asked(method: str, address: str, body: bytes | None = None) -> Mapping[str, Any]:
    try:
        answer = outgoing.request(method, address, body, {"Accept": "application/json"}, MOST)
        told = orjson.loads(answer.text) if answer.status == 200 else None
    except (OSError, urllib3.exceptions.HTTPError, ValueError):
        told = None
    if not isinstance(told, Mapping):
        raise Refused("no_answer", _("The service does not answer. Please go on by hand and try again later."), status=503)
    return told


def _taken(row: Mapping[str, Any], columns: Mapping[str, int]) -> dict[str, str]:
    told = {name: str(row.get(name) or "").strip()[:most] for name, most in columns.items()}
    return {name: value for name, value in told.items() if value}
