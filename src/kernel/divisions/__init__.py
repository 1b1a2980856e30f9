"""Administrative divisions of China down to counties (行政区划), by their six-digit codes: read once a process, no rows in any company.

A province ends in 0000, a city in 00. A code without its zeros (`32`, `3205`) names the same and begins all codes within it.
Other countries stand beside the provinces (`DE0000`), with nothing within them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _t

from kernel import words
from kernel.divisions import countries
from kernel.refusals import FieldError, Invalid

MOST = 500
ENDINGS = ("省", "市", "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "区", "县")


@cache
def names() -> Mapping[str, str]:
    """{code of six digits: name}."""
    text = files(__name__).joinpath("divisions.txt").read_text(encoding="utf-8")
    return dict(line.split(" ", 1) for line in text.splitlines())


def prefix(code: str) -> str:
    """A code without the zeros that say where it ends: with it begin all codes within."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def full(code: str) -> str:
    """A code of six digits."""
    return code.ljust(6, "0")


def levels(code: str) -> list[str]:
    """Province, city and county of a code, as far as it goes, each with six digits."""
    start = prefix(full(code))
    return [full(start[:length]) for length in range(2, len(start) + 1, 2)]


def name_of(code: str) -> str:
    """The name as people write it: province, city and county, a municipality named once."""
    known = names() if code[:1].isdigit() else countries.names()
    return " ".join(dict.fromkeys(known.get(level, level) for level in levels(code)))


def find(text: str) -> str:
    """The code that a code or a name means; empty when it is unknown or several are called so."""
    text = text.strip()
    if full(text) in names() and text.isdecimal():
        return full(text)
    if country := countries.called().get(text.removesuffix("0000").casefold()):
        return country
    parts = text.replace("/", " ").split() or [text]
    found = [code for code in _called().get(_plain(parts[-1]), []) if _fits(code, parts)]
    outer = {prefix(code) for code in found}
    found = [code for code in found if not any(prefix(code) != one and prefix(code).startswith(one) for one in outer)]
    return found[0] if len(found) == 1 else ""


def _fits(code: str, parts: list[str]) -> bool:
    known = [_plain(names()[level]) for level in levels(code) if level in names()]
    return all(_plain(part) in known for part in parts)


@cache
def _called() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, name in names().items():
        found.setdefault(_plain(name), []).append(code)
    return found


def _plain(name: str) -> str:
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def within(code: str) -> list[tuple[str, str]]:
    """The divisions one level below a code, all provinces and then the other countries for an empty one: (code, name)."""
    start = prefix(full(code)) if code else ""
    length = len(start) + 2
    found = [(one, name) for one, name in names().items() if len(prefix(one)) == length and one.startswith(start)]
    return found if code else found + list(countries.names().items())


def exists(code: str) -> bool:
    """Whether there is a place with this code of six signs."""
    return code in names() or code in countries.names()


def search(asked: str, most: int) -> list[str]:
    """Codes of those whose name as people write it has all the words, the wider ones first; letters begin its pinyin or initials."""
    wanted = [words.encode(word) if words.HAN.search(word) else f" {word}" for word in words.asked(asked)]
    found = [code for code in names() if all(word in _spoken()[code] for word in wanted)] + countries.search(wanted)
    return sorted(found, key=lambda code: (len(prefix(code)), code))[:most]


@cache
def _spoken() -> Mapping[str, str]:
    return {code: f" {words.index(name_of(code).split())}" for code in names()}


def settled(given: Any) -> list[str]:
    """Codes as they are kept: known ones of six digits, none within another. What is not a list of codes is refused."""
    if not isinstance(given, list) or len(given) > MOST or not all(isinstance(one, str) for one in given):
        raise Invalid(
            [FieldError("divisions", "not_a_list", _t("Divisions are a list of codes such as 320500, %(n)d at most.") % {"n": MOST})]
        )
    found = {one: find(one) for one in given}
    unknown = next((one for one, code in found.items() if not code), None)
    if unknown is not None:
        sentence = _t("“%(code)s” is no administrative division. Choose one from the list.") % {"code": unknown[:40]}
        raise Invalid([FieldError("divisions", "not_found", sentence)])
    codes = sorted(set(found.values()))
    return [code for code in codes if not any(covers(other, code) for other in codes if other != code)]


def covers(outer: str, inner: str) -> bool:
    """Whether a division lies within another, or is the same."""
    return inner.startswith(prefix(outer))


def common(some: Iterable[str], others: Iterable[str]) -> str:
    """A division that two lists both name by itself; empty when there is none. One may lie within another: the closer one counts."""
    return next(iter(sorted(set(some) & set(others))), "")
