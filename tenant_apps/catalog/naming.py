"""What goods are called on papers and links, whatever language they are read in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kernel import words
from kernel.statements import Statement
from tenant_apps.catalog.models import Item

_english = Statement(lambda items: Item.objects.filter(pk__among=items).exclude(name_en="").values_list("pk", "name", "name_en"), list)


def described(lines: Sequence[Mapping[str, Any]], besides: Sequence[int | None]) -> list[str]:
    """The descriptions of lines as the API shows them; one that is still its item's own name, in English where English is read. `besides` is
    of each line another item whose name it may bear: what stands on quotes for whatever is configured."""
    items = [{key for key in (_key_of(line["item"]), other) if key} for line, other in zip(lines, besides, strict=True)]
    wanted = set().union(*items) if words.spoken("", "en") else set()
    known = {pk: (name, english) for pk, name, english in _english(sorted(wanted))} if wanted else {}
    return [_said(str(line["description"] or ""), keys, known) for line, keys in zip(lines, items, strict=True)]


def _key_of(shown: Any) -> int:
    """The item that is referred to; 0 where there is none or the reader does not see it."""
    return int(shown["id"]) if isinstance(shown, dict) else 0


def _said(description: str, items: Collection[int], known: Mapping[int, tuple[str, str]]) -> str:
    return next((english for key in items if key in known for name, english in [known[key]] if name == description), description)
