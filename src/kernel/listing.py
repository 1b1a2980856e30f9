"""Lists: filters, search, sorting and paging by key. One query a page, whatever the size of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from kernel import codes, cursors, divisions, finding, holding, own, people, reading, registry, sums, words
from kernel.access import Actor, visible
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import Bad, Spec, key_of

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


def about(keys: Iterable[str], word: str) -> Q:
    """What is about (`subject`, `subject_id`) documents of these kinds that a search for the word finds: in Chinese, pinyin or initials."""
    found = Q(pk__in=[])
    for resource in filter(None, map(registry.find, keys)):
        named = resource.queryset().filter(search_text__contains=words.encode(word))
        found |= Q(subject=resource.key, subject_id__in=named.values("pk"))
    return found


class Listing:
    """One reading of a list: what is asked for, by whom. `params` maps names to lists of texts, as a query string does."""

    def __init__(self, resource: Resource, actor: Actor, params: Mapping[str, Sequence[str]]) -> None:
        self.resource, self.actor, self.params = resource, actor, params
        self.fields = resource.fields
        self.masked = {name for name, how in actor.profile.masked(resource.key).items() if how != "readonly"}
        self.veils = holding.veils(resource.key, actor)
        self.used: set[str] = set()

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
        for token in words.asked(self.one("q")):
            rows = rows.filter(self._match(token))
            self.used.update(self.resource.model.search)
        veiled = [pk for pk, names in self.veils.items() if names & self.used]
        return rows.exclude(pk__in=veiled) if veiled else rows  # where a document comes, or what it adds, would tell what it hides

    def _spec(self, name: str, what: str) -> Spec:
        own_name = name.removeprefix("custom.")
        spec = self.fields.get(own_name) if own_name != name or self.resource.in_custom else self.resource.own.get(name)
        if spec is None or name in self.masked:
            raise unknown(what, name)
        self.used.add(spec.name)
        return spec

    def _condition(self, name: str, values: list[str]) -> Q:
        base, _sep, operator = name.rpartition("__") if name.rpartition("__")[2] in OPERATORS else (name, "", "")
        spec = self._spec(base, _("filter"))
        if not spec.filter:
            raise unknown(_("filter"), name)
        path = f"custom__{spec.name}" if spec.custom else spec.attname
        if operator == "isnull":
            empty = Q(**{path: ""}) if spec.type == "division" else Q(**{f"{path}__isnull": True})
            return empty if values[-1].lower() in ("1", "true") else ~empty
        try:
            parsed = [self._value(spec, value) for value in values if value != ""]
        except Bad as bad:
            raise Refused("bad_filter", bad.detail, status=400) from bad
        if not parsed:
            return Q()
        if spec.custom:
            return own.condition(spec, operator, parsed)
        if operator:
            return Q(**{f"{path}__{operator}": parsed[-1]})
        if spec.type == "text":
            return Q(**{f"{path}__in": parsed})
        if spec.type == "division":
            return reduce(or_, (Q(**{f"{path}__startswith": divisions.prefix(code)}) for code in parsed))
        if spec.type == "refs":
            return Q(**{f"{path}__overlap": parsed})
        return Q(**{f"{path}__in": parsed}) if len(parsed) > 1 else Q(**{path: parsed[0]})

    def _value(self, spec: Spec, text: str) -> Any:
        if spec.type == "member" and text == "me":
            return self.actor.id
        if spec.type in ("refs", "choices"):
            return spec.parse([text])[0]
        if isinstance(spec.choices, codes.CodeTable):
            return spec.choices.find(text)
        value = spec.parse(text)
        return spec.render_value(value) if spec.custom else value

    def _match(self, token: str) -> Q:
        """Rows whose own text, or whose references' text, contains a word."""
        condition = Q()
        codes_only = self.resource.model.search == ("number",)
        if not (codes_only and words.HAN.search(token)):
            condition |= finding.by_word(self.resource.model, token, self.masked)
        for name in self.resource.search:
            target: Any = self.resource.own[name].target
            named = target.objects.filter(finding.by_word(target, token, self.actor.profile.hidden(key_of(target))))
            found = list(named.values_list("pk", flat=True)[: FEW + 1])
            if len(found) > FEW:
                condition |= Q(**{f"{name}__in": named.values("pk")})
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
        if spec.type in own.UNSORTED if spec.custom else spec.type in ("json", "refs", "long"):
            raise unknown(_("sort order"), name)
        if spec.custom:
            return f"{own.ALIAS}{spec.name}", down
        return (spec.label_path if spec.type == "ref" else spec.attname), down

    def sorted(self) -> models.QuerySet[Any]:
        """All rows asked for, in the list's order."""
        path, down = self._sort()
        order = dict.fromkeys([f"-{path}" if down else path, "-id" if down else "id"])
        return self._keyed(self.queryset(), path).order_by(*order)

    def _keyed(self, rows: models.QuerySet[Any], path: str) -> models.QuerySet[Any]:
        """With the value of an own field by which the list is sorted."""
        if not path.startswith(own.ALIAS):
            return rows
        keyed: models.QuerySet[Any] = rows.annotate(**{path: own.expression(self.fields[path.removeprefix(own.ALIAS)])})
        return keyed

    @planned_by_value()
    def page(self) -> dict[str, Any]:
        """`rows` and the cursor of the `next` page."""
        path, down = self._sort()
        limit = self._limit()
        rows = self._keyed(self.queryset(), path)
        if self.one("cursor"):
            rows = rows.filter(cursors.beyond(path, down, *cursors.opened(self.one("cursor"), path)))
        rows = (
            rows.order_by(f"-{path}" if down else path, "-id" if down else "id") if path != "id" else rows.order_by("-id" if down else "id")
        )
        rows = rows.annotate(_sorted_by=F(path)) if path not in ("id",) else rows
        shown = self._columns()
        found = self._render(rows[: limit + 1], shown, path)
        more = found.pop() if len(found) > limit else None
        last = found[-1] if found and more else None
        following = cursors.closed(last["_at"], last["id"], path) if last else None
        for row in found:
            row.pop("_at", None)
        return {"rows": found, "next": following}

    def _render(self, rows: models.QuerySet[Any], specs: Mapping[str, Spec], path: str) -> list[dict[str, Any]]:
        masks = reading.masks_of(self.resource.key, self.actor)
        names = reading.db_names(self.resource, specs.values())
        rows = rows.values(*names) if path == "id" else rows.values(*names, "_sorted_by")
        return [
            {
                **reading.envelope(self.resource, row, masks(row["id"])),
                **({"_mark": self.resource.mark(row, self.actor)} if self.resource.marked_by else {}),
                **reading.render_row(specs, row, masks(row["id"])),
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
            return {name: self.fields[name] for name in self.resource.listed}
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
        names, rows = self._summed(), self.queryset()
        if self.one("count") in ("1", "true"):
            counted = rows.order_by().values("pk")[: COUNT_TO + 1].count()
            told |= {"count": min(counted, COUNT_TO), "count_exact": counted <= COUNT_TO}
        if names:
            told |= sums.told(self.resource, sums.found(self.resource, rows, names), names)
        return told

    def _summed(self) -> list[str]:
        names = [name for value in self.params.get("sum", ()) for name in value.split(",") if name]
        for name in names:
            if not self._spec(name, _("sum")).summable:
                raise unknown(_("sum"), name)
        return [name.removeprefix("custom.") for name in names]

    @planned_by_value()
    def grouped(self) -> dict[str, Any]:
        """Counts and sums by the values of one field, the largest first."""
        spec = self._spec(self.one("group"), _("group"))
        if spec.type in ("json", "long", "refs", "file"):
            raise unknown(_("group"), spec.name)
        key = f"{own.ALIAS}{spec.name}" if spec.custom else spec.attname
        names = self._summed()
        rows = sums.found(self.resource, self._keyed(self.queryset(), key), names, [key], 1001)
        if spec.custom and spec.type not in ("choice", "choices"):  # an option that is offered no more stays as it was kept
            rows = [{**row, key: None if row[key] is None else spec.parse(row[key])} for row in rows]
        parts: dict[Any, list[Any]] = {}
        for row in rows[:1000]:
            parts.setdefault(row[key], []).append(row)
        labels = self._labels(spec, list(parts))
        groups = [
            {
                "value": spec.render_value(value),
                "label": labels.get(value, str(value if value not in (None, "") else "—")),
                "count": sum(row[sums.COUNT] for row in part),
                **sums.told(self.resource, part, names),
            }
            for value, part in parts.items()
        ]
        return {"groups": sorted(groups, key=lambda one: -one["count"]), "groups_complete": len(rows) <= 1000}

    def _labels(self, spec: Spec, keys: list[Any]) -> dict[Any, str]:
        if spec.type == "ref":
            target: Any = spec.target
            return {row.pk: str(row) for row in target.objects.filter(pk__in=[key for key in keys if key is not None])}
        if spec.type in ("member", "unit"):
            return dict(people.members() if spec.type == "member" else people.units())
        if spec.type == "bool":
            return {True: _("Yes"), False: _("No")}
        if spec.type == "division":
            return {key: divisions.name_of(key) for key in keys if key}
        return {value: str(label) for value, label in codes.labels(spec.choices).items()}
