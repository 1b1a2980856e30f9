"""Rows that stand below one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.refusals import FieldError, Invalid


def refuse_loop(row: Any, sentence: str, name: str = "parent") -> None:
    """Refuse a row that would come to stand below itself. `sentence` tells the `path`; rows above are read one by one."""
    path, above = [str(row)], getattr(row, name)
    seen = {row.pk}
    while above is not None:
        path.append(str(above))
        if above.pk in seen:
            raise Invalid([FieldError(name, "loop", sentence % {"path": " → ".join(path)})])
        seen.add(above.pk)
        above = getattr(above, name)


def above(key: int | None, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """A row and all it stands below, nearest first."""
    found: list[int] = []
    while key is not None and key not in found:
        found.append(key)
        key = parents.get(key)
    return tuple(found)


def below(key: int | None, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """A row and all that stands below it, in order of their ids."""
    if key is None:
        return ()
    children: dict[int | None, list[int]] = {}
    for one, parent in parents.items():
        children.setdefault(parent, []).append(one)
    found, open_ = {key}, [key]
    while open_:
        new = [one for one in children.get(open_.pop(), []) if one not in found]
        found.update(new)
        open_ += new
    return tuple(sorted(found))
