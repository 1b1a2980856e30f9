"""Countries other than China by their two letters (ISO 3166-1), named by the Unicode CLDR in either language.

A country is a place like a province: its code is its letters, filled up to six signs (`DE0000`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale
from django.utils.translation import get_language

from kernel import words

CHINA = {"CN", "HK", "MO", "TW"}
"""Their places are among the administrative divisions."""
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
"""Regions, groups and codes for tests that the CLDR names beside the countries."""
LANGUAGES = ("zh", "en")


def names() -> Mapping[str, str]:
    """{code of six signs: name} in the reader's language, in its order."""
    return _named("zh" if (get_language() or "").startswith("zh") else "en")


@cache
def _named(language: str) -> Mapping[str, str]:
    told = {str(code): str(name) for code, name in Locale(language).territories.items()}
    letters = [code for code in told if len(code) == 2 and code.isalpha() and code not in CHINA | NO_COUNTRIES]
    return {f"{code}0000": told[code] for code in sorted(letters, key=lambda code: told[code])}


@cache
def called() -> Mapping[str, str]:
    """{letters or name in any of the languages, in small letters: code}."""
    found = {name.casefold(): code for language in LANGUAGES for code, name in _named(language).items()}
    return found | {code[:2].casefold(): code for code in _named(LANGUAGES[0])}


def search(wanted: list[str]) -> list[str]:
    """Codes of the countries whose name has all the words, as they are written for comparing, in either language."""
    return [code for code in names() if all(word in _spoken()[code] for word in wanted)]


@cache
def _spoken() -> Mapping[str, str]:
    return {code: f" {words.index(_named(language)[code] for language in LANGUAGES)}" for code in _named(LANGUAGES[0])}
