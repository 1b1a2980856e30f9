"""The papers of a quote: the offer, the technical agreement and the configuration list, with the texts of the series of its goods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, pgettext

from kernel.printing.content import told as told_of
from kernel.printing.paper import Block, Cell, Column, Row, Told, beside, chapters, column, facts, goods, lines, signatures, terms, text
from kernel.resources import Resource
from kernel.specs import MASK
from tenant_apps.catalog.models import Item, Series
from tenant_apps.contracts.papers import bank, goods_of, priced, specified, stage, taxed, totals, warranty
from tenant_apps.quoting.models import QuoteLine
from tenant_apps.selection import chosen

NORMAL = QuoteLine.Kind.NORMAL.value
TEXTS = ("intro", "standard", "technical", "warranty_text")


def quote(told: Told) -> list[Block | None]:
    """The offer with its prices."""
    with_tax = taxed(told)
    discounted = any(row["discount"] not in ("", "0") for row in told.rows("lines"))
    return [
        beside(_customer(told, pgettext("paper", "To")), _offer(told)),
        text("", _greeting(told, with_tax)),
        *(text("", said) for said in series_texts(told, "intro")),
        lines("", told.rows("lines"), *priced(_briefly, discounted=discounted, taxed=with_tax)),
        totals(told),
        lines(pgettext("paper", "Options and alternatives (not in the total)"), told.rows("besides"), *_besides()),
        terms(pgettext("paper", "Terms"), *_terms(told)),
        signatures(
            (pgettext("paper", "Offered by"), [(pgettext("paper", "Company"), told.company["name"]), *bank(told)]),
            (
                pgettext("paper", "Accepted by"),
                [(pgettext("paper", "Company"), _buyer(told)), (pgettext("paper", "Tax no."), told.of("customer", "tax_no"))],
            ),
        ),
    ]


def technical(told: Told) -> list[Block | None]:
    """The technical agreement, an annex of the contract."""
    company = told.company
    supplier = facts(
        pgettext("paper", "Supplier"),
        (pgettext("paper", "Company"), company["name"]),
        (pgettext("paper", "For quote"), told.number),
        (pgettext("paper", "Subject"), told.field("title")),
    )
    return [
        beside(_customer(told, pgettext("paper", "Customer")), supplier),
        *chapters(
            lines(pgettext("paper", "Scope of supply and specification"), told.rows("lines"), *_counted(specified)),
            terms(pgettext("paper", "Standard configuration"), *series_texts(told, "standard")),
            terms(pgettext("paper", "Technical terms"), *series_texts(told, "technical")),
            terms(pgettext("paper", "Documents supplied"), *_documents(told)),
            terms(pgettext("paper", "Delivery, installation and acceptance"), *_acceptance(told)),
            terms(pgettext("paper", "Warranty and service"), *_service(told)),
        ),
        signatures(
            (pgettext("paper", "Customer"), [(pgettext("paper", "Company"), _buyer(told))]),
            (pgettext("paper", "Supplier"), [(pgettext("paper", "Company"), company["name"])]),
        ),
    ]


def configuration(told: Told) -> list[Block | None]:
    """What is supplied, option by option, without prices."""
    kind, item = column(pgettext("paper", "Kind"), "kind", "center"), column(pgettext("paper", "Item"), "item", "left")
    return [
        facts(
            "",
            (pgettext("paper", "Customer"), _buyer(told)),
            (pgettext("paper", "Subject"), told.field("title")),
            (pgettext("paper", "Quote"), told.number),
            (pgettext("paper", "Date"), told.day("quote_date")),
            columns=2,
        ),
        lines(pgettext("paper", "Included"), told.rows("lines"), *_counted(goods, item)),
        *_chosen(told.rows("lines")),
        terms(pgettext("paper", "Standard configuration"), *series_texts(told, "standard")),
        lines(pgettext("paper", "Options and alternatives"), told.rows("besides"), *_counted(goods, kind)),
        *_chosen(told.rows("besides")),
    ]


# parts ---------------------------------------------------------------------------------------------------------------
def _buyer(told: Told) -> str:
    return told.of("customer", "name") or told.field("customer")


def _customer(told: Told, title: str) -> Block:
    phone = told.of("contact", "phone") or told.of("customer", "phone")
    return facts(
        title,
        (pgettext("paper", "Company"), _buyer(told)),
        (pgettext("paper", "Attention"), told.field("contact")),
        (pgettext("paper", "Phone"), phone),
        (pgettext("paper", "Address"), told.of("customer", "address")),
    )


def _offer(told: Told) -> Block:
    revision, currency = told.field("revision"), told.field("currency")
    return facts(
        pgettext("paper", "Offer"),
        (pgettext("paper", "Subject"), told.field("title")),
        (pgettext("paper", "Date"), told.day("quote_date")),
        (pgettext("paper", "Valid until"), told.day("valid_until")),
        (pgettext("paper", "Revision"), "" if revision == "1" else revision),
        (pgettext("paper", "Currency"), "" if currency == "CNY" else currency),
        (pgettext("paper", "Your contact"), told.field("owner")),
    )


def _greeting(told: Told, with_tax: bool) -> str:
    if with_tax:
        return pgettext("paper", "Thank you for your enquiry. We are pleased to offer the following; prices and amounts include VAT:")
    return pgettext("paper", "Thank you for your enquiry. We are pleased to offer the following:")


def _briefly(row: Row) -> Cell:
    return goods(row, chosen.short(row["chosen"]))


def _chosen(rows: Sequence[Row]) -> list[Block]:
    """Of each configured line a table of what was chosen, its groups named once."""
    columns = (
        column(pgettext("paper", "Group"), "group", "left"),
        column(pgettext("paper", "Option"), "option", "left"),
        Column(pgettext("paper", "Chosen"), lambda row: str(row["said"]), "left", wide=True),
    )
    return [
        lines(
            pgettext("paper", "%(n)d. %(what)s × %(quantity)s %(unit)s")
            % {"n": at, "what": row["description"], "quantity": row["quantity"], "unit": row["measure"]},
            [
                {"group": "" if nth else group, "option": one.label, "said": one.said}
                for group, choices in chosen.grouped(row["chosen"])
                for nth, one in enumerate(choices)
            ],
            *columns,
        )
        for at, row in enumerate(rows, 1)
        if row["chosen"]
    ]


def _counted(about: Callable[[Row], Cell], *more: Column) -> tuple[Column, ...]:
    said = Column(pgettext("paper", "Item and specification"), about, "left", wide=True)
    return (said, *more, column(pgettext("paper", "Unit"), "measure", "center"), column(pgettext("paper", "Qty"), "quantity"))


def _besides() -> tuple[Column, ...]:
    kind = column(pgettext("paper", "Kind"), "kind", "center")
    return (*_counted(_briefly, kind), column(pgettext("paper", "Price"), "unit_price"), column(pgettext("paper", "Amount"), "amount"))


def _terms(told: Told) -> list[str]:
    stages = pgettext("paper", ", ").join(f"{stage(row)} {row['percent']} %" for row in told.rows("lines", "scheme")) or told.field(
        "scheme"
    )
    remark, until = told.field("remark"), told.day("valid_until")
    return [
        pgettext("paper", "Payment: %(stages)s.") % {"stages": stages} if stages else "",
        _delivery(told),
        warranty(told.field("warranty_months")),
        *series_texts(told, "warranty_text"),
        pgettext("paper", "This offer is valid until %(day)s.") % {"day": until} if until else "",
        _remark(remark),
    ]


def _delivery(told: Told) -> str:
    days = told.field("delivery_days")
    return (
        pgettext("paper", "Delivery: %(days)s days after the contract takes effect and the deposit has arrived.") % {"days": days}
        if days
        else ""
    )


def _remark(said: str) -> str:
    return pgettext("paper", "Remark: %(said)s") % {"said": said} if said else ""


def _acceptance(told: Told) -> list[str]:
    return [
        _delivery(told),
        pgettext(
            "paper",
            "The supplier installs and commissions the equipment; both parties accept it against the specification above and "
            "the applicable standards, and sign the record.",
        ),
        pgettext("paper", "The customer provides site, power, air and lifting equipment before arrival."),
    ]


def _service(told: Told) -> list[str]:
    return [
        warranty(told.field("warranty_months")),
        *series_texts(told, "warranty_text"),
        _remark(told.field("remark")),
        pgettext("paper", "This agreement is an annex of the contract and has the same force."),
    ]


def _documents(told: Told) -> list[str]:
    usual = pgettext("paper", "manual, certificate of conformity")
    return [f"{one['name']}: {pgettext('paper', ', ').join(one['documents']) or usual}" for one in told.content["series"]]


def series_texts(told: Told, name: str) -> list[str]:
    """What the series of its goods say, line by line; each named where there are several."""
    found = [one for one in told.content["series"] if one[name]]
    return [f"{one['name']}: {line}" if len(found) > 1 else line for one in found for line in one[name].splitlines() if line.strip()]


# what they are made of -----------------------------------------------------------------------------------------------
def parts(resource: Resource, document: Mapping[str, Any]) -> dict[str, Any]:
    """Its lines in two tables, and the texts of the series that its items belong to, each once."""
    goods_told = goods_of(told_of(resource, document)["lines"]["lines"], document["lines"])
    kinds: dict[str, list[Row]] = {"lines": [], "besides": []}
    for line, row in zip(document["lines"], goods_told["rows"], strict=True):
        kinds["lines" if line["kind"] in (NORMAL, MASK) else "besides"].append(row)
    tables = {name: {**goods_told, "rows": rows} for name, rows in kinds.items()}
    return {"lines": tables, "series": _series({line["item"]["id"] for line in document["lines"] if isinstance(line["item"], dict)})}


def _series(items: set[int]) -> list[dict[str, Any]]:
    """In the reader's language; a text that is written in one language only stands in that one."""
    named = Item.objects.filter(pk__in=items, series__isnull=False).values("series")
    first, second = ("", "_en") if (get_language() or "").startswith("zh") else ("_en", "")
    rows = Series.objects.filter(pk__in=named).order_by("name")
    return [
        {
            "name": row.name,
            "documents": [one for one in row.documents.splitlines() if one.strip()],
            **{name: getattr(row, f"{name}{first}") or getattr(row, f"{name}{second}") for name in TEXTS},
        }
        for row in rows
    ]
