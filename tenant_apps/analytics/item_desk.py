"""One item on one page: where it was offered and sold, at what price, how often it won, what is in stock, what it is made of (WF-4.S5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, Q, QuerySet

from kernel import reading, registry
from kernel.access import Actor, visible
from kernel.money import ZERO
from tenant_apps.analytics.order_desk import plain
from tenant_apps.analytics.seeing import part_only, sees
from tenant_apps.catalog import units
from tenant_apps.catalog.models import Bom, BomLine, Item
from tenant_apps.contracts.models import Contract, ContractLine
from tenant_apps.contracts.selling import SELLING
from tenant_apps.inventory import places
from tenant_apps.inventory.models import Balance, Warehouse
from tenant_apps.quoting.models import Quote, QuoteLine
from tenant_apps.selection.models import RuleSet

QUOTE, CONTRACT, BALANCE = "quoting.quote", "contracts.contract", "inventory.balance"
PERIOD = relativedelta(years=2)
SHOWN, MOST = 10, 5000
WON = (Quote.State.ACCEPTED, Quote.State.CONVERTED)
DECIDED = (*WON, Quote.State.LOST, Quote.State.EXPIRED)
SIDES = {"sold": SELLING, "bought": (Contract.Kind.PURCHASE,)}
Row = dict[str, Any]


def desk(item: Item, actor: Actor, today: date) -> Row:
    """Everything about an item that its reader may see; prices of a unit in CNY incl. VAT."""
    since, kept = today - PERIOD, stock(item, actor)
    offered, agreed = _offered(item, actor, since), _agreed(item, actor, since)
    return {
        "document": reading.render_document(registry.get("catalog.item"), item.pk, actor),
        "stock": kept,
        "units": units.told(item, sum((Decimal(row["on_hand"]) for row in kept["rows"]), ZERO) if kept else Decimal(1)),
        "quotes": [] if offered is None else quotes(offered, actor),
        "win": None if offered is None else win(offered),
        **{side: [] if agreed is None else contracts(agreed.filter(contract__kind__in=kinds), actor) for side, kinds in SIDES.items()},
        "prices": [] if agreed is None else prices(agreed.filter(contract__kind__in=SIDES["sold"]), actor),
        **made(item, actor),
        "notes": part_only(actor, (QUOTE, CONTRACT)),
    }


def _offered(item: Item, actor: Actor, since: date) -> QuerySet[QuoteLine] | None:
    if not actor.may(QUOTE, "read"):
        return None
    rows = visible(actor, Quote.objects.filter(quote_date__gte=since).exclude(state__in=("draft", "superseded")), QUOTE)
    return QuoteLine.objects.filter(item=item, quote__in=rows.values("pk"), quantity__gt=0)


def _agreed(item: Item, actor: Actor, since: date) -> QuerySet[ContractLine] | None:
    if not actor.may(CONTRACT, "read"):
        return None
    rows = visible(actor, Contract.objects.filter(signed_on__gte=since).exclude(state__in=("draft", "terminated")), CONTRACT)
    return ContractLine.objects.filter(item=item, contract__in=rows.values("pk"), quantity__gt=0)


def quotes(lines: QuerySet[QuoteLine], actor: Actor) -> list[Row]:
    """The latest offers of it."""
    rows: Any = lines.order_by("-quote__quote_date", "-pk").values(
        "quantity", "amount", "discount", pk=F("quote"), label=F("quote__number"), on=F("quote__quote_date"), who=F("quote__customer__name"), rate=F("quote__rate"),
        state=F("quote__state"),
    )[:SHOWN]  # fmt: skip
    return [_line(QUOTE, row, actor) for row in rows]


def contracts(lines: QuerySet[ContractLine], actor: Actor) -> list[Row]:
    """The latest contracts with it."""
    rows: Any = lines.order_by("-contract__signed_on", "-pk").values(
        "quantity", "amount", "discount", pk=F("contract"), label=F("contract__number"), on=F("contract__signed_on"), who=F("contract__customer__name"),
        rate=F("contract__rate"), state=F("contract__state"),
    )[:SHOWN]  # fmt: skip
    return [_line(CONTRACT, row, actor) for row in rows]


def _line(key: str, row: Row, actor: Actor) -> Row:
    state = next((one for one in registry.get(key).own["state"].options() if one["value"] == row["state"]), None) or {}
    return {
        "_key": key, "id": row["pk"], "label": row["label"], "on": row["on"], "who": row["who"], "quantity": plain(row["quantity"]),
        "price": f"{_price(row):.2f}" if sees(actor, key, "lines.unit_price", "lines.amount") else None,
        "state_label": state.get("label", ""), "color": state.get("color", "default"),
    }  # fmt: skip


def _price(row: Row) -> Decimal:
    """What a unit came to, after discount."""
    return Decimal(row["amount"] * (row["rate"] or 1) / row["quantity"])


def win(lines: QuerySet[QuoteLine]) -> dict[str, int] | None:
    """How many decided quotes with it were won; None where none was decided."""
    counts = lines.filter(kind=QuoteLine.Kind.NORMAL, quote__state__in=DECIDED).aggregate(
        won=Count("quote", distinct=True, filter=Q(quote__state__in=WON)), of=Count("quote", distinct=True)
    )
    return counts if counts["of"] else None


def prices(lines: QuerySet[ContractLine], actor: Actor) -> list[Row]:
    """Quarter by quarter: the least, the average by quantity, and the most that a unit was sold for, and how many."""
    if not sees(actor, CONTRACT, "lines.unit_price", "lines.amount"):
        return []
    rows: Any = lines.order_by("-contract__signed_on").values("quantity", "amount", rate=F("contract__rate"), on=F("contract__signed_on"))[
        :MOST
    ]
    by_quarter: dict[str, list[Row]] = {}
    for row in reversed(rows):
        by_quarter.setdefault(f"{row['on'].year}Q{(row['on'].month + 2) // 3}", []).append(row)
    return [{"period": period, **_range(some)} for period, some in by_quarter.items()]


def _range(rows: list[Row]) -> Row:
    found, quantity = [_price(row) for row in rows], sum((row["quantity"] for row in rows), ZERO)
    middle = sum((price * row["quantity"] for price, row in zip(found, rows, strict=True)), ZERO) / quantity
    return {"least": f"{min(found):.2f}", "middle": f"{middle:.2f}", "most": f"{max(found):.2f}", "quantity": plain(quantity)}


def stock(item: Item, actor: Actor) -> Row | None:
    """What is in which warehouse, what is free, and where it is kept unless said otherwise; None where stock is not granted or it has none."""
    if not item.stocked or not actor.may(BALANCE, "read"):
        return None
    rows = visible(actor, Balance.objects.filter(item=item), BALANCE).exclude(on_hand=0, reserved=0).select_related("warehouse")
    home = places.home_of(item)
    return {
        "home": Warehouse.objects.filter(pk=home).values_list("name", flat=True).first() if home else None,
        "rows": [
            {
                "warehouse": row.warehouse.name,
                "on_hand": plain(row.on_hand),
                "reserved": plain(row.reserved),
                "free": plain(row.on_hand - row.reserved),
            }
            for row in rows.order_by("warehouse__name")
        ],
    }


def made(item: Item, actor: Actor) -> dict[str, list[Row]]:
    """The bills of materials it has and those it stands in, and the selection tables of it or its series."""
    found: dict[str, list[Row]] = {"boms": [], "used_in": [], "selections": []}
    if actor.may("catalog.bom", "read"):
        own = Bom.objects.filter(item=item, active=True).order_by("-pk")[:SHOWN]
        found["boms"] = [{"_key": "catalog.bom", "id": row.pk, "title": row.number, "text": row.revision} for row in own]
        lines = BomLine.objects.filter(item=item, bom__active=True).select_related("bom__item").order_by("-pk")[:SHOWN]
        found["used_in"] = [
            {"_key": "catalog.item", "id": line.bom.item_id, "title": line.bom.item.name, "text": plain(line.quantity)} for line in lines
        ]
    if actor.may("selection.ruleset", "read"):
        tables = RuleSet.objects.filter(Q(item=item) | Q(series=item.series_id, series__isnull=False)).exclude(state=RuleSet.State.RETIRED)
        rows = visible(actor, tables, "selection.ruleset").order_by("-pk")[:SHOWN]
        found["selections"] = [
            {"_key": "selection.ruleset", "id": row.pk, "title": row.name, "text": row.get_state_display()} for row in rows
        ]
    return found
