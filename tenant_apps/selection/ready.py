"""A company's selection tables made ready to answer, kept until one of them changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from kernel import config
from tenant_apps.selection import engine

Json = dict[str, Any]
MACHINES = 64
"""Which a process keeps; that used longest ago goes first."""


@dataclass(frozen=True)
class Ready:
    """A version of a table, and the standard bill of materials on which it builds."""

    pk: int
    name: str
    edition: int
    state: str
    source: bytes
    """The table as JSON: by it the machine is found again when some other setting of the company has changed."""
    base: Json = field(default_factory=dict)
    item: int | None = None
    """What stands on quotes for whatever is configured with it."""

    @property
    def machine(self) -> engine.Machine:
        return _machine(self.source)

    @property
    def told(self) -> str:
        """Its name with its version."""
        return f"{self.name} v{self.edition}"

    @property
    def offered(self) -> bool:
        return self.state == "published"

    @property
    def settled(self) -> bool:
        """Whether this version is never changed any more: it is offered, or was."""
        return self.offered or self.state == "retired"

    def evaluate(self, choices: Mapping[str, Any], *, explain: bool = True) -> engine.Answer:
        edition = self.told if self.settled else f"{self.told} {self.state}"
        return engine.evaluate(self.machine, choices, edition, self.base, explain=explain)


@lru_cache(MACHINES)
def _machine(source: bytes) -> engine.Machine:
    return engine.Machine(engine.read(orjson.loads(source)))


def of(pk: int) -> Ready | None:
    """A table by its id; no query when it is known in its present form."""
    return config.cached(f"selection-{pk}", lambda: _load(pk))


def present(name: str) -> Ready | None:
    """The version of a table that is offered now; no query when warm."""
    from tenant_apps.selection.models import RuleSet

    offered = RuleSet.objects.filter(name=name, state=RuleSet.State.PUBLISHED).values_list("pk", flat=True)
    found = config.cached(f"selection-present-{name}", offered.first)
    return of(found) if found else None


def _load(pk: int) -> Ready | None:
    from tenant_apps.selection.models import RuleSet

    found = RuleSet.objects.filter(pk=pk).select_related("bom").first()
    if found is None:
        return None
    return Ready(found.pk, found.name, found.edition, str(found.state), orjson.dumps(found.table), base_of(found.bom), found.item_id)


def base_of(bom: Any) -> Json:
    """Lines and operations of a standard bill of materials as the engine adds to them."""
    if bom is None:
        return {}
    rows = bom.lines.select_related("item")
    lines = [
        {
            "item": line.item.code, "name": {"zh": line.item.name, "en": line.item.name_en or line.item.name}, "supply": line.item.supply, "lead_days": line.item.lead_days,
            "operation": line.operation, "quantity": line.quantity,
        }
        for line in rows
    ]  # fmt: skip
    return {"bom": lines, "routing": [{**step, "hours": Decimal(str(step.get("hours") or 0))} for step in bom.operations]}
