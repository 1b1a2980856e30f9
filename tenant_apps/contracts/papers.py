"""The contract on paper: parties, goods, payment, clauses, places to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import get_language, pgettext

from kernel.printing.content import told as told_of
from kernel.printing.paper import (
    Block,
    Cell,
    Column,
    Pair,
    Row,
    Told,
    beside,
    chapters,
    column,
    facts,
    goods,
    lines,
    signatures,
    terms,
    text,
)
from kernel.printing.typesetting import HAN
from kernel.resources import Resource
from kernel.specs import MASK
from tenant_apps.contracts.models import Clause, Contract
from tenant_apps.pricing import configured
from tenant_apps.selection import chosen


class Party(NamedTuple):
    """Who signs, and what is said of them."""

    name: str
    about: list[Pair]
    bank: list[Pair]


def contract(told: Told) -> list[Block | None]:
    """A contract as both parties sign it; where we buy, the other party is the seller."""
    other, own = _other(told), _own(told)
    buyer, seller = (own, other) if told.content["buys"] else (other, own)
    ours = pgettext("paper", "Seller's no.") if told.content["buys"] else pgettext("paper", "Buyer's no.")
    return [
        beside(facts(pgettext("paper", "Buyer"), *buyer.about), facts(pgettext("paper", "Seller"), *seller.about)),
        facts(
            "",
            (pgettext("paper", "Subject"), told.field("title")),
            (pgettext("paper", "Date of signing"), told.day("contract_date")),
            (pgettext("paper", "Delivery date"), told.day("delivery_date")),
            (ours, told.field("customer_contract_no")),
        ),
        text("", pgettext("paper", "Buyer and seller agree on the sale of the following goods under the terms of this contract.")),
        *chapters(*_chapters(told)),
        text("", pgettext("paper", "This contract is made in two originals, one for each party, and takes effect when both have signed and stamped it.")),
        signatures(
            (pgettext("paper", "Buyer"), [(pgettext("paper", "Company"), buyer.name), *buyer.bank]),
            (pgettext("paper", "Seller"), [(pgettext("paper", "Company"), seller.name), *seller.bank]),
        ),
    ]  # fmt: skip


def _other(told: Told) -> Party:
    name = told.of("customer", "invoice_title") or told.of("customer", "name") or told.field("customer")
    found = [told.of("customer", one) for one in ("address", "phone", "tax_no")]
    return Party(name, _about(name, *found), _bank(told.of("customer", "bank_name"), told.of("customer", "bank_account")))


def _own(told: Told) -> Party:
    name = told.company["name"]
    return Party(name, _about(name, *(told.company[one] for one in ("address", "phone", "tax_no"))), bank(told))


def _about(name: str, address: str, phone: str, tax_no: str) -> list[Pair]:
    return [
        (pgettext("paper", "Company"), name),
        (pgettext("paper", "Address"), address),
        (pgettext("paper", "Phone"), phone),
        (pgettext("paper", "Tax no."), tax_no),
    ]


def _chapters(told: Told) -> list[Block | None]:
    return [
        lines(pgettext("paper", "Goods and price"), told.rows("lines"), *priced(specified, taxed=taxed(told))),
        totals(told) if told.rows("lines") else None,
        lines(
            pgettext("paper", "Payment"),
            told.rows("plan"),
            Column(pgettext("paper", "Stage"), stage, "left", wide=True),
            column(pgettext("paper", "Percent"), "percent"),
            column(pgettext("paper", "Amount"), "amount"),
            Column(pgettext("paper", "Due after"), _after, "left", wide=True),
        ),
        terms(pgettext("paper", "Delivery, acceptance, warranty"), *_delivery(told)),
        *_clauses(told),
        text(pgettext("paper", "Further terms"), told.field("terms_text")),
    ]


def _delivery(told: Told) -> list[str]:
    place = told.company["address"] if told.content["buys"] else told.of("customer", "address")
    due, months = told.day("delivery_date"), told.field("warranty_months")
    delivers = pgettext("paper", "The seller delivers by %(day)s; production and shipment presuppose payment as agreed.") % {"day": due}
    return [
        delivers if due else "",
        pgettext("paper", "Place of delivery: %(place)s.") % {"place": place} if place else "",
        warranty(months),
    ]


def _clauses(told: Told) -> list[Block]:
    """As they stand in this contract, each under its title."""
    rows = told.content["english"] or told.rows("clauses")
    return [text(row["title"] or pgettext("paper", "Clause"), row["text"]) for row in rows]


def parts(resource: Resource, document: Mapping[str, Any]) -> dict[str, Any]:
    """Its goods, and whether we buy them; for a reader of English its clauses as the library has them in English, where nobody has changed them."""
    tables = told_of(resource, document)["lines"]
    return {"lines": {**tables, "lines": goods_of(tables["lines"], document["lines"])}, **_agreed(document)}


def _agreed(document: Mapping[str, Any]) -> dict[str, Any]:
    rows = document["clauses"] if isinstance(document["clauses"], list) else []
    kept = {_key_in(row["clause"]) for row in rows if not row["changed"] and row["text"] != MASK} - {0}
    buys = document["kind"] in (Contract.Kind.PURCHASE, Contract.Kind.FREIGHT)
    if (get_language() or "").startswith("zh") or not kept:
        return {"buys": buys, "english": []}
    found = {one.pk: one for one in Clause.objects.filter(pk__in=kept).exclude(text_en="")}
    said = [(row, found.get(_key_in(row["clause"]))) for row in rows]
    english = [
        {"title": row["title"] if one is None else str(one.get_subject_display()), "text": row["text"] if one is None else one.text_en}
        for row, one in said
    ]
    return {"buys": buys, "english": english}


def _key_in(shown: Any) -> int:
    """The key of what is referred to; 0 where there is none or the reader does not see it."""
    return int(shown["id"]) if isinstance(shown, dict) else 0


# what quotes say alike -----------------------------------------------------------------------------------------------
def goods_of(table: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The table of a document's lines as text, called what its reader calls them, with what was chosen of each."""
    return {**table, "rows": [{**row, **more} for row, more in zip(table["rows"], configured.told(lines), strict=True)]}


def specified(row: Row) -> Cell:
    """Goods with their specification text, a note a group."""
    return goods(row, *chosen.specification(row["chosen"]))


def priced(about: Callable[[Row], Cell], *, discounted: bool = False, taxed: bool = True) -> Sequence[Column | None]:
    """The columns of goods with their prices."""
    return (
        Column(pgettext("paper", "Item and specification"), about, "left", wide=True),
        column(pgettext("paper", "Unit"), "measure", "center"),
        column(pgettext("paper", "Qty"), "quantity"),
        column(pgettext("paper", "Price incl. VAT") if taxed else pgettext("paper", "Price"), "unit_price"),
        Column(pgettext("paper", "Disc. %"), lambda row: "" if row["discount"] == "0" else row["discount"]) if discounted else None,
        column(pgettext("paper", "VAT %"), "tax_rate") if taxed else None,
        column(pgettext("paper", "Amount incl. VAT") if taxed else pgettext("paper", "Amount"), "amount"),
    )


def taxed(told: Told) -> bool:
    """Whether VAT is part of it: exports bear none."""
    return told.field("tax_total").strip("0.") != ""


def totals(told: Told) -> Block:
    if not taxed(told):
        return told.sums((pgettext("paper", "Total"), "total"))
    return told.sums(
        (pgettext("paper", "Total without VAT"), "net_total"),
        (pgettext("paper", "VAT"), "tax_total"),
        (pgettext("paper", "Total incl. VAT"), "total"),
    )


def warranty(months: str) -> str:
    sentence = pgettext("paper", "Warranty: %(months)s months from acceptance; faults of manufacture are repaired free of charge.")
    return sentence % {"months": months} if months else ""


def bank(told: Told) -> list[Pair]:
    return _bank(told.company["bank_name"], told.company["bank_account"])


def _bank(name: str, account: str) -> list[Pair]:
    return [(pgettext("paper", "Bank"), name), (pgettext("paper", "Account"), account)]


def stage(row: Row) -> str:
    """A stage of payment by its own name; by its kind for readers of English where the name is Chinese."""
    chinese = (get_language() or "").startswith("zh")
    return row["name"] if chinese or not HAN.search(row["name"]) else row["kind"] or row["name"]


def _after(row: Row) -> str:
    days, months = row.get("offset_days", ""), row.get("offset_months", "")
    said = [row.get("trigger", "")]
    said += [pgettext("paper", "%(n)s days") % {"n": days}] if days not in ("", "0") else []
    said += [pgettext("paper", "%(n)s months") % {"n": months}] if months not in ("", "0") else []
    return " + ".join(said)
