"""Lines of a quote that are not sold like this any more: items switched off, selection tables that another version has replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel.refusals import FieldError
from tenant_apps.pricing import configured

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote, QuoteLine

Json = dict[str, Any]


def note(quote: Quote, lines: Sequence[QuoteLine]) -> None:
    """Keep with a quote which of its lines these are, by their places."""
    found: list[Json] = []
    for at, line in enumerate(lines):
        if line.item_id and not line.item.active:
            found.append({"what": "not_sold", "line": at, "name": str(line.item)})
        versions = configured.replaced(line.configuration) if line.configuration_id else None
        if versions is not None:
            was, now = versions
            found.append({"what": "replaced", "line": at, "name": was.told, "now": now.told if now else ""})
    quote.facts = {**quote.facts, "outdated": found}


def warnings(facts: Mapping[str, Any]) -> list[Json]:
    """The same in words."""
    return [{"code": one["what"], "detail": _sentence(one)} for one in facts.get("outdated", ())]


def refusals(facts: Mapping[str, Any]) -> list[FieldError]:
    """Those that cannot be offered; a replaced table can, since a quote keeps to its version."""
    return [
        FieldError(f"lines.{one['line']}.item", "not_sold", _sentence(one))
        for one in facts.get("outdated", ())
        if one["what"] == "not_sold"
    ]


def _sentence(one: Mapping[str, Any]) -> str:
    told = {**one, "line": one["line"] + 1}
    if one["what"] == "not_sold":
        return _t("Line %(line)s: %(name)s is not sold any more. Choose another item, or switch it on again.") % told
    if not one["now"]:
        return _t("Line %(line)s was chosen with %(name)s, which is out of use. It can go out as it is.") % told
    return (
        _t("Line %(line)s was chosen with %(name)s, which %(now)s has replaced. “Price anew” takes it over, or it stays as it is.") % told
    )
