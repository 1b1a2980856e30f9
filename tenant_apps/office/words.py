"""Words of a design, in the languages it was written in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language


@dataclass(frozen=True)
class Words(Promise):
    """A text in Chinese and, where somebody wrote it, in English; read in the reader's language."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return (self.zh or self.en) if chinese else (self.en or self.zh)
