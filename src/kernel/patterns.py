"""How a document's number is put together (spec 2.22): constants, parts of its date, its company, department, fields and source, a serial, a check digit.

    Q{date:%Y}-{seq:05d}              Q2026-00001, again from 1 each year
    {unit}-{field:customer.grade}{seq:04d}{check}
    {source}-{seq:02d}                HT2026-0001-01, again from 1 for each contract
    {date:%Y%m}-{seq:04d/date:%Y}     the month is shown, the serial runs through the year

A serial counts on its own for each combination of the parts before and after it, or of those named behind its `/`; `/-`: never again from 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from kernel.refusals import Refused

PART = re.compile(r"\{(date|seq|company|unit|source|check|field)(?::([^{}]*))?\}")
LONGEST_PART, LONGEST = 16, 40
Read = Callable[["Part"], str]


@dataclass(frozen=True)
class Part:
    """A piece that differs from document to document, as written: `date:%Y`."""

    kind: str
    how: str = ""

    @property
    def text(self) -> str:
        return f"{self.kind}:{self.how}" if self.how else self.kind

    @property
    def shape(self) -> str:
        return {"date": r"\d+?", "check": r"\d", "seq": r"\d{1,15}"}.get(self.kind, r"\w*?")


class Pattern:
    """A pattern taken apart: `pieces` are constants and parts in turn."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str | Part] = []
        end = 0
        for match in PART.finditer(text):
            self.pieces += [text[end : match.start()], Part(match[1], match[2] or "")]
            end = match.end()
        self.pieces.append(text[end:])

    @property
    def parts(self) -> list[Part]:
        return [piece for piece in self.pieces if isinstance(piece, Part)]

    @cached_property
    def serial(self) -> Part:
        return next(part for part in self.parts if part.kind == "seq")

    @cached_property
    def width(self) -> int:
        return int(re.sub(r"\D", "", self.serial.how.partition("/")[0]) or 0)

    @cached_property
    def resets(self) -> list[Part]:
        """The parts for each combination of which the serial starts again at 1."""
        _width, sep, told = self.serial.how.partition("/")
        if not sep:
            return [part for part in self.parts if part.kind not in ("seq", "check")]
        return [Part(*one.strip().split(":", 1)) for one in told.split(",") if one.strip(" -")]

    def series(self, read: Read) -> str:
        """What a counter counts: the pattern with the parts filled in that it starts again for."""
        counted = set(self.resets)
        shown = "".join(piece if isinstance(piece, str) else self._counted(piece, counted, read) for piece in self.pieces)
        beside = [part for part in self.resets if part not in self.parts]
        return "/".join([shown, *(read(part) for part in beside)])

    @staticmethod
    def _counted(part: Part, counted: set[Part], read: Read) -> str:
        return "#" if part.kind == "seq" else read(part) if part in counted else "" if part.kind == "check" else "*"

    def write(self, read: Read, seq: int) -> str:
        """The number `seq` of its series; refused when it does not fit."""
        told = str(seq).zfill(self.width)
        made = [
            piece if isinstance(piece, str) else told if piece.kind == "seq" else None if piece.kind == "check" else read(piece)
            for piece in self.pieces
        ]
        digit = check_digit("".join(piece or "" for piece in made))
        number = "".join(digit if piece is None else piece for piece in made)
        if len(number) > LONGEST:
            raise Refused(
                "number_too_long",
                _("“%(number)s” has more than %(most)d characters. Shorten the numbering rule.") % {"number": number[:60], "most": LONGEST},
                status=422,
            )
        return number

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """What such numbers look like; `seq` is the serial, `p0`, `p1`… the other parts."""
        told = [
            re.escape(piece) if isinstance(piece, str) else f"(?P<{'seq' if piece.kind == 'seq' else f'p{index}'}>{piece.shape})"
            for index, piece in enumerate(self.pieces)
        ]
        return re.compile("".join(told))

    def series_of(self, match: re.Match[str]) -> str | None:
        """The series that a number belongs to, told by the number alone; None when it does not tell."""
        if any(part not in self.parts for part in self.resets):
            return None
        found: Mapping[str, str] = match.groupdict()
        values = {piece: found[f"p{index}"] for index, piece in enumerate(self.pieces) if isinstance(piece, Part) and piece.kind != "seq"}
        return self.series(lambda part: values[part])


def check_digit(text: str) -> str:
    """One digit that gives away most mistyped numbers: modulus 10 after Luhn over the digits of the number."""
    digits = [int(sign) for sign in re.sub(r"[^0-9]", "", text)]
    doubled = [sum(divmod(digit * 2, 10)) if index % 2 == 0 else digit for index, digit in enumerate(reversed(digits))]
    return str(-sum(doubled) % 10)


@lru_cache(maxsize=4096)
def pattern_of(text: str) -> Pattern:
    return Pattern(text)


def checked(text: str) -> Pattern:
    """Refuse a pattern that cannot make distinct numbers."""
    pattern = pattern_of(text)
    constants = "".join(piece for piece in pattern.pieces if isinstance(piece, str))
    kinds = [part.kind for part in pattern.parts]
    if kinds.count("seq") != 1 or kinds.count("check") > 1 or "{" in constants or "}" in constants:
        raise _bad(_("A pattern needs {seq:04d} exactly once and may have {date:%Y%m}, e.g. Q{date:%Y}-{seq:05d}."))
    if not re.fullmatch(r"(0?\d{0,2}d?)?(/.*)?", pattern.serial.how):
        raise _bad(_("A serial is written {seq:04d}, for at least four digits."))
    for part in pattern.resets:
        if part.kind not in ("date", "company", "unit", "source", "field"):
            raise _bad(_("A serial starts again for a date, company, department, source or field, for example {seq:04d/date:%Y}."))
    if any(part.kind == "field" and not part.how for part in (*pattern.parts, *pattern.resets)):
        raise _bad(_("Name the field, for example {field:customer.grade}."))
    hidden = [part.text for part in pattern.resets if part not in pattern.parts and not _shown_by(part, pattern)]
    if hidden:
        raise _bad(
            _("The serial starts again for %(what)s, which is not in the number: two documents would get one number.")
            % {"what": ", ".join(hidden)}
        )
    pattern.write(lambda part: written(part, date(2026, 11, 21)), 1)
    return pattern


def _shown_by(part: Part, pattern: Pattern) -> bool:
    """Whether the number tells the part all the same: 202611 tells the year."""
    return part.kind == "date" and any(
        other.kind == "date" and all(sign in other.how for sign in re.findall(r"%\w", part.how or "%Y")) for other in pattern.parts
    )


def _bad(sentence: str) -> Refused:
    return Refused("bad_pattern", sentence, status=422)


def written(part: Part, on: date) -> str:
    """A part that follows from the date alone; the others are empty."""
    return on.strftime(part.how or "%Y") if part.kind == "date" else ""


def tidy(value: object) -> str:
    """A field's value as it stands in a number: letters and digits only, no more than a few."""
    return re.sub(r"[\W_]", "", str(value or ""))[:LONGEST_PART]
