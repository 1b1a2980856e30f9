"""Who may fill a form in, who sees what was filled in, who decides: as its designer set it, told like the grants of a role."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kernel import config

if TYPE_CHECKING:
    from kernel.access import Grants

OWN = ("read", "create", "change", "delete", "submit", "withdraw", "cancel", "finish", "print", "export")
"""What everybody who may fill a form in may do with what they filled in themselves."""
LOOKING = ("read", "print", "export")
DECIDING = ("read", "print", "approve", "reject")
CLOSED = {"*": "none"}
NAMES = ("key", "for_roles", "for_units", "seen_by", "seen_roles", "seen_units", "decision", "revision")


def heads() -> list[dict[str, Any]]:
    """All forms, with whom they are for."""
    from tenant_apps.office.models import Form

    return config.cached("office-heads", lambda: list(Form.objects.values(*NAMES)))


def grants(roles: Collection[int], units: Collection[int]) -> Grants:
    """What the company's forms give to somebody with these roles, in these departments and those above."""
    return {f"office.{head['key']}": _of(head, frozenset(roles), frozenset(units)) for head in heads() if head["revision"]}


def _of(head: dict[str, Any], roles: frozenset[int], units: frozenset[int]) -> dict[str, Any]:
    from tenant_apps.office.models import Form

    def among(kind: str) -> bool:
        return bool(roles & set(head[f"{kind}_roles"]) or units & set(head[f"{kind}_units"]))

    everybody = not head["for_roles"] and not head["for_units"]
    found: dict[str, set[str]] = {}
    if everybody or among("for"):
        found = {verb: {"own"} for verb in OWN}
        for verb in LOOKING:
            found[verb].add({Form.Seen.UNIT: "unit", Form.Seen.ALL: "all"}.get(head["seen_by"], "own"))
    if head["decision"] == Form.Decision.SUPERIOR:
        for verb in DECIDING:
            found.setdefault(verb, set()).add("subordinates")
    if among("seen"):
        for verb in LOOKING:
            found.setdefault(verb, set()).add("all")
    return {verb: sorted(reaches) for verb, reaches in found.items()} or CLOSED
