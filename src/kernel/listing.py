"""Lists: filters, search, sorting and paging by key. One query a page, whatever the size of the table."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from kernel import people, reading, words
from kernel.access import Actor, visible
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import Bad, Spec

CONTROLS = {"q", "sort", "limit", "cursor", "columns", "count", "sum", "group", "id"}
OPERATORS = {"gte", "lte", "isnull"}
MAX_LIMIT, COUNT_TO, FEW = 500, 10_000, 500
FIXED = {"number": "number", "created_at": "created_at", "updated_at": "updated_at", "id": "id"}


def unknown(what: str, name: str) -> Refused:
    return Refused("unknown_field", _("“%(name)s” cannot be used as a %(what)s here.") % {"name": name[:80], "what": what}, status=400)


@contextmanager
def planned_by_value() -> Iterator[None]:
    """Let PostgreSQL plan a query for the very values asked: the plan that suits every word suits the rare one badly."""

    def unprepared(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        raw = context["connection"].connection
        usual, raw.prepare_threshold = raw.prepare_threshold, None
        try:
            return execute(sql, params, many, context)
        finally:
            raw.prepare_threshold = usual

    with connection.execute_wrapper(unprepared):
        yield


class Listing:
    """One reading of a list: what is asked for, by whom. `params` maps names to lists of texts, as a query string does."""

    def __init__(self, resource: Resource, actor: Actor, params: Mapping[str, Sequence[str]]) -> None:
        self.resource, self.actor, self.params = resource, actor, params
        self.fields = resource.fields
        self.masked = {name for name, how in actor.profile.masked(resource.key).items() if how != "readonly"}

    def one(self, name: str, default: str = "") -> str:
        values = self.params.get(name) or [default]
        return values[-1]

    # what ------------------------------------------------------------------------------------------------------------
    def queryset(self) -> models.QuerySet[Any]:
        """The rows asked for that this member may see, not yet sorted or cut."""
        actor = self.actor
        actor.require(self.resource.key, "read", label=self.resource.label)
        rows = visible(actor, self.resource.queryset(), self.resource.key)
        for name, values in self.params.items():
            if name not in CONTROLS and not name.startswith("_"):
                rows = rows.filter(self._condition(name, list(values)))
        if "id" in self.params:
            rows = rows.filter(pk__in=[int(value) for value in self.params["id"] if value.isdecimal() and len(value) < 19])
        for token in words.fold(self.one("q").replace("\x00", "")).split()[:6]:
            rows = rows.filter(self._match(token))
        return rows

    def _spec(self, name: str, what: str) -> Spec:
        spec = self.fields.get(name.removeprefix("custom.")) if name.startswith("custom.") else self.resource.own.get(name)
        if spec is None or name in self.masked:
            raise unknown(what, name)
        return spec

    def _condition(self, name: str, values: list[str]) -> Q:
        base, _sep, operator = name.rpartition("__") if name.rpartition("__")[2] in OPERATORS else (name, "", "")
        spec = self._spec(base, _("filter"))
        if not spec.filter:
            raise unknown(_("filter"), name)
        path = f"custom__{spec.name}" if spec.custom else spec.attname
        if operator == "isnull":
            return Q(**{f"{path}__isnull": values[-1].lower() in ("1", "true")})
        try:
            parsed = [self._value(spec, value) for value in values if value != ""]
        except Bad as bad:
            raise Refused("bad_filter", bad.detail, status=400) from bad
        if not parsed:
            return Q()
        if operator:
            return Q(**{f"{path}__{operator}": parsed[-1]})
        if spec.type == "text" and not spec.custom:
            return Q(**{f"{path}__in": parsed})
        if spec.type == "refs":
            return Q(**{f"{path}__overlap": parsed})
        return Q(**{f"{path}__in": parsed}) if len(parsed) > 1 else Q(**{path: parsed[0]})

    def _value(self, spec: Spec, text: str) -> Any:
        if spec.type == "member" and text == "me":
            return self.actor.id
        if spec.type == "refs":
            return spec.parse([text])[0]
        value = spec.parse(text)
        return spec.render_value(value) if spec.custom else value

    def _match(self, token: str) -> Q:
        """Rows whose own text, or whose references' text, contains a word."""
        encoded = words.encode(token)
        condition = Q()
        codes_only = self.resource.model.search == ("number",)
        if not (codes_only and words.HAN.search(token)):
            condition |= Q(search_text__contains=encoded)
        for name in self.resource.search:
            target: Any = self.resource.own[name].target
            found = list(target.objects.filter(search_text__contains=encoded).values_list("pk", flat=True)[: FEW + 1])
            if len(found) > FEW:
                condition |= Q(**{f"{name}__in": target.objects.filter(search_text__contains=encoded).values("pk")})
            elif found:
                condition |= Q(**{f"{name}__in": found})
        return condition or Q(pk__in=[])

    # order and pages -------------------------------------------------------------------------------------------------
    def _sort(self) -> tuple[str, bool]:
        asked = self.one("sort") or self.resource.sort
        name, down = asked.lstrip("-"), asked.startswith("-")
        if name in FIXED:
            return FIXED[name], down
        spec = self._spec(name, _("sort order"))
        if spec.custom or spec.type in ("json", "refs", "long"):
            raise unknown(_("sort order"), name)
        return (spec.label_path if spec.type == "ref" else spec.attname), down

    def sorted(self) -> models.QuerySet[Any]:
        """All rows asked for, in the list's order."""
        path, down = self._sort()
        order = dict.fromkeys([f"-{path}" if down else path, "-id" if down else "id"])
        return self.queryset().order_by(*order)

    @planned_by_value()
    def page(self) -> dict[str, Any]:
        """`rows` and the cursor of the `next` page."""
        path, down = self._sort()
        limit = self._limit()
        rows = self.queryset()
        if self.one("cursor"):
            rows = rows.filter(_beyond(path, down, *_opened(self.one("cursor"), path)))
        rows = (
            rows.order_by(f"-{path}" if down else path, "-id" if down else "id") if path != "id" else rows.order_by("-id" if down else "id")
        )
        rows = rows.annotate(_sorted_by=F(path)) if path not in ("id",) else rows
        shown = self._columns()
        found = self._render(rows[: limit + 1], shown, path)
        more = found.pop() if len(found) > limit else None
        last = found[-1] if found and more else None
        following = _closed(last["_at"], last["id"], path) if last else None
        for row in found:
            row.pop("_at", None)
        return {"rows": found, "next": following}

    def _render(self, rows: models.QuerySet[Any], specs: Mapping[str, Spec], path: str) -> list[dict[str, Any]]:
        masks = self.actor.profile.masked(self.resource.key)
        names = reading.db_names(self.resource, specs.values())
        rows = rows.values(*names) if path == "id" else rows.values(*names, "_sorted_by")
        return [
            {
                **reading.envelope(self.resource, row, masks),
                **reading.render_row(specs, row, masks),
                "_at": row.get("_sorted_by", row["id"]),
            }
            for row in rows
        ]

    def _limit(self) -> int:
        text = self.one("limit", "50")
        if not text.isdecimal() or not 0 < int(text[:9]) <= MAX_LIMIT:
            raise Refused("bad_limit", _("limit must be between 1 and %(n)d.") % {"n": MAX_LIMIT}, status=400)
        return int(text)

    def _columns(self) -> dict[str, Spec]:
        asked = [name for value in self.params.get("columns", ()) for name in value.split(",") if name]
        if not asked:
            return {name: self.resource.own[name] for name in self.resource.columns} | self.resource.custom
        return {name.removeprefix("custom."): self._any(name) for name in asked if name not in ("id", "version", "_label")}

    def _any(self, name: str) -> Spec:
        spec = self.fields.get(name.removeprefix("custom."))
        if spec is None:
            raise unknown(_("column"), name)
        return spec

    # sums ------------------------------------------------------------------------------------------------------------
    @planned_by_value()
    def totals(self) -> dict[str, Any]:
        """Number of rows (counted up to 10,000) and sums over the whole filter, as asked with `count` and `sum`."""
        told: dict[str, Any] = {}
        rows = self.queryset()
        if self.one("count") in ("1", "true"):
            counted = rows.order_by().values("pk")[: COUNT_TO + 1].count()
            told |= {"count": min(counted, COUNT_TO), "count_exact": counted <= COUNT_TO}
        names = self._summed()
        if names:
            sums = rows.order_by().aggregate(**{f"sum_{name}": Sum(name) for name in names})
            told["sums"] = {name: self.fields[name].render_value(sums[f"sum_{name}"] or Decimal(0)) for name in names}
        return told

    def _summed(self) -> list[str]:
        names = [name for value in self.params.get("sum", ()) for name in value.split(",") if name]
        for name in names:
            spec = self._spec(name, _("sum"))
            if spec.custom or not spec.summable:
                raise unknown(_("sum"), name)
        return names

    @planned_by_value()
    def grouped(self) -> dict[str, Any]:
        """Counts and sums by the values of one field, the largest first."""
        spec = self._spec(self.one("group"), _("group"))
        if spec.custom or spec.type in ("json", "long", "refs"):
            raise unknown(_("group"), spec.name)
        names = self._summed()
        found = (
            self.queryset()
            .order_by()
            .values(spec.attname)
            .annotate(_n=Count("pk"), **{f"sum_{name}": Sum(name) for name in names})
            .order_by("-_n")
        )
        rows = list(found[:1001])
        labels = self._labels(spec, [row[spec.attname] for row in rows])
        groups = [
            {
                "value": spec.render_value(row[spec.attname]),
                "label": labels.get(row[spec.attname], str(row[spec.attname] if row[spec.attname] not in (None, "") else "—")),
                "count": row["_n"],
                "sums": {name: self.fields[name].render_value(row[f"sum_{name}"] or Decimal(0)) for name in names},
            }
            for row in rows[:1000]
        ]
        return {"groups": groups, "groups_complete": len(rows) <= 1000}

    def _labels(self, spec: Spec, keys: list[Any]) -> dict[Any, str]:
        if spec.type == "ref":
            target: Any = spec.target
            return {row.pk: str(row) for row in target.objects.filter(pk__in=[key for key in keys if key is not None])}
        if spec.type in ("member", "unit"):
            return dict(people.members() if spec.type == "member" else people.units())
        if spec.type == "bool":
            return {True: _("Yes"), False: _("No")}
        return {value: str(label) for value, label in spec.choices}


def _beyond(path: str, down: bool, value: Any, key: int) -> Q:
    """Rows after a given one in the list's order, written so that an index on (path, id) is used as a range."""
    step = "lt" if down else "gt"
    if path == "id":
        return Q(**{f"id__{step}": key})
    later = Q(**{f"id__{step}": key})
    if value is None:
        return (
            Q(**{f"{path}__isnull": True}) & later
            if not down
            else (Q(**{f"{path}__isnull": True}) & later) | Q(**{f"{path}__isnull": False})
        )
    within = Q(**{f"{path}__{step}e": value}) & (Q(**{f"{path}__{step}": value}) | later)
    return within if down else within | Q(**{f"{path}__isnull": True})


def _closed(value: Any, key: int, path: str) -> str:
    kind = next((name for name, cls in (("t", datetime), ("d", date), ("n", Decimal)) if isinstance(value, cls)), "")
    plain = value.isoformat() if kind in ("t", "d") else str(value) if kind == "n" else value
    return base64.urlsafe_b64encode(json.dumps([path, kind, plain, key]).encode()).decode()


def _opened(cursor: str, path: str) -> tuple[Any, int]:
    try:
        of, kind, plain, key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        read: Any = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}.get(kind, lambda same: same)
        value = read(plain)
        if of != path or not isinstance(key, int) or isinstance(key, bool) or isinstance(value, dict | list) or "\x00" in str(value):
            raise ValueError
    except (ValueError, TypeError, ArithmeticError, RecursionError, binascii.Error) as bad:
        raise Refused("bad_cursor", _("This page does not belong to this list. Please start again at the first page."), status=400) from bad
    return value, key
