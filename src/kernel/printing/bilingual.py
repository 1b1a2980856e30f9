"""A paper in Chinese and English at once: what both say alike stands once, names and headings under or beside each other, sentences in two columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import Any

from kernel.printing.paper import Block, Cell

BOTH = "both"
CHINESE, ENGLISH = "zh-hans", "en"
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def content(chinese: Mapping[str, Any], english: Mapping[str, Any]) -> dict[str, Any]:
    """What the letterhead needs: the Chinese title over the English one, the words of both."""
    words = {name: _beside(said, english["words"][name]) for name, said in chinese["words"].items()}
    subtitle = "" if chinese["title"] == english["title"] else english["title"]
    return {**chinese, "subtitle": subtitle, "words": words}


def blocks(chinese: Sequence[Block], english: Sequence[Block]) -> list[Block]:
    """The blocks of two readings of one paper, each with its counterpart; what only one of them says stands as it is."""
    return [_joined(*pair) for pair in _pairs(chinese, english)]


def _pairs(first: Sequence[Block], second: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    one_by_one, other_by_one = ([str(block["kind"]) for block in part] for part in (first, second))
    for _what, a, b, c, d in SequenceMatcher(None, one_by_one, other_by_one, autojunk=False).get_opcodes():
        for one, other in zip_longest(first[a:b], second[c:d]):
            if one is None or other is None or one["kind"] != other["kind"]:
                yield from ((alone, alone) for alone in (one, other) if alone is not None)
            else:
                yield one, other


def _joined(one: Block, other: Block) -> Block:
    if one == other:
        return one
    title = {"title": _headed(one["title"], other["title"])} if "title" in one else {}
    return {**one, **title, **JOINED.get(one["kind"], _nothing)(one, other)}


def _nothing(one: Block, other: Block) -> Block:
    return {}


def _facts(one: Block, other: Block) -> Block:
    return {"pairs": _each(one["pairs"], other["pairs"], lambda a, b: [_beside(a[0], b[0]), _value(a[1], b[1])])}


def _parts(one: Block, other: Block) -> Block:
    return {"parts": [_joined(*pair) for pair in zip(one["parts"], other["parts"], strict=True)]}


def _lines(one: Block, other: Block) -> Block:
    columns = [{**a, "label": _below(a["label"], b["label"])} for a, b in zip(one["columns"], other["columns"], strict=True)]
    return {
        "columns": columns,
        "rows": _each(one["rows"], other["rows"], lambda a, b: [_cell(*cells) for cells in zip(a, b, strict=True)]),
    }


def _cell(one: Cell, other: Cell) -> Cell:
    if isinstance(one, str) or isinstance(other, str):
        return _below(str(one), str(other))
    return {"strong": _below(one["strong"], other["strong"]), "notes": _each(one["notes"], other["notes"], _below)}


def _text(one: Block, other: Block) -> Block:
    return _columns(one["paragraphs"], other["paragraphs"], "paragraphs")


def _terms(one: Block, other: Block) -> Block:
    return _columns(one["items"], other["items"], "items")


def _columns(one: Sequence[str], other: Sequence[str], name: str) -> Block:
    """Sentences side by side; one that stands in one language only takes the whole width."""
    return {name: [a if a == b else [a, b] for a, b in zip_longest(one, other, fillvalue="")]}


def _signatures(one: Block, other: Block) -> Block:
    return {
        "parties": _each(one["parties"], other["parties"], lambda a, b: {"role": _beside(a["role"], b["role"]), **_facts(a, b)}),
    }


def _each(one: Sequence[Any], other: Sequence[Any], join: Callable[[Any, Any], Any]) -> list[Any]:
    """One by one; where the two do not count alike, first the Chinese, then the English ones."""
    return [join(*pair) for pair in zip(one, other, strict=True)] if len(one) == len(other) else [*one, *other]


def _value(one: str, other: str) -> str:
    """A date by its figures, which both read."""
    return other if DAY.fullmatch(other) else _beside(one, other)


def _beside(one: str, other: str) -> str:
    return one if one == other else f"{one} {other}".strip()


def _headed(one: str, other: str) -> str:
    """A title whose number and quantity, which both say alike, stand once."""
    first, second = one.split(), other.split()
    head = _alike(first, second)
    first, second = first[len(head) :], second[len(head) :]
    tail = _alike(first[::-1], second[::-1])[::-1]
    own = (" ".join(words[: len(words) - len(tail)]) for words in (first, second))
    return " ".join(filter(None, (*head, *own, *tail)))


def _alike(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """What both begin with."""
    return [word for word, _same in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))]


def _below(one: str, other: str) -> str:
    return one if one == other else f"{one}\n{other}".strip()


JOINED: Mapping[str, Callable[[Block, Block], Block]] = {
    "facts": _facts, "beside": _parts, "lines": _lines, "sums": _facts, "text": _text, "terms": _terms, "signatures": _signatures,
}  # fmt: skip
