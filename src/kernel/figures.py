"""Amounts in sentences. A refusal names what is missing only to whoever may see the fields it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from kernel.access import Actor
from kernel.specs import MASK

_reader: ContextVar[Actor | None] = ContextVar("reader", default=None)


def told_to(actor: Actor | None) -> None:
    """From here on sentences are for this person; for nobody in particular with None."""
    _reader.set(actor)


@contextmanager
def telling(actor: Actor) -> Iterator[None]:
    """Sentences made within are for this person."""
    token = _reader.set(actor)
    try:
        yield
    finally:
        _reader.reset(token)


def sees(key: str, *names: str) -> bool:
    """Whether whoever is answered may know these fields of a kind of document, told away from it."""
    who = _reader.get()
    return who is None or (who.may(key, "read") and not who.profile.hidden_names.intersection(names))


def figure(value: Decimal, key: str, *names: str, currency: str = "CNY") -> str:
    """An amount in a sentence; dots for whoever may not see these fields."""
    return f"{'¥' if currency == 'CNY' else f'{currency} '}{value:,.2f}" if sees(key, *names) else MASK
