"""What in the words of a clause a salesperson should not sign unseen (spec 2.4: penalty above a share, unlimited liability)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _t

from kernel.access import Actor
from tenant_apps.contracts.parameters import PENALTY_MOST

WORDS = r"(?:违约金|滞纳金|罚金|罚款|赔偿金|penalt\w*|liquidated damages)"
SHARE = r"(?:(?P<figure>\d+(?:\.\d+)?)\s*(?P<sign>[%％‰])|(?P<part>百分之|千分之|万分之)(?P<words>[一二三四五六七八九十百\d.]+))"
AFTER = re.compile(rf"{WORDS}[^。.;；\n]{{0,60}}?{SHARE}", re.IGNORECASE)
BEFORE = re.compile(rf"{SHARE}[^。.;；\n]{{0,30}}?{WORDS}", re.IGNORECASE)
"""A share is written behind the word for a penalty or before it; both may stand in one sentence and share that word."""
UNLIMITED = re.compile(r"无限(?:连带)?(?:赔偿)?责任|不设(?:赔偿)?上限|无上限|without limit(?:ation)?|unlimited liability", re.IGNORECASE)
PARTS = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01"), "%": Decimal(1), "％": Decimal(1), "‰": Decimal("0.1")}
DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


def found(text: str, by: Actor) -> list[str]:
    """Sentences on what is risky in these words."""
    told = []
    most = Decimal(PENALTY_MOST.value(by))
    for share in penalties(text):
        if share > most:
            told.append(_t("A penalty of %(share)s %%: more than %(most)s %%.") % {"share": f"{share:f}", "most": f"{most.normalize():f}"})
    if UNLIMITED.search(text):
        told.append(_t("Liability without a limit."))
    return list(dict.fromkeys(told))


def penalties(text: str) -> Iterator[Decimal]:
    """The shares of penalties that are written in these words, in percent."""
    for match in [*AFTER.finditer(text), *BEFORE.finditer(text)]:
        named = {name: value for name, value in match.groupdict().items() if value}
        number = Decimal(named["figure"]) if "figure" in named else number_of(named["words"])
        yield (number * PARTS[named.get("sign") or named["part"]]).normalize()


def number_of(words: str) -> Decimal:
    """A number up to a hundred, written in Chinese or in figures: 五, 十五, 二十, 3.5."""
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return Decimal(words)
    if words == "百":
        return Decimal(100)
    tens, ten, ones = words.partition("十")
    if not ten:
        return Decimal(DIGITS.get(words[:1], 0))
    return Decimal(10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0))
