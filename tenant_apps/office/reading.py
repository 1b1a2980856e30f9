"""From what a designer drew to a design: every part checked, every mistake told with its place, nothing taken half."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel import registry
from kernel.formulas import Formula, parse
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import Spec
from tenant_apps.office import audience, drawing
from tenant_apps.office.design import KINDS, RESULTS, WORKED_OUT, Booking, Check, Design, Field, Paper, Part, Table
from tenant_apps.office.spans import AFTERNOON, MORNING
from tenant_apps.office.words import Words

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAKEN = {"id", "number", "owner", "unit", "state", "version", "custom", "title", "total", "created_at", "created_by", "updated_at", "updated_by", "body", "rows"}  # fmt: skip
HALVES = ((MORNING, gettext_lazy("Morning")), (AFTERNOON, gettext_lazy("Afternoon")))
MOST_FIELDS, MOST_OPTIONS = 120, 200
SCALES = {"money": 2, "decimal": 6}
LENGTHS = {"text": 500, "long": 10_000}
ALLOWED = {
    "": {"sections", "lines", "checks", "booking", "account", "title", "total", "print"},
    "section": {"title", "title_en", "fields"},
    "lines": {"name", "title", "title_en", "fields", "totals"},
    "field": {
        "name", "kind", "label", "label_en", "help", "help_en", "required", "options", "target", "scale", "formula", "result", "visible",
        "required_if", "default", "list", "wide", "span", "states",
    },
    "option": {"value", "label", "label_en"},
    "check": {"formula", "message", "message_en", "field"},
    "booking": {"what", "from", "until"},
    "span": {"from", "until", "unit", "from_half", "until_half"},
    "account": {"amount", "on", "kind", "always", "member", "book", "kinds"},
    "kind": {"value", "years", "part", "below", "keeps", "until"},
    "tier": {"from", "amount"},
    "print": {"columns", "signatures", "note", "note_en"},
}  # fmt: skip


def read(told: Any, *, kept: bool = False) -> Design:
    """A checked design; Invalid with all that is wrong with it. `kept`: published before, when the forms it refers to were there."""
    reader = Reader(kept)
    design = reader.design(told)
    if reader.errors:
        raise Invalid(reader.errors)
    return design


class Reader:
    """One reading of a design; errors are gathered with their paths in it (`sections.0.fields.2.name`)."""

    def __init__(self, kept: bool) -> None:
        self.kept = kept
        self.errors: list[FieldError] = []
        self.names: set[str] = set()
        self.seen: set[str] = set()

    def wrong(self, path: str, code: str, sentence: str) -> None:
        self.errors.append(FieldError(f"design.{path}".rstrip("."), code, sentence))

    # parts -----------------------------------------------------------------------------------------------------------
    def design(self, told: Any) -> Design:
        told = self.mapping(told, "", "")
        sections = self.sequence(told.get("sections"), "sections")
        drawn = [(f"sections.{at}.", self.mapping(one, f"sections.{at}", "section")) for at, one in enumerate(sections)]
        lines = self.mapping(told["lines"], "lines", "lines") if told.get("lines") else {}
        self.names = _names(one for _path, section in drawn for one in self.sequence(section.get("fields"), "sections"))
        table = self.table(lines) if lines else None
        known = self.names | ({table.name, *(f"{table.name}.{one.name}" for one in table.columns)} if table else set())
        parts = tuple(Part(_words(section, "title"), self.fields(section.get("fields"), f"{path}fields", known)) for path, section in drawn)
        made = Design(
            parts, table, title=self.chosen(told.get("title"), "title"), total=str(told.get("total") or ""),
            paper=self.paper(told.get("print")), checks=self.checks(told.get("checks"), known), booking=self.booking(told.get("booking")),
            account=drawing.account(self, told.get("account")),
        )  # fmt: skip
        self.whole(made)
        return made

    def whole(self, design: Design) -> None:
        if not design.fields:
            self.wrong("sections", "empty", _("A form needs at least one field."))
        if len(design.fields) + len(design.columns) > MOST_FIELDS:
            self.wrong("sections", "too_many", _("A form has at most %(n)d fields.") % {"n": MOST_FIELDS})
        if design.total and (design.total not in design.fields or design.fields[design.total].spec.type not in ("money", "decimal")):
            self.wrong("total", "not_money", _("The amount of a form is one of its fields of money."))
        for fields, done in ((design.fields, design.computed), (design.columns, design.computed_columns)):
            circle = sorted({name for name, one in fields.items() if one.formula} - {one.name for one in done})
            if circle:
                self.wrong("sections", "circle", _("These formulas wait for each other: %(names)s.") % {"names": ", ".join(circle)})
            drawing.check_spans(self, fields)
        drawing.check_account(self, design)
        if design.booking and not self.errors:
            self.booked(design, design.booking)

    def booked(self, design: Design, booking: Booking) -> None:
        kinds = [design.fields[name].spec.type for name in (booking.since, booking.until)]
        if kinds not in (["datetime", "datetime"], ["date", "date"]):
            self.wrong("booking", "not_times", _("A booking begins and ends with two fields of date and time, or two of date."))

    def table(self, told: Mapping[str, Any]) -> Table:
        name = str(told.get("name") or "lines")
        if not NAME.fullmatch(name) or name in TAKEN | self.names:
            self.wrong(
                "lines.name", "bad_name", _("The key of the line table is missing, taken, or not made of small letters, digits and _.")
            )
        known = _names(self.sequence(told.get("fields"), "lines.fields"))
        columns = self.fields(told.get("fields"), "lines.fields", known, line=True)
        totals = tuple(str(one) for one in self.sequence(told.get("totals"), "lines.totals"))
        if not set(totals) <= {one.name for one in columns if one.spec.type in ("money", "decimal", "int")}:
            self.wrong("lines.totals", "not_a_number", _("Only columns of numbers can be added up."))
        return Table(name, _words(told, "title"), columns, totals)

    # fields ----------------------------------------------------------------------------------------------------------
    def fields(self, told: Any, path: str, known: Collection[str], *, line: bool = False) -> tuple[Field, ...]:
        found: list[Field] = []
        for at, one in enumerate(self.sequence(told, path)):
            made = self.field(self.mapping(one, f"{path}.{at}", "field"), f"{path}.{at}", known, line=line)
            if made is None:
                continue
            if made.name in {other.name for other in found} or (not line and made.name in self.seen):
                self.wrong(f"{path}.{at}.name", "taken", _("There are two fields with the key “%(name)s”.") % {"name": made.name})
            found.append(made)
        if not line:
            self.seen |= {one.name for one in found}
        return tuple(found)

    def field(self, told: Mapping[str, Any], path: str, known: Collection[str], *, line: bool) -> Field | None:
        name, kind = str(told.get("name") or ""), told.get("kind")
        if not NAME.fullmatch(name):
            self.wrong(f"{path}.name", "bad_name", _("A key begins with a small letter and has small letters, digits and _ only."))
            return None
        if name in TAKEN and not line:
            self.wrong(f"{path}.name", "taken", _("Every document has “%(name)s” already. Choose another key.") % {"name": name})
        if kind not in KINDS or (line and kind in ("file", "balance")):
            self.wrong(f"{path}.kind", "not_a_choice", _("There is no kind of field “%(kind)s”.") % {"kind": str(kind)[:40]})
            return None
        if not str(told.get("label") or told.get("label_en") or "").strip():
            self.wrong(f"{path}.label", "required", _("Please give the field “%(name)s” a label.") % {"name": name})
        rules = {rule: self.formula(told.get(rule), f"{path}.{rule}", known) for rule in ("formula", "visible", "required_if")}
        spec = self.spec(name, told, path)
        if kind == "computed" and rules["formula"] is None:
            self.wrong(f"{path}.formula", "required", _("Please write the formula of “%(label)s”.") % {"label": spec.label})
        if kind != "computed" and told.get("formula"):
            self.wrong(f"{path}.formula", "not_computed", _("Only a computed field has a formula."))
        if spec.required and rules["visible"] is not None:
            self.wrong(f"{path}.visible", "hides_required", _("“%(label)s” must always be filled in and is hidden by a rule. Say when it must be filled in instead.") % {"label": spec.label})  # fmt: skip
        shown = bool(told.get("list", not line)) and spec.type not in ("long", "file")
        worked = drawing.span(self, told.get("span"), f"{path}.span") if kind == "working" else rules["formula"]
        return Field(
            spec, worked, rules["visible"], rules["required_if"], in_list=shown, wide=bool(told.get("wide")), balance=kind == "balance",
        )  # fmt: skip

    def spec(self, name: str, told: Mapping[str, Any], path: str) -> Spec:
        kind = self.kind(told, path)
        scale = told.get("scale")
        if scale is not None and (isinstance(scale, bool) or not isinstance(scale, int) or not 0 <= scale <= 6):
            self.wrong(f"{path}.scale", "bad_scale", _("A number has 0 to 6 decimals."))
            scale = None
        return Spec(
            name=name, label=_words(told, "label"), type=kind, required=told["kind"] not in WORKED_OUT and bool(told.get("required")),
            readonly=told["kind"] in WORKED_OUT, help=_words(told, "help"), custom=True, filter=kind not in ("long", "file", "choices"),
            scale=SCALES.get(kind, 0) if kind != "decimal" or scale is None else scale, max_length=LENGTHS.get(kind, 0),
            choices=self.choices(told, kind, path),
            target=self.target(told, path) if kind == "ref" else None, only=drawing.only(self, told, path), default=self.default(told, kind, path),
        )  # fmt: skip

    def kind(self, told: Mapping[str, Any], path: str) -> str:
        """What kind of value a field of a kind holds."""
        kind, result = str(told["kind"]), told.get("result") or "decimal"
        if kind != "computed":
            return {"working": "decimal", "balance": "decimal", "half": "choice"}.get(kind, kind)
        if result not in RESULTS:
            self.wrong(f"{path}.result", "not_a_choice", _("A formula gives one of: %(kinds)s.") % {"kinds": ", ".join(RESULTS)})
        return str(result) if result in RESULTS else "decimal"

    def default(self, told: Mapping[str, Any], kind: str, path: str) -> Any:
        value = told.get("default")
        if value in (None, ""):
            return None
        if kind not in ("text", "long", "choice", "bool", "int", "decimal", "money") or not isinstance(value, str | int | bool):
            self.wrong(f"{path}.default", "bad_default", _("A field of this kind begins empty."))
            return None
        return value

    def choices(self, told: Mapping[str, Any], kind: str, path: str) -> tuple[tuple[str, Any], ...]:
        if told["kind"] == "half":
            return HALVES
        return self.options(told.get("options"), f"{path}.options") if kind in ("choice", "choices") else ()

    def options(self, told: Any, path: str) -> tuple[tuple[str, Words], ...]:
        found: dict[str, Words] = {}
        for at, one in enumerate(self.sequence(told, path)):
            option = self.mapping({"value": one, "label": one} if isinstance(one, str) else one, f"{path}.{at}", "option")
            value = str(option.get("value") or option.get("label") or "").strip()[:80]
            if not value or value in found:
                self.wrong(f"{path}.{at}", "taken", _("Every option needs a text of its own."))
            found[value] = _words({"label": value, **option}, "label")
        if not found or len(found) > MOST_OPTIONS:
            self.wrong(path, "no_options", _("Please give 1 to %(n)d options to choose from.") % {"n": MOST_OPTIONS})
        return tuple(found.items())

    def target(self, told: Mapping[str, Any], path: str) -> Any:
        """A document type of the product, or the entries of one of the company's forms."""
        wanted = str(told.get("target") or "")
        app, _dot, form = wanted.partition(".")
        if (found := registry.everything().get(wanted)) is not None:
            return found.model
        if app == "office" and (self.kept or form in {head["key"] for head in audience.heads()}):
            return _entries(form)
        self.wrong(f"{path}.target", "not_found", _("Please choose the document type that “%(name)s” refers to.") % {"name": told["name"]})
        return None

    # rules -----------------------------------------------------------------------------------------------------------
    def formula(self, told: Any, path: str, known: Collection[str]) -> Formula | None:
        if told in (None, ""):
            return None
        try:
            return parse(str(told), known)
        except Refused as refused:
            self.wrong(path, refused.code, str(refused.sentence))
            return None

    def checks(self, told: Any, known: Collection[str]) -> tuple[Check, ...]:
        found = []
        for at, one in enumerate(self.sequence(told, "checks")):
            check = self.mapping(one, f"checks.{at}", "check")
            formula = self.formula(check.get("formula"), f"checks.{at}.formula", known)
            says = _words(check, "message")
            if formula is None or not str(says):
                self.wrong(f"checks.{at}", "required", _("A check needs a formula and the sentence said when it does not hold."))
            else:
                found.append(Check(formula, says, str(check.get("field") or "")))
        return tuple(found)

    def booking(self, told: Any) -> Booking | None:
        if not told:
            return None
        booking = self.mapping(told, "booking", "booking")
        names = [str(booking.get(name) or "") for name in ("what", "from", "until")]
        if not set(names) <= self.names:
            self.wrong("booking", "unknown_field", _("A booking names the field that is booked, its beginning and its end."))
            return None
        return Booking(*names)

    def paper(self, told: Any) -> Paper:
        paper = self.mapping(told or {}, "print", "print")
        columns = paper.get("columns", 2)
        if columns not in (1, 2, 3):
            self.wrong("print.columns", "not_a_choice", _("Fields are printed in 1, 2 or 3 columns."))
        signatures = tuple(
            _words({"label": one} if isinstance(one, str) else self.mapping(one, "print.signatures", "option"), "label")
            for one in self.sequence(paper.get("signatures"), "print.signatures")
        )
        return Paper(columns, signatures, _words(paper, "note"))

    def chosen(self, told: Any, path: str) -> tuple[str, ...]:
        names = tuple(str(one) for one in self.sequence(told, path))
        for name in set(names) - self.names:
            self.wrong(path, "unknown_field", _("There is no field “%(name)s” here.") % {"name": name[:60]})
        return names

    # shapes ----------------------------------------------------------------------------------------------------------
    def mapping(self, told: Any, path: str, kind: str) -> Mapping[str, Any]:
        if not isinstance(told, Mapping):
            self.wrong(path, "not_an_object", _("Please send an object of fields."))
            return {}
        for name in sorted(set(told) - ALLOWED[kind]):
            self.wrong(f"{path}.{name}".strip("."), "unknown_field", _("There is no setting “%(name)s” here.") % {"name": str(name)[:60]})
        return told

    def sequence(self, told: Any, path: str) -> Sequence[Any]:
        if told is None:
            return ()
        if not isinstance(told, Sequence) or isinstance(told, str) or len(told) > MOST_OPTIONS:
            self.wrong(path, "not_a_list", _("Please send a list."))
            return ()
        return told


def _entries(form: str) -> type:
    from tenant_apps.office.models import kind_of

    return kind_of(form)


def _names(fields: Any) -> set[str]:
    return {str(one.get("name")) for one in fields if isinstance(one, Mapping)}


def _words(told: Mapping[str, Any], name: str) -> Words:
    return Words(str(told.get(name) or "").strip()[:500], str(told.get(f"{name}_en") or "").strip()[:500])
