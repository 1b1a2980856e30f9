"""What a printed form is filled with: the document, what it refers to, and the letterhead, all as text in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kernel import clock, codes, registry
from kernel.access import Actor, visible
from kernel.printing.capitals import capitals
from kernel.printing.letterhead import port
from kernel.reading import render_document
from kernel.resources import Resource
from kernel.specs import Spec

Json = dict[str, Any]


def rendered(resource: Resource, pk: int, actor: Actor) -> Json:
    """A document as the API shows it."""
    document = render_document(resource, pk, actor)
    if document is None:
        raise Http404
    return document


def content(resource: Resource, title: str, document: Mapping[str, Any], actor: Actor) -> Json:
    """Everything a template may want to set."""
    currency = document.get("currency") or "CNY"
    chinese = (get_language() or "").startswith("zh")
    return {
        "language": "zh" if chinese else "en",
        "title": title,
        "draft": document.get("state") == "draft",
        "currency": currency,
        "printed_on": clock.now().date().isoformat(),
        "company": (port.operator_of if resource.platform else port.letterhead_of)(document).told(),
        **told(resource, document),
        "capitals": _all_capitals(resource, document, currency) if chinese else {},
        **resource.on_paper(document),
        "words": words(),
        "refs": {name: told(*found) for name, found in _referred(resource, document, actor).items()},
    }


def words() -> dict[str, str]:
    """What every paper says besides, whichever way it is set."""
    return {
        "number": pgettext("paper", "No."),
        "tax_no": pgettext("paper", "Credit code"),
        "draft": pgettext("paper", "DRAFT"),
        "no": pgettext("paper", "#"),
        "capitals": pgettext("paper", "Total in capitals"),
        "signature": pgettext("paper", "Signature, stamp"),
        "date": pgettext("paper", "Date"),
        "seal": pgettext("paper", "SEAL"),
    }


def told(resource: Resource, document: Mapping[str, Any]) -> Json:
    """A document's fields and lines as text, each with its label."""
    own = {**document, **document.get("custom", {})}
    fields = {name: {"label": str(spec.label), **said(spec, own.get(name))} for name, spec in resource.fields.items()}
    lines = {}
    for kind, specs in resource.line_specs.items():
        rows = [{name: text(spec, line.get(name)) for name, spec in specs.items()} for line in document.get(kind, ())]
        part = resource.line_parts[kind]
        lines[kind] = {"title": str(part.title), "labels": {name: str(spec.label) for name, spec in specs.items()}, "rows": rows}
    return {"label": document["_label"], "number": document["number"], "fields": fields, "lines": lines}


def _referred(resource: Resource, document: Mapping[str, Any], actor: Actor) -> dict[str, tuple[Resource, Json]]:
    """The documents it refers to, as far as the reader may see them."""
    found: dict[str, tuple[Resource, Json]] = {}
    for name, spec in resource.own.items():
        target = registry.of(spec.target) if spec.type == "ref" and spec.target is not None else None
        if target is None or not isinstance(document.get(name), dict) or not actor.may(target.key, "read"):
            continue
        key = document[name]["id"]
        if visible(actor, target.queryset(), target.key).filter(pk=key).exists():
            shown = render_document(target, key, actor)
            if shown is not None:
                found[name] = (target, shown)
    return found


def said(spec: Spec, value: Any) -> Json:
    """A value as text; structured data as it is, for a template that draws it."""
    return {"text": "", "value": value} if spec.type == "json" else {"text": text(spec, value)}


def text(spec: Spec, value: Any) -> str:
    """A value as it is printed."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return str(value.get("label", ""))
    if isinstance(value, list):
        return ", ".join(text(spec, one) for one in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if spec.choices:
        return str(codes.labels(spec.choices).get(value, value))
    return _figure(spec, str(value)) if spec.type in ("money", "price", "decimal", "percent") else str(value)


def _figure(spec: Spec, value: str) -> str:
    """Thousands apart; money with its cents, prices with at least these, quantities and rates without idle zeros."""
    try:
        number = Decimal(value)
    except InvalidOperation:  # masked
        return value
    decimals = max(-number.normalize().as_tuple().exponent, 0)  # type: ignore[operator]
    if spec.type in ("money", "price"):
        decimals = max(decimals, 2)
    return f"{number:,.{decimals}f}"


def _all_capitals(resource: Resource, document: Mapping[str, Any], currency: str) -> dict[str, str]:
    return {name: _capitals(document[name], currency) for name, spec in resource.own.items() if spec.type == "money" and document.get(name)}


def _capitals(value: str, currency: str) -> str:
    try:
        return capitals(Decimal(value), currency)
    except InvalidOperation:  # masked
        return value
