"""Which document a row of a sheet means, and which of its lines: told by their business keys, never by position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from kernel.access import Actor, visible
from kernel.exchange.entries import Entry
from kernel.exchange.reading import UNREADABLE, Found, Told
from kernel.exchange.references import MANY
from kernel.lines import line_model
from kernel.refusals import FieldError
from kernel.resources import Resource

Pair = tuple[Entry, Told]


def find(resource: Resource, actor: Actor, pairs: list[Pair], *, must: bool) -> dict[int, int]:
    """{position in `pairs`: id of the document meant}. With `must`, a row that means none is an error."""
    asked: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, (entry, told) in enumerate(pairs):
        name = next((name for name in resource.match if told.own.get(name) not in (None, UNREADABLE)), None)
        if name is not None:
            asked[name][str(told.own[name])].append(position)
        elif must and not entry.errors:
            entry.errors.append(
                FieldError("", "no_key", _("Nothing says which one to change. Fill in: %(names)s.") % {"names": _labels(resource)})
            )
    found: dict[int, int] = {}
    for name, positions in asked.items():
        there = _there(resource, actor, name, list(positions))
        for text, at in positions.items():
            words = {"label": resource.own[name].label, "text": text[:60]}
            for order, position in enumerate(at):
                wrong = _wrong(len(there.get(text, [])), repeated=order > 0, must=must)
                if wrong is not None:
                    pairs[position][0].errors.append(FieldError(name, wrong[0], wrong[1] % words))
                elif text in there:
                    found[position] = there[text][0]
    return found


def _wrong(count: int, *, repeated: bool, must: bool) -> tuple[str, str] | None:
    """Why a key that `count` documents have cannot be taken."""
    if count > 1:
        return "ambiguous", _("Several have %(label)s “%(text)s”. Write the number of the one meant.")
    if repeated and (count or must):
        return "repeated", _("%(label)s “%(text)s” stands in an earlier row already.")
    return ("not_found", _("There is none with %(label)s “%(text)s” to change.")) if must and not count else None


def _labels(resource: Resource) -> str:
    return " / ".join(str(resource.own[name].label) for name in resource.match)


def _there(resource: Resource, actor: Actor, name: str, texts: list[str]) -> dict[str, list[int]]:
    rows, aliases = visible(actor, resource.queryset(), resource.key), resource.model.alias_field
    there: dict[str, list[int]] = defaultdict(list)
    for start in range(0, len(texts), MANY):
        for text, pk in rows.filter(**{f"{name}__in": texts[start : start + MANY]}).values_list(name, "pk"):
            there[str(text)].append(pk)
    left = [text for text in texts if text not in there] if aliases else []
    for start in range(0, len(left), MANY):
        asked = set(left[start : start + MANY])
        for known, pk in rows.filter(**{f"{aliases}__overlap": list(asked)}).values_list(aliases, "pk"):
            for text in asked & set(known):
                there[text].append(pk)
    return there


def lines_of(resource: Resource, kinds: Iterable[str], documents: list[int]) -> dict[str, dict[int, list[Any]]]:
    """{kind: {id of the document: its lines}}, one query a kind."""
    found: dict[str, dict[int, list[Any]]] = {}
    for kind in kinds:
        if resource.in_custom:
            found[kind] = _in_custom(resource, kind, documents)
            continue
        model = line_model(resource.model, kind)
        of = found.setdefault(kind, defaultdict(list))
        for line in model._default_manager.filter(**{f"{model.parent}__in": documents}).order_by("seq", "id"):
            of[getattr(line, f"{model.parent}_id")].append(line)
    return found


def _in_custom(resource: Resource, kind: str, documents: list[int]) -> dict[int, list[Any]]:
    """The lines that stand in documents themselves."""
    rows = resource.queryset().filter(pk__in=documents).values("id", "custom", "revision")
    return {row["id"]: [_line(line) for line in resource.beside(row, {})[kind]] for row in rows}


def _line(values: dict[str, Any]) -> SimpleNamespace:
    ids = {f"{name}_id": value["id"] for name, value in values.items() if isinstance(value, dict)}
    return SimpleNamespace(pk=values["id"], **{name: value for name, value in values.items() if name != "id"}, **ids)


def join(resource: Resource, told: Told, lines: Mapping[str, list[Any]]) -> None:
    """Give the lines of a sheet the ids of those they change: the ones with the same first column. None is taken away."""
    for kind, given in told.lines.items():
        if given:
            name = next((name for name, spec in resource.line_specs[kind].items() if spec.type in ("ref", "text")), "")
            told.lines[kind], told.places[kind] = _joined(given, lines.get(kind, []), name)


def _joined(given: list[dict[str, Any]], there: list[Any], name: str) -> tuple[list[dict[str, Any]], list[int]]:
    """The lines that are there in their order, changed where the sheet says so, then the new ones; and where each stands in the sheet."""
    free = list(range(len(given)))
    joined: list[dict[str, Any]] = []
    places: list[int] = []
    for line in there:
        at = next((at for at in free if name and _same(line, name, given[at].get(name))), -1)
        if at >= 0:
            free.remove(at)
        joined.append({**(given[at] if at >= 0 else {}), "id": line.pk})
        places.append(at)
    return [*joined, *(given[at] for at in free)], [*places, *free]


def _same(line: Any, name: str, value: Any) -> bool:
    if isinstance(value, Found):
        return bool(getattr(line, f"{name}_id") == value.row.pk)
    return value is not None and str(getattr(line, name)) == str(value)
