"""A flow with its sub-flows written out: what is published is whole and does not change when a sub-flow does."""

from __future__ import annotations

from typing import Any

from tenant_apps.approvals.models import Flow

MOST_NODES = 300


def expanded(drawing: dict[str, Any]) -> dict[str, Any]:
    """Each sub-flow's steps take its place, under names of their own; it begins and ends in a join that lets everything through."""
    nodes: list[dict[str, Any]] = []
    edges = [dict(edge) for edge in drawing.get("edges", ())]
    for node in drawing.get("nodes", ()):
        plan = _plan(node) if node["kind"] == "subflow" else None
        if plan is None:
            nodes.append(node)
            continue
        inner, ways, out = _renamed(node, plan)
        nodes += inner
        for edge in edges:
            if edge["from"] == node["id"]:
                edge["from"] = out
        edges += ways
    return {"nodes": nodes, "edges": edges}


def _plan(node: dict[str, Any]) -> dict[str, Any] | None:
    found = Flow.objects.filter(pk=node.get("flow") or 0).values_list("series", flat=True).first()
    rows = Flow.objects.filter(series=found, state=Flow.State.PUBLISHED) if found else Flow.objects.none()
    return rows.values_list("plan", flat=True).first()


def _renamed(node: dict[str, Any], plan: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
    name, out = node["id"], f"{node['id']}.out"
    kinds = {one["id"]: one for one in plan["nodes"]}

    def key(of: str) -> str:
        one = kinds[of]
        if one["kind"] == "start":
            return str(name)
        return out if one["kind"] == "end" and one.get("result") != "rejected" else f"{name}.{of}"

    inner = [{**one, "id": key(one["id"])} for one in plan["nodes"] if key(one["id"]) not in (name, out)]
    ends = [{"id": name, "kind": "join", "name": node.get("name", "")}, {"id": out, "kind": "join", "name": node.get("name", "")}]
    ways = [{**edge, "from": key(edge["from"]), "to": key(edge["to"])} for edge in plan["edges"]]
    return [*ends, *inner], ways, out
