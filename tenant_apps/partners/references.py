"""Everything in a company that names a partner, found by what the models declare and not by a list that somebody keeps (W-4.1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Func, Value
from django.utils.translation import gettext as _

from kernel import registry
from kernel.documents import Document
from kernel.fields import RefKeyField, RefsField
from kernel.models import Event
from kernel.refusals import Refused
from kernel.specs import key_of
from tenant_apps.partners.models import Agency, Partner

KEY = key_of(Partner)


@dataclass(frozen=True)
class Place:
    """One column in which partners are named: `ref` by a foreign key, `key` by document type and id, `refs` in a list, `own` in an own form."""

    model: Any
    kind: str
    name: str
    beside: str = ""

    @property
    def called(self) -> str:
        resource = registry.of(self.model)
        return str(resource.plural if resource else self.model._meta.verbose_name_plural)

    @property
    def shown(self) -> bool:
        """Whether people know of these rows."""
        return registry.of(self.model) is not None

    def rows(self, key: int) -> models.QuerySet[Any]:
        every = self.model._base_manager.all()
        if self.kind == "key":
            return every.filter(**{f"{self.beside}__in": keys(), self.name: key})
        if self.kind == "refs":
            return every.filter(**{f"{self.name}__contains": [key]})
        if self.kind == "own":
            return every.filter(custom__contains={self.name: {"id": key}})
        return every.filter(**{self.name: key})

    def tallies(self, at: int, partners: Sequence[int]) -> Iterator[models.QuerySet[Any]]:
        """(`at`, partner, how many rows name it): of all partners together where one column tells it, else of each."""
        if self.kind in ("refs", "own"):
            yield from (_tally(self.rows(key), at, Value(key, models.BigIntegerField())) for key in partners)
            return
        rows = self.model._base_manager.filter(**{f"{self.name}__in": partners})
        yield _tally(rows.filter(**{f"{self.beside}__in": keys()}) if self.beside else rows, at, F(self.name))

    def turn(self, ids: list[int], old: int, new: int, label: str) -> None:
        """Let these rows name another partner; an open form of theirs learns of it by the version."""
        values: dict[str, Any] = {"version": F("version") + 1} if issubclass(self.model, Document) else {}
        rows = self.model._base_manager.filter(pk__in=ids)
        if self.kind == "refs":
            values[self.name] = Func(F(self.name), Value(old), Value(new), function="array_replace")
        elif self.kind == "own":
            told = Value({self.name: {"id": new, "label": label}}, models.JSONField())
            values["custom"] = Func(F("custom"), told, template="(%(expressions)s)", arg_joiner=" || ")
        else:
            values[self.name] = new
        try:
            with transaction.atomic():
                rows.update(**values)
        except IntegrityError:
            self._one_by_one(rows, values)

    def _one_by_one(self, rows: models.QuerySet[Any], values: dict[str, Any]) -> None:
        """What both have and only one may have: shares stay where they were, documents have to be settled first."""
        for pk in list(rows.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    self.model._base_manager.filter(pk=pk).update(**values)
            except IntegrityError:
                if self.kind == "ref":
                    told = _("Both accounts have “%(what)s” of which there may be only one. Delete one of them first.")
                    raise Refused("both_have", told % {"what": str(self.called)}) from None


def _tally(rows: models.QuerySet[Any], at: int, who: Any) -> models.QuerySet[Any]:
    marked = rows.order_by().annotate(_at=Value(at, models.IntegerField()), _who=who).values("_at", "_who")
    return marked.annotate(_many=Count("pk")).values_list("_at", "_who", "_many")


def is_partner(model: Any) -> bool:
    """Whether a model is a partner under any of its names: customer, supplier, company of the industry."""
    return isinstance(model, type) and issubclass(model, Partner)


@cache
def keys() -> tuple[str, ...]:
    """The document types as which a partner is known."""
    return tuple(key_of(model) for model in apps.get_models() if is_partner(model))


@cache
def fixed() -> tuple[Place, ...]:
    """The columns of all tables."""
    return tuple(place for model in apps.get_models() if _of_company(model) for place in _of(model))


def _of_company(model: Any) -> bool:
    config = apps.get_app_config(model._meta.app_label)
    return bool(
        not model._meta.proxy and model is not Event and getattr(config, "business", False) and not getattr(config, "platform", False)
    )


def _of(model: Any) -> Iterator[Place]:
    names = {field.name for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and is_partner(field.related_model):
            yield Place(model, "ref", field.attname)
        elif isinstance(field, RefKeyField) and f"{field.name}_id" in names:
            yield Place(model, "key", f"{field.name}_id", field.name)
        elif isinstance(field, RefsField) and is_partner(apps.get_model(field.to)):
            yield Place(model, "refs", field.name)


def places() -> list[Place]:
    """Those of all tables and of the company's own forms and fields."""
    own = {
        (resource.model, spec.name)
        for resource in registry.here().values()
        for spec in resource.custom.values()
        if spec.type == "ref" and is_partner(spec.target)
    }
    return [*fixed(), *(Place(model, "own", name) for model, name in sorted(own, key=str))]


def counts(partners: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """How many documents of each kind name each of some partners, in one statement for all."""
    shown = [place for place in places() if place.shown and place.model is not Agency]
    first, *others = (tally for at, place in enumerate(shown) for tally in place.tallies(at, partners))
    found: dict[int, dict[str, int]] = {key: {} for key in partners}
    for at, key, many in sorted(first.union(*others, all=True)) if partners else ():
        found[key][shown[at].called] = found[key].get(shown[at].called, 0) + many
    return {key: [{"label": label, "count": count} for label, count in told.items() if count] for key, told in found.items()}


# histories -----------------------------------------------------------------------------------------------------------
def join_history(old: int, new: int) -> list[int]:
    """Show what happened to one partner in another's history as well; returns the events."""
    mine, theirs = f"{KEY}:{new}", f"{KEY}:{old}"
    rows = Event.objects.filter(refs__contains=[theirs]).exclude(refs__contains=[mine])
    ids = list(rows.values_list("pk", flat=True))
    Event.objects.filter(pk__in=ids).update(refs=Func(F("refs"), Value(mine), function="array_append"))
    return ids


def part_history(events: list[int], new: int) -> None:
    Event.objects.filter(pk__in=events).update(refs=Func(F("refs"), Value(f"{KEY}:{new}"), function="array_remove"))
