"""One description of one value, used wherever the value appears: request, answer, form, filter, import, export, OpenAPI.

A Spec is made from a model field, from a parameter of an action, or from a company's own field. It reads what people and
programs send (`parse`), writes what they get (`render`), and describes itself to the client (`meta`) and to OpenAPI (`schema`).
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import divisions, fields, sensitivity, words
from kernel.codes import CodeField, CodeTable
from kernel.parsers import PARSERS, Bad

MASK = "•••"
NUMERIC = {"int", "decimal", "money", "price", "percent"}


@dataclass(frozen=True)
class Spec:
    """What a value is called, what kind it is and what it may be."""

    name: str
    label: Any
    type: str
    required: bool = False
    readonly: bool = False
    null: bool = True
    help: Any = ""
    scale: int = 0
    digits: int = 18
    max_length: int = 0
    choices: Sequence[tuple[str, Any]] = ()
    colors: Mapping[str, str] = field(default_factory=dict)
    target: builtins.type[models.Model] | None = None
    lookup: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Of a reference: what a picker narrows its rows down to (`state`)."""
    columns: Sequence[Spec] = ()
    """Of a JSON value that is a short table: its columns."""
    default: Any = None
    custom: bool = False
    filter: bool = True
    adds: bool = True
    """False: a number that says nothing added up, such as a percentage or a factor in one column."""
    home: bool = False
    """In the company's own currency, whatever the document that it stands on is in."""
    bar: bool = False
    """Of a percentage: shown as a bar too, full at 100."""
    names: str = ""
    """What a text names: `resource`, a document type, which people see by its label."""
    told: Callable[[Any], Any] | None = None
    """How a stored value is told to whoever is answered, where that is not as it is kept."""
    sensitive: str = ""
    """The class of protection (`kernel.sensitivity`) where its name and type do not tell it."""

    # what it reads from the database ---------------------------------------------------------------------------------
    @property
    def attname(self) -> str:
        return f"{self.name}_id" if self.type == "ref" else self.name

    @property
    def label_path(self) -> str:
        """For a reference: where its label is read along the join."""
        assert self.target is not None
        return f"{self.name}__{label_of(self.target)}"

    @property
    def label_paths(self) -> tuple[str, ...]:
        """For a reference: where its label is read, and where its English one is if there can be one."""
        assert self.target is not None
        return tuple(f"{self.name}__{name}" for name in label_names(self.target))

    def db_names(self) -> tuple[str, ...]:
        if self.custom:
            return ("custom",)
        return (self.attname, *self.label_paths) if self.type == "ref" else (self.name,)

    # out -------------------------------------------------------------------------------------------------------------
    def render(self, row: Mapping[str, Any]) -> Any:
        """The value of a row (as `.values()` gives it) in the form of the API."""
        if self.custom:
            return (row.get("custom") or {}).get(self.name)
        if self.type == "ref":
            key = row[self.attname]
            return None if key is None else {"id": key, "label": named(row, self.label_paths) or f"#{key}"}
        if self.type == "division":
            code = row[self.name]
            return {"id": code, "label": divisions.name_of(code)} if code else None
        return self.render_value(row[self.name])

    def render_value(self, value: Any) -> Any:
        if value is None or self.told is not None:
            return None if value is None or self.told is None else self.told(value)
        if isinstance(value, Decimal):
            return format(value.normalize(), "f") if self.type in ("price", "decimal", "percent") else f"{value:.2f}"
        if isinstance(value, datetime):
            return timezone.localtime(value).isoformat(timespec="seconds")
        return value.isoformat() if isinstance(value, date) else value

    # in --------------------------------------------------------------------------------------------------------------
    def parse(self, raw: Any) -> Any:
        """Take a value from JSON, a query or a spreadsheet cell; Bad says why not. References come out as ids."""
        if raw is None or (isinstance(raw, str) and raw.strip() == "" and self.type not in ("bool",)):
            if self.required:
                raise Bad("required", _("Please fill in “%(label)s”.") % {"label": self.label})
            return self.empty()
        value = PARSERS[self.type](self, raw)
        if isinstance(value, Decimal) and self.type in ("money", "price", "decimal", "percent"):
            self.check_size(value)
        return value

    def empty(self) -> Any:
        if self.custom or self.null:
            return None
        if self.default is not None:
            return self.default() if callable(self.default) else self.default
        return Decimal(0) if self.type in NUMERIC else {"bool": False, "json": {}, "refs": []}.get(self.type, "")

    def check_size(self, value: Decimal) -> None:
        if abs(value) >= Decimal(10) ** (self.digits - self.scale):
            raise Bad("too_large", _("“%(label)s” is too large.") % {"label": self.label})

    @property
    def protection(self) -> str:
        """How far it has to be protected; empty for everyday business data."""
        return self.sensitive or sensitivity.of(self.name, self.type)

    @property
    def summable(self) -> bool:
        """Whether adding it up over rows means something: amounts and quantities, not days or revisions."""
        return self.adds and self.type in ("money", "decimal")

    # about itself ----------------------------------------------------------------------------------------------------
    def options(self) -> list[dict[str, Any]]:
        colors = self.choices.colours() if isinstance(self.choices, CodeTable) else self.colors
        return [{"value": value, "label": str(label), "color": colors.get(value, "default")} for value, label in self.choices]

    def meta(self) -> dict[str, Any]:
        told: dict[str, Any] = {name: getattr(self, name) for name in ("name", "type", "required", "readonly", "filter")}
        kept_apart = self.custom and self.type in ("ref", "member", "unit", "choices", "file")
        told |= {
            "label": str(self.label), "help": str(self.help), "sum": self.summable,
            "sort": not kept_apart and self.type not in ("json", "refs", "long"),
        }  # fmt: skip
        if self.choices:
            told["options"] = self.options()
        told |= {"scale": self.scale} if self.type in NUMERIC else {}
        told |= {"resource": key_of(self.target)} if self.target is not None else {}
        if self.only:
            told["only"] = {name: list(values) for name, values in self.only.items()}
        told |= {"columns": [column.meta() for column in self.columns]} if self.columns else {}
        told |= {name: value for name in ("lookup", "max_length", "custom", "home", "bar", "names") if (value := getattr(self, name))}
        told |= {"sensitive": self.protection} if self.protection else {}
        if self.default is not None and not callable(self.default):
            told["default"] = self.render_value(self.default)
        return told

    def schema(self, writing: bool = False) -> dict[str, Any]:
        """The value in OpenAPI's words."""
        shape: dict[str, Any] = dict(SCHEMAS.get(self.type, {"type": "string"}))
        if self.type == "division" and writing:
            shape = {"type": "string"}
        if self.type == "ref" and writing:
            shape = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
        if self.type in ("choice", "state") and self.choices and not isinstance(self.choices, CodeTable):
            shape["enum"] = [value for value, _label in self.choices] + ([] if self.required else [""])
        if self.max_length and shape.get("type") == "string":
            shape["maxLength"] = self.max_length
        if not self.required and "type" in shape:
            shape["type"] = [shape["type"], "null"]
            if "enum" in shape:
                shape["enum"].append(None)
        shape["title"] = str(self.label)
        if self.protection:
            shape["x-sensitive"] = self.protection
        return shape


DIVISION_SCHEMA = {"type": "object", "properties": {"id": {"type": "string"}, "label": {"type": "string"}}, "required": ["id", "label"]}
REF_SCHEMA = {"type": "object", "properties": {"id": {"type": "integer"}, "label": {"type": "string"}}, "required": ["id", "label"]}
DECIMAL_SCHEMA = {"type": "string", "pattern": r"^-?\d{1,12}(\.\d{1,6})?$"}
SCHEMAS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("decimal", "money", "price", "percent"), DECIMAL_SCHEMA),
    **dict.fromkeys(("ref",), REF_SCHEMA),
    "division": DIVISION_SCHEMA,
    "member": {"type": "integer"},
    "unit": {"type": "integer"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "refs": {"type": "array", "items": {"type": "integer"}},
    "choices": {"type": "array", "items": {"type": "string"}},
    "file": {"type": "integer"},
    "json": {},
}
TYPES: tuple[tuple[type, str], ...] = (
    (fields.StateField, "state"),
    (fields.MoneyField, "money"),
    (fields.PriceField, "price"),
    (fields.PercentField, "percent"),
    (fields.MemberField, "member"),
    (fields.UnitField, "unit"),
    (models.DecimalField, "decimal"),
    (models.EmailField, "email"),
    (models.URLField, "url"),
    (fields.DivisionField, "division"),
    (CodeField, "choice"),
    (models.CharField, "text"),
    (models.TextField, "long"),
    (models.BooleanField, "bool"),
    (models.IntegerField, "int"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.ForeignKey, "ref"),
    (ArrayField, "refs"),
    (models.JSONField, "json"),
)


def key_of(model: type[models.Model]) -> str:
    """`quoting.quote`: the name by which every part of the product refers to a kind of document."""
    return f"{model._meta.app_label}.{model._meta.model_name}"


def label_of(model: type[models.Model]) -> str:
    return getattr(model, "label_field", "number")


def label_names(model: type[models.Model]) -> tuple[str, ...]:
    """The fields with what a document is called: as its company calls it, and in English where it may have such a name."""
    english = getattr(model, "english_field", "")
    return (label_of(model), english) if english else (label_of(model),)


def named(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """What a document is called, for whoever is asking, out of a row of values."""
    return words.spoken(row[names[0]], row.get(names[1], "")) if len(names) > 1 else row[names[0]]


def _target(source: Any, kind: str) -> type[models.Model] | None:
    if kind == "ref":
        return source.related_model  # type: ignore[no-any-return]
    return apps.get_model(source.to) if isinstance(source, fields.RefsField) else None


@cache
def of_model(model: type[models.Model]) -> dict[str, Spec]:
    """The specs of a model's fields that have a name for people; a field without a label is the kernel's own business."""
    shown = (found for found in model._meta.concrete_fields if getattr(found, "_verbose_name", None) is not None)
    return {found.name: of_field(found) for found in shown if not found.primary_key}


def of_field(source: Any) -> Spec:
    kind = next(name for cls, name in TYPES if isinstance(source, cls))
    choices: Sequence[tuple[str, Any]] = tuple(source.choices or ()) if kind in ("text", "state") else ()
    if isinstance(source, CodeField):
        choices = source.table
    if kind == "text" and choices:
        kind = "choice"
    default = None if source.default is models.NOT_PROVIDED else source.default
    exact = isinstance(source, models.DecimalField)
    return Spec(
        name=source.name,
        label=source.verbose_name,
        type=kind,
        required=not source.null and not source.blank and default is None and source.editable,
        readonly=not source.editable,
        null=source.null,
        help=source.help_text,
        scale=source.decimal_places if exact else 0,
        digits=source.max_digits if exact else (9 if isinstance(source, models.PositiveIntegerField) else 18),
        max_length=getattr(source, "max_length", None) or 0 if kind in ("text", "email", "url") else 0,
        choices=choices,
        colors=getattr(getattr(source, "states", None), "colors", dict)() if kind == "state" else {},
        target=_target(source, kind),
        default=default,
        filter=kind not in ("json", "long"),
        names="resource" if isinstance(source, fields.RefKeyField) else "",
    )
