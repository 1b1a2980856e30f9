"""Ready flows (WF-4.S6): by the organisation in three levels, by amount, and others that companies ask for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

say = _
"""For words that stand in the file; `words` lists them for the catalogue."""
FILE = Path(__file__).with_name("templates.json")
STARRED = frozenset(
    {
        "quoting.quote.submit", "quoting.quote.send", "contracts.contract.sign", "sales.order.confirm", "sales.order.cancel", "sales.order.resume", "finance.invoice.issue",
        "inventory.move.post", "crm.registration.submit",
    }
)  # fmt: skip
"""Moves that usually run an approval (spec 3.2), among those there are; every other action can be put under one too."""


@cache
def library() -> dict[str, dict[str, Any]]:
    """{name: template}. Their words are English and told in the reader's language."""
    return {one["key"]: one for one in json.loads(FILE.read_text())}


def words() -> list[str]:
    """The sentences of the templates, for the catalogue of words."""
    return [
        _("Three levels by organisation"), _("Direct superior, then the head of the department, then the general manager; nobody is asked twice."),
        _("Direct superior"), _("Head of the department"), _("General manager"), _("Start"), _("End"), _("One level"),
        _("The direct superior decides alone."), _("Two levels and finance"), _("Direct superior, head of the department, then finance."), _("Finance"),
        _("By amount"), _("Small amounts end with the direct superior, large ones go up to the general manager."), _("How much is it?"), _("Join"),
        _("By signing limit"), _("The nearest superior whose signing limit is enough decides."), _("Superior with the authority"),
        _("Countersigned by several"), _("Sales, finance and engineering decide at the same time, and all must agree."), _("At the same time"), _("Sales"),
        _("Engineering"), _("By price authority"), _("Which authority is needed?"),
        _("For quotes: superior, head of the department, general manager as the discount asks for; below the floor price finance too."),
        _("Below the floor price?"), _("With a copy to the administrators"), _("The direct superior decides; those responsible get a copy."), _("Copy"),
    ]  # fmt: skip


def told() -> list[dict[str, Any]]:
    """`resource`: the only document type a template is for; empty: any."""
    return [
        {
            "key": key,
            "label": say(one["label"]),
            "text": say(one["text"]),
            "drawing": drawing_of(one),
            "resource": one.get("resource", ""),
        }
        for key, one in library().items()
    ]


def drawing_of(template: dict[str, Any]) -> dict[str, Any]:
    """The drawing with its steps named in the reader's language."""
    drawing = template["drawing"]
    return {"nodes": [{**node, "name": say(node["name"])} for node in drawing["nodes"]], "edges": [dict(edge) for edge in drawing["edges"]]}
