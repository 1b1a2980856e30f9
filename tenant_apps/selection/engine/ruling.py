"""Reading the rules of a table."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tenant_apps.selection.engine.reading import MOST_RULES, Reader
from tenant_apps.selection.engine.table import (
    BOUND,
    COMBINATION,
    DEFAULT,
    DERIVED,
    EXCLUDES,
    MULTI,
    PROVIDING,
    REQUIRES,
    RULES,
    SETS,
    SINGLE,
    TELLING,
    VISIBLE,
    Json,
    Option,
    Rule,
)  # fmt: skip

Options = Mapping[str, Option]


def rules_of(reader: Reader, source: Json, options: Options) -> list[Rule]:
    found: dict[str, Rule] = {}
    for path, row in reader.rows(source.get("rules"), "rules", MOST_RULES):
        rule = _rule(reader, row, path, options)
        if rule is not None and rule.code in found:
            reader.wrong(f"{path}.code", "taken", _("The code %(code)s stands here twice.") % {"code": rule.code})
        elif rule is not None:
            found[rule.code] = rule
    return list(found.values())


def _rule(reader: Reader, row: Json, path: str, options: Options) -> Rule | None:
    code, kind = reader.word(row, "code", path), row.get("kind", REQUIRES)
    if kind not in RULES:
        reader.wrong(f"{path}.kind", "not_a_choice", _("Possible are: %(all)s.") % {"all": ", ".join(RULES)})
        return None
    when, then, least, most = (reader.formula(row, one, path) for one in ("when", "then", "least", "most"))
    option = str(row.get("option") or "")
    columns = reader.texts(row, "options", path)
    if kind in (BOUND, *PROVIDING) or (kind == COMBINATION and not columns):
        known(reader, option, f"{path}.option", options)
    for name in columns:
        _single(reader, name, f"{path}.options", options)
    _needed(reader, row, path, kind)
    value = str(row.get("value") or "")
    if option in options and kind in (SETS, DEFAULT):
        _puts(reader, value, path, options[option])
    return Rule(
        code=code, kind=kind, sentence=reader.text(row, "sentence", path, code), when=when, then=then, option=option, value=value, least=least, most=most,
        options=columns, rows=_rows(reader, row, path, columns, options) if kind == COMBINATION else frozenset(), place=path,
    )  # fmt: skip


def _needed(reader: Reader, row: Json, path: str, kind: str) -> None:
    if kind in (REQUIRES, EXCLUDES) or (kind in (SETS, DEFAULT) and not row.get("value")):
        reader.needed(row.get("then") or None, f"{path}.then")
    if kind in (EXCLUDES, VISIBLE, *TELLING):
        reader.needed(row.get("when") or None, f"{path}.when")
    if kind == BOUND and all(row.get(one) in (None, "") for one in ("least", "most")):
        reader.needed(None, f"{path}.most")


def _puts(reader: Reader, value: str, path: str, option: Option) -> None:
    """What a rule puts into an option must be one of its values."""
    if option.kind == DERIVED:
        reader.wrong(
            f"{path}.option", "derived", _("What is derived follows from its formula. Let the rule put its value into another option.")
        )
    elif option.kind == MULTI and not value:
        reader.needed(None, f"{path}.value")
    elif value and value not in option.values:
        reader.wrong(f"{path}.value", "unknown", _("There is no value “%(code)s”.") % {"code": value[:40]})


def _rows(reader: Reader, row: Json, path: str, columns: list[str], options: Options) -> frozenset[tuple[str, ...]]:
    """The allowed combinations; `*` stands for any value."""
    found: set[tuple[str, ...]] = set()
    rows = row.get("rows")
    for at, cells in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(cells, list) or len(cells) != len(columns):
            reader.wrong(f"{path}.rows.{at}", "bad_row", _("Each combination names one value for each of its options."))
            continue
        told = tuple(str(cell) for cell in cells)
        for name, code in zip(columns, told, strict=True):
            if code != "*" and name in options and code not in options[name].values:
                reader.wrong(f"{path}.rows.{at}", "unknown", _("There is no value “%(code)s”.") % {"code": code[:40]})
        found.add(told)
    if not found:
        reader.wrong(f"{path}.rows", "required", _("Name at least one combination that is allowed."))
    return frozenset(found)


def _single(reader: Reader, name: str, path: str, options: Options) -> None:
    known(reader, name, path, options)
    if name in options and options[name].kind != SINGLE:
        reader.wrong(path, "not_a_choice", _("Combinations are of single choices; “%(name)s” is none.") % {"name": name[:60]})


def known(reader: Reader, name: str, path: str, options: Options) -> None:
    if name not in options:
        reader.wrong(path, "unknown", _("There is no option “%(name)s”.") % {"name": name[:60]})
