"""Telling whoever owns a contract that something went on against one of its stages (spec 2.4: soft gates and invoice rules)."""

from __future__ import annotations

from typing import Any

from kernel import messages
from tenant_apps.contracts.models import PlanLine


def told(document: Any, line: PlanLine) -> dict[str, Any]:
    """What such sentences name."""
    return {"document": document, "stage": line.name, "contract": line.contract, "rule": line.get_bill_display()}


def tell(line: PlanLine, sentence: str, document: Any, what: str) -> None:
    """A message to the owner, once for a document and a stage."""
    if line.contract.owner:
        origin = f"{document._meta.label_lower}:{document.pk}:{what}:{line.pk}"
        messages.send([line.contract.owner], sentence, origin=origin, link={"_key": "contracts.contract", "id": line.contract_id})
