"""From an agreed configuration to an item with its bill of materials; equal configurations share them (spec 2.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel import saving
from kernel.access import Actor
from kernel.actions import move
from kernel.locks import take_turns
from kernel.refusals import Help, Refused
from tenant_apps.catalog.models import Bom, Item, Measure, Tax
from tenant_apps.selection import pinning, ready
from tenant_apps.selection.models import Configuration, RuleSet

LONGEST_SPEC, LONGEST_NAME, LONGEST_CODE = 200, 120, 60


def freeze(configuration: Configuration, *, by: Actor, at: datetime) -> Item:
    """Fix a configuration and give it its item, made now unless an equal one has been made before. Two at once make one."""
    configuration = saving.lock(configuration)
    if configuration.item is not None:
        return configuration.item
    check(configuration)
    take_turns(f"selection {configuration.hash}")
    equal = Configuration.objects.filter(hash=configuration.hash, item__isnull=False).select_related("item").order_by("pk").first()
    configuration.item = equal.item if equal is not None else _make(configuration, by=by, at=at)
    assert configuration.item is not None
    move(configuration, Configuration.State.FROZEN, by=by, at=at, reason=str(configuration.item))
    return configuration.item


def freeze_all(configurations: set[int], *, by: Actor, at: datetime) -> dict[int, Item]:
    """Those of a contract, in an order that lets two contracts wait for each other instead of blocking."""
    rows = sorted(saving.lock_many(Configuration, configurations), key=lambda one: one.hash)
    return {one.pk: freeze(one, by=by, at=at) for one in rows}


def check(configuration: Configuration) -> None:
    """Whatever goes out with it: chosen with a version that stays as it is, complete, keeping all rules, agreed by engineering."""
    pinning.check_going_out(configuration)
    if configuration.state != Configuration.State.VALID:
        told = _t("%(configuration)s is not complete or breaks a rule. Open it and finish the selection.")
        help_ = [Help(_t("Open the selection"), "selection.configuration.open", {"id": configuration.pk})]
        raise Refused("not_valid", told % {"configuration": configuration}, help=help_)
    if configuration.result.get("reviews") and not configuration.reviewed:
        told = _t("%(configuration)s has non-standard parts. Engineering has to agree to it first.")
        raise Refused("review_needed", told % {"configuration": configuration})


def _make(configuration: Configuration, *, by: Actor, at: datetime) -> Item:
    table = ready.of(configuration.rule_set_id)
    assert table is not None
    built = table.evaluate(configuration.choices, explain=False).built
    rule_set = configuration.rule_set
    usual = _usual(rule_set)
    spec = configuration.spec.replace("\n", "；")
    english = rule_set.item.name_en if rule_set.item is not None else ""
    item = saving.create(
        Item,
        {
            "code": _free_code(configuration), "name": f"{rule_set.name} {configuration.code}"[:LONGEST_NAME],
            "name_en": f"{english} {configuration.code}"[:LONGEST_NAME] if english else "",
            "spec": spec if len(spec) <= LONGEST_SPEC else f"{spec[: LONGEST_SPEC - 1]}…", "serialised": True, "list_price": configuration.list_price,
            "standard_cost": configuration.cost, "lead_days": configuration.lead_days,
            "net_weight": built["weight"] or None, "gross_weight": built["gross"], **usual, **_family(rule_set),
        }, by=by, at=at,
    )  # fmt: skip
    parts = _parts(built["bom"], usual, by=by, at=at)
    lines = [{"item": parts[line["item"]], "quantity": line["quantity"], "operation": line["operation"]} for line in built["bom"]]
    steps = [{**step, "hours": f"{step['hours']:f}"} for step in built["routing"]]
    known = {step["seq"] for step in steps}
    for line in lines:
        line["operation"] = line["operation"] if line["operation"] in known else 0
    if lines or steps:
        saving.create(Bom, {"item": item, "operations": steps, "remark": str(rule_set)}, {"lines": lines}, by=by, at=at)
    return item


def _free_code(configuration: Configuration) -> str:
    """The model code; with the beginning of the hash where options outside of the code tell two machines apart."""
    code = configuration.code[:LONGEST_CODE] or f"CF-{configuration.hash[:12]}"
    if code == configuration.code and not Item.objects.filter(code=code).exists():
        return code
    return f"{code[: LONGEST_CODE - 9]}~{configuration.hash[:8]}"


def _parts(lines: list[dict[str, Any]], usual: dict[str, Any], *, by: Actor, at: datetime) -> dict[str, Item]:
    """The items of the parts by code; those that the catalog does not know yet are made from what the table says of them."""
    codes = {line["item"]: line for line in lines}
    found = {item.code: item for item in Item.objects.filter(code__in=codes)}
    missing = [line for code, line in codes.items() if code not in found]
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for line in missing:
        name, english = (line["name"][language][:LONGEST_NAME] for language in ("zh", "en"))
        values = {"code": line["item"], "name": name, "supply": line["supply"], "lead_days": line["lead_days"]}
        rows.append((values | usual | ({"name_en": english} if english != name else {}), {}))
    return found | {item.code: item for item in saving.create_many(Item, rows, by=by, at=at)}


def make_standing(rule_set: RuleSet, prefix: str, *, by: Actor, at: datetime) -> Item:
    """The item that stands on quotes for whatever is configured with a table: the one of its code, or a new one."""
    code = (prefix.strip("-") or rule_set.name)[:LONGEST_CODE]
    found = Item.objects.filter(code=code).first()
    values = {"code": code, "name": rule_set.name, "serialised": True, **_usual(rule_set), **_family(rule_set)}
    return found or saving.create(Item, values, by=by, at=at)


def _usual(rule_set: RuleSet) -> dict[str, Any]:
    """Unit and VAT of what is made: those of the item on quotes, else the company's first ones."""
    if rule_set.item is not None:
        return {"measure_id": rule_set.item.measure_id, "tax_id": rule_set.item.tax_id}
    measure = Measure.objects.order_by("pk").values_list("pk", flat=True).first()
    tax = Tax.objects.order_by("-default", "pk").values_list("pk", flat=True).first()
    if measure is None or tax is None:
        raise Refused("no_measure", _t("There is no unit of measure or tax rate yet. Create one under Products first."))
    return {"measure_id": measure, "tax_id": tax}


def _family(rule_set: RuleSet) -> dict[str, Any]:
    """Series, category and brand of a finished machine."""
    series = rule_set.series
    if series is None:
        return {}
    return {"series": series, "category_id": series.category_id, "brand_id": series.brand_id}
