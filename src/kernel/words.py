"""Text as people search for it: Chinese by characters, pinyin or initials, whatever the width and case.

PostgreSQL's trigram index passes over Chinese under the C character type, which an embedded or cloud server may have. Each Chinese
character is therefore stored as three letters (one capital, two small), which makes even one character findable by the index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import get_language, pgettext

HAN = re.compile(r"[\u3400-\u9fff]")
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
SPACES = re.compile(r"\s+")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def fold(text: str) -> str:
    """Full-width to half-width, lower case, single spaces."""
    return SPACES.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def _letters(match: re.Match[str]) -> str:
    high, low = divmod(ord(match[0]) - 0x3400, 36 * 36)
    return chr(65 + high) + DIGITS[low // 36] + DIGITS[low % 36]


def encode(text: str) -> str:
    """The form in which text is stored for searching and in which a query is compared with it."""
    return HAN.sub(_letters, fold(text))


def pinyin(text: str) -> str:
    """`宝钢` → `baogang bg`; empty when there is no Chinese in it."""
    from pypinyin.seg.mmseg import seg

    han = "".join(HAN_RUN.findall(text))
    if not han:
        return ""
    full = [syllable for word in seg.cut(han) for syllable in _syllables(word)]
    return f"{''.join(full)} {''.join(syllable[:1] for syllable in full)}"


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> tuple[str, ...]:
    """A word is spoken the same wherever it stands; most come again and again."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


def index(parts: Iterable[str]) -> str:
    """One searchable line of text out of several: the words themselves, then the pinyin of Chinese ones."""
    texts = [fold(part) for part in parts if part]
    spoken = " ".join(filter(None, (pinyin(text) for text in texts)))
    return f"{encode(' '.join(texts))} {spoken}".strip()


def finds(sought: str, *texts: str) -> bool:
    """Whether texts hold a word, as a list's search would find them."""
    return encode(sought) in index(texts)


def asked(text: str) -> list[str]:
    """The words of a search, six at most."""
    return fold(text.replace("\x00", "")).split()[:6]


def listed(texts: Iterable[str]) -> str:
    """Several things in one sentence, parted as the reader's language parts them."""
    return pgettext("between the parts of a list", ", ").join(texts)


def spoken(text: str, english: str) -> str:
    """What a company calls something: in English where it has said so and the reader's language is English."""
    return english if english and (get_language() or "").startswith("en") else text


def sort_key(text: str) -> str:
    """A key that puts Chinese names in pinyin order."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(fold(text)))[:200]
