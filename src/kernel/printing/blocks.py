"""The blocks of a designed form: what may stand in one, and what it says of a document.

{"kind": "facts", "title": "Customer", "fields": ["customer", "contact"], "columns": 2}
{"kind": "lines", "lines": "lines", "columns": ["item", "quantity", "amount"]}
{"kind": "sums", "fields": ["net_total", "tax_total", "total"], "capitals": "total"}
{"kind": "text", "title": "Terms", "text": "Delivery within {delivery_days} days."}
{"kind": "signatures", "names": ["Seller", "Buyer"]}
{"kind": "break"}
{"kind": "ready", "form": "contract"}: the product's own form; one that a template of its app sets stands alone

What people write has its English beside it (`title_en`, `text_en`, `names_en`) for papers in English and in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel import registry
from kernel.printing import paper
from kernel.refusals import FieldError, Invalid
from kernel.resources import Print, Resource
from kernel.sensitivity import CONFIDENTIAL
from kernel.specs import NUMERIC, Spec

Block = dict[str, Any]
FIELD = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")
MOST, LONGEST = 60, 4000
ACROSS = 7
"""Columns of lines to begin with: as many as can be read on a page."""
KINDS = ("facts", "lines", "sums", "text", "signatures", "break", "ready")


def check(key: str, blocks: Any) -> None:
    """Refuse blocks that could not be printed, each with its place."""
    resource = registry.here().get(key)
    if resource is None:
        raise Invalid([FieldError("resource", "not_found", _("There is no document type “%(key)s”.") % {"key": key})])
    if not isinstance(blocks, list) or len(blocks) > MOST:
        raise Invalid([FieldError("blocks", "not_a_list", _("A form has at most %(n)d blocks.") % {"n": MOST})])
    if len(blocks) > 1 and any(isinstance(block, dict) and alone(resource, [block]) for block in blocks):
        raise Invalid([FieldError("blocks", "not_alone", _("A ready form stands alone. Remove the other blocks."))])
    errors = [
        FieldError(f"blocks.{index}", "bad_block", _("Block %(n)d: %(why)s") % {"n": index + 1, "why": why})
        for index, block in enumerate(blocks)
        if (why := wrong(resource, block))
    ]
    if errors:
        raise Invalid(errors)


def wrong(resource: Resource, block: Any) -> str:
    """Why a block cannot be printed; empty when it can."""
    if not isinstance(block, dict) or block.get("kind") not in KINDS:
        return _("choose what it shows.")
    if any(
        not isinstance(block.get(name, ""), str) or len(block.get(name, "")) > LONGEST
        for name in ("title", "title_en", "text", "text_en", "lines", "capitals", "form")
    ):
        return _("its text is too long.")
    if any(not _texts(block.get(name, [])) for name in ("fields", "names", "names_en")):
        return _("its fields are a list of names.")
    found = CHECKS.get(block["kind"])
    return found(resource, block) if found else ""


def _texts(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 40 and all(isinstance(one, str) and len(one) <= 80 for one in value)


def _fields(resource: Resource, block: Block) -> str:
    return _missing([name for name in block.get("fields", []) if name not in resource.fields and name != "number"])


def _lines(resource: Resource, block: Block) -> str:
    kind, columns = block.get("lines"), block.get("columns", [])
    if kind not in resource.line_specs:
        return _("choose which lines it shows.")
    if not _texts(columns) or not columns:
        return _("choose at least one column.")
    return _missing([name for name in columns if name not in resource.line_specs[kind]])


def _text(resource: Resource, block: Block) -> str:
    named = [name.partition(".")[0] for text in ("text", "text_en") for name in FIELD.findall(block.get(text, ""))]
    return _missing([name for name in named if name not in resource.fields and name not in ("number", "company")])


def _ready(resource: Resource, block: Block) -> str:
    return "" if ready_form(resource, block) else _("choose which ready form it is.")


def ready_form(resource: Resource, block: Block) -> Print | None:
    """The product's form that stands in a form of the company's own."""
    named = block.get("form") if block.get("kind") == "ready" else ""
    return next((one for one in resource.prints if one.key == named), None)


def alone(resource: Resource, blocks: list[Block]) -> Print | None:
    """The product's form that a template of its app sets: nothing can stand beside it."""
    found = ready_form(resource, blocks[0]) if blocks else None
    return found if found is not None and found.paper is None else None


def _missing(names: list[str]) -> str:
    return _("there is no field %(names)s.") % {"names": ", ".join(names)} if names else ""


CHECKS: dict[str, Callable[[Resource, Block], str]] = {"facts": _fields, "sums": _fields, "lines": _lines, "text": _text, "ready": _ready}


def filled(resource: Resource, blocks: list[Block], content: Mapping[str, Any]) -> list[Block]:
    """The blocks with what they say of a document. Fields that the reader may not see are empty."""
    return [one for block in blocks for one in FILLED[block["kind"]](resource, block, content)]


def written(block: Block, name: str) -> Any:
    """What somebody wrote, in English for its readers where it is there."""
    english = block.get(f"{name}_en") if (get_language() or "").startswith("en") else None
    return english or block.get(name) or ""


def _facts(resource: Resource, block: Block, content: Mapping[str, Any]) -> list[Block]:
    asked: Any = block.get("columns")
    return [paper.facts(written(block, "title"), *_pairs(block, content), columns=asked if asked in (1, 2, 3) else 2)]


def _sums(resource: Resource, block: Block, content: Mapping[str, Any]) -> list[Block]:
    return [paper.sums(*_pairs(block, content), capitals=content["capitals"].get(block.get("capitals", ""), ""))]


def _pairs(block: Block, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [_pair(name, content) for name in block.get("fields", [])]


def _pair(name: str, content: Mapping[str, Any]) -> tuple[str, str]:
    if name == "number":
        return _("Number"), content["number"]
    found = content["fields"].get(name, {"label": name, "text": ""})
    return found["label"], found["text"]


def _table(resource: Resource, block: Block, content: Mapping[str, Any]) -> list[Block]:
    specs, told = resource.line_specs[block["lines"]], content["lines"][block["lines"]]
    columns = [
        paper.column(told["labels"].get(name, name), name)
        if specs[name].type in NUMERIC
        else paper.column(told["labels"].get(name, name), name, "left")._replace(wide=True)
        for name in block["columns"]
    ]
    return [paper.lines(written(block, "title"), told["rows"], *columns)]


def _paragraphs(resource: Resource, block: Block, content: Mapping[str, Any]) -> list[Block]:
    def said(match: re.Match[str]) -> str:
        name, _dot, inner = match[1].partition(".")
        if name == "company":
            return str(content["company"].get(inner or "name", ""))
        if inner:
            return str(content["refs"].get(name, {}).get("fields", {}).get(inner, {}).get("text", ""))
        return _pair(name, content)[1]

    return [paper.text(written(block, "title"), FIELD.sub(said, written(block, "text")))]


def _signatures(resource: Resource, block: Block, content: Mapping[str, Any]) -> list[Block]:
    return [paper.signatures(*((name, ()) for name in written(block, "names")))]


def _break(resource: Resource, block: Block, content: Mapping[str, Any]) -> list[Block]:
    return [{"kind": "break"}]


def _of_product(resource: Resource, block: Block, content: Mapping[str, Any]) -> list[Block]:
    ready = ready_form(resource, block)
    assert ready is not None and ready.paper is not None
    return [one for one in ready.paper(paper.Told(content)) if one is not None]


FILLED: dict[str, Callable[[Resource, Block, Mapping[str, Any]], list[Block]]] = {
    "facts": _facts, "sums": _sums, "lines": _table, "text": _paragraphs, "signatures": _signatures, "break": _break, "ready": _of_product,
}  # fmt: skip


def first(resource: Resource) -> list[Block]:
    """Blocks to begin with: the document's form as it stands on the screen, without what is no customer's business."""
    from kernel.resources import Section

    def fit(specs: Mapping[str, Spec], names: Iterable[str]) -> list[str]:
        return [name for name in names if specs[name].protection != CONFIDENTIAL and specs[name].type != "json"]

    found: list[Block] = []
    for part in resource.form:
        if isinstance(part, Section):
            shown = fit(resource.fields, (name for name in part.fields if name in resource.fields))
            found.append({"kind": "facts", "title": str(part.title), "fields": shown, "columns": 2})
        else:
            shown = fit(resource.line_specs[part.name], part.columns)
            summed = [name for name in shown if name in part.totals]
            columns = [*[name for name in shown if name not in summed][: ACROSS - len(summed)], *summed]
            found += [{"kind": "lines", "title": str(part.title), "lines": part.name, "columns": columns}] if columns else []
    sums = [name for name in fit(resource.fields, resource.summary) if resource.fields[name].type == "money"]
    if sums:
        found.append({"kind": "sums", "fields": sums, "capitals": "total" if "total" in sums else ""})
    return [*found, {"kind": "signatures", "names": [_("Made by"), _("Confirmed by")]}]
