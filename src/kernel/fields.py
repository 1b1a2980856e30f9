"""Database fields of business: money, quantities, rates, states, people. Each says how wide and how exact it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db import models


class _Exact(models.DecimalField):  # type: ignore[type-arg]
    """A decimal with fixed precision, so that no document type chooses its own."""

    digits = 18
    scale = 2

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_digits"], kwargs["decimal_places"] = self.digits, self.scale
        if not kwargs.get("null"):
            kwargs.setdefault("default", Decimal(0))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_digits", None)
        kwargs.pop("decimal_places", None)
        return name, path, args, kwargs


class MoneyField(_Exact):
    """An amount in the document's currency, to the cent."""


class PriceField(_Exact):
    """A price per unit, six decimals."""

    scale = 6


class QuantityField(_Exact):
    """A quantity in the line's unit, six decimals."""

    scale = 6


class PercentField(_Exact):
    """A rate in percent (13 means 13 %), six decimals."""

    digits = 12
    scale = 6


class MemberField(models.BigIntegerField):  # type: ignore[type-arg]
    """A colleague, by id. Plain, so that a company's schema stays movable and operators' documents can use it too."""


class UnitField(models.BigIntegerField):  # type: ignore[type-arg]
    """An organisation unit, by id."""


class DivisionField(models.CharField):  # type: ignore[type-arg]
    """An administrative division of China by its code of six digits, or another country as `DE0000` (`kernel.divisions`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 6
        super().__init__(*args, **kwargs)


class RefsField(ArrayField):  # type: ignore[type-arg]
    """Ids of several documents of one kind, `to` its model. For short lists such as a member's roles."""

    def __init__(self, to: str = "", **kwargs: Any) -> None:
        self.to = to
        kwargs["base_field"] = models.BigIntegerField()
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("base_field", None)
        return name, path, args, kwargs


class RefKeyField(models.CharField):  # type: ignore[type-arg]
    """The resource key of a document referred to without a foreign key (`sales.order`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 60
        super().__init__(*args, **kwargs)


class _StateSlot:
    """Keeps a document's state from being set by hand: only the kernel's `move` may."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            instance.refresh_from_db(fields=[self.name])
        return instance.__dict__[self.name]

    def __set__(self, instance: Any, value: Any) -> None:
        current = instance.__dict__.get(self.name, value)
        if instance.__dict__.get("_ready") and current != value:
            raise AttributeError(f"{type(instance).__name__}.{self.name} is changed by an action only.")
        instance.__dict__[self.name] = value


class StateField(models.CharField):  # type: ignore[type-arg]
    """Where a document stands. Choices come from its State class, the first being where it starts."""

    def __init__(self, states: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.states = states
        if states is not None:
            kwargs["choices"] = states.choices
            kwargs.setdefault("default", states.values[0])
        kwargs.setdefault("max_length", 20)
        kwargs["editable"] = False
        kwargs.setdefault("db_index", False)
        super().__init__(**kwargs)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.states is None and not cls._meta.abstract and not cls.__module__ == "__fake__":
            raise ImproperlyConfigured(f"{cls.__name__}.{name} needs its State class.")
        setattr(cls, self.attname, _StateSlot(self.attname))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("choices", "editable"):
            kwargs.pop(key, None)
        return name, path, args, kwargs
