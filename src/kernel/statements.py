"""Queries that run at every click, put into SQL once and asked again with other values.

Django needs longer to write the SQL of a document with fifty columns than PostgreSQL to answer it; the text never changes.

    open_lines = Statement(lambda order: OrderLine.objects.filter(order=order, closed=False))
    open_lines(order.pk)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from inspect import signature
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)

KEY = 9_007_199_254_740_993


class Among(models.Lookup):
    """`pk__among=[…]`: one of a list that is sent as one value, so that the text is the same for any number of keys."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", [*params, self.rhs]


models.BigAutoField.register_lookup(Among)
models.ForeignKey.register_lookup(Among)


def _mark(kind: type, position: int) -> Any:
    """Stands for a value in the query from which the text is made."""
    return {int: KEY + position, str: f"\x01{position}", list: [KEY + position], date: date(9999, 1, 1 + position)}[kind]


class Statement:
    """A query as a function of its values: the same rows as the queryset that `build` makes of them. Values are whole numbers, or of `kinds`."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], *kinds: type) -> None:
        self.build, self.kinds = build, kinds or (int,) * len(signature(build).parameters)
        self.sql = ""
        self.params: tuple[Any, ...] = ()
        self.made: Callable[[Sequence[Any]], Any] = tuple

    def __call__(self, *given: Any) -> list[Any]:
        if not self.sql:
            self._write()
        params = [given[param] if kept is None else kept for param, kept in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self.made(row) for row in rows]

    def _write(self) -> None:
        marks = [_mark(kind, position) for position, kind in enumerate(self.kinds)]
        queryset = self.build(*marks)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        self.params = tuple((marks.index(param), None) if param in marks else (0, param) for param in params)
        converters = compiler.get_converters([column[0] for column in compiler.select])
        convert = _converting(converters) if converters else None
        make = _maker(queryset, compiler)
        self.made = make if convert is None else lambda row: make(convert(row))
        self.sql = sql


def _converting(converters: dict[int, Any]) -> Callable[[Sequence[Any]], list[Any]]:
    """Values as Django gives them."""

    def convert(row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, (functions, expression) in converters.items():
            for function in functions:
                values[at] = function(values[at], expression, connection)
        return values

    return convert


def _maker(queryset: models.QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """What makes of a row what the queryset would make of it: an instance with its joined ones, a mapping, a tuple."""
    kind = queryset._iterable_class
    if kind is models.query.ValuesIterable:
        names = (*queryset.query.extra_select, *queryset.query.values_select, *queryset.query.annotation_select)
        return lambda row: dict(zip(names, row, strict=True))
    if kind is not models.query.ModelIterable:
        return tuple
    info = compiler.klass_info
    model, first, last = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    columns = [column[0].target.attname for column in compiler.select[first:last]]
    populators = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]

    def make(row: Sequence[Any]) -> Any:
        made = model.from_db(connection.alias, columns, row[first:last])
        for populator in populators:
            populator.populate(row, made)
        return made

    return make


@cache
def values(model: type[models.Model], by: str, names: tuple[str, ...], order: tuple[str, ...] = ()) -> Statement:
    """`model` rows where field `by` is the key, as mappings of the named columns."""
    return Statement(lambda key: model._default_manager.filter(**{by: key}).order_by(*order).values(*names))


@cache
def locked(model: type[models.Model]) -> Statement:
    """A row by its id, locked until the transaction ends."""
    return Statement(lambda key: model._default_manager.select_for_update().filter(pk=key).order_by())


@cache
def lines(kind: type[Any]) -> Statement:
    """The lines of a kind that a document has, in their order."""
    return Statement(lambda key: kind._default_manager.filter(**{kind.parent: key}).order_by("seq", "id"))


@cache
def _by_keys(model: type[models.Model]) -> Statement:
    return Statement(lambda keys: model._default_manager.filter(pk__among=keys).order_by(), list)


def by_keys(model: type[M], keys: Iterable[int]) -> dict[int, M]:
    """The rows with these ids that are there, by id."""
    wanted = sorted(set(keys))
    return {row.pk: row for row in _by_keys(model)(wanted)} if wanted else {}


def attach(rows: Iterable[Any], name: str) -> None:
    """Give each row the row that its reference `name` points to, unless it has it already; one query for all."""
    bare = [row for row in rows if not type(row)._meta.get_field(name).is_cached(row)]
    if not bare:
        return
    field: Any = type(bare[0])._meta.get_field(name)
    found = by_keys(field.related_model, {key for row in bare if (key := getattr(row, field.attname)) is not None})
    for row in bare:
        key = getattr(row, field.attname)
        if key in found:
            setattr(row, name, found[key])
