"""What a reader sees of a document where it is told away from its own page: the same as there."""

from __future__ import annotations

from typing import Any

from kernel import registry
from kernel.access import Actor
from kernel.reading import masked_value


def seen(actor: Actor, key: str, row: Any, *names: str) -> dict[str, Any]:
    """Values of a document, masked as the reader's roles say; a table that is hidden is empty."""
    masks, specs = actor.profile.masked(key), registry.get(key).own
    return {name: _shown(specs[name], getattr(row, name), masks.get(name, "readonly")) for name in names}


def _shown(spec: Any, value: Any, how: str) -> Any:
    return [] if isinstance(value, list) and how != "readonly" else masked_value(spec, value, how)
