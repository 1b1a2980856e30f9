"""What Django says of weak passwords, in sentences of our own: its Chinese lacks the one, and the other names a column."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Iterable
from typing import Any

import requests
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = logging.getLogger("millwright.accounts")
OURS = ("millwright", "jiangcheng", "匠程")


class LongEnough(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return _("The password is too short: use at least %(count)d characters.") % {"count": self.min_length}


class NotOneself(UserAttributeSimilarityValidator):
    """Neither one's name nor one's e-mail."""

    def get_error_message(self) -> str:
        return _("The password is too much like your name or e-mail.")


class NotBreached:
    """Not among the passwords that thieves have published: a list kept here (`BREACHED_PASSWORDS_FILE`), or asked of a service
    (`BREACHED_PASSWORDS_URL`).

    The service is asked by the first five digits of the password's SHA-1, so it does not learn which password is meant.
    Without an answer the password passes: nobody is kept out because a list is away.
    """

    def validate(self, password: str, user: Any = None) -> None:
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        try:
            known = kept_here(digest) or asked_outside(digest)
        except (OSError, requests.RequestException) as away:
            log.warning("the list of breached passwords is away: %s", type(away).__name__)
            return
        if known:
            raise ValidationError(_("This password is known to thieves. Think of another one."), code="password_breached")

    def get_help_text(self) -> str:
        return ""


def kept_here(digest: str) -> bool:
    """Whether the file has the digest: lines `SHA-1:number` in the order of the digests, as the public lists come; found by halving."""
    if not settings.BREACHED_PASSWORDS_FILE:
        return False
    wanted = digest.encode()
    with open(settings.BREACHED_PASSWORDS_FILE, "rb") as lines:
        low, high = 0, lines.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(middle - 1, 0))
            if middle:
                lines.readline()  # up to where the next line begins
            found = lines.readline()[: len(wanted)].upper()
            if found == wanted:
                return True
            low, high = (middle + 1, high) if found and found < wanted else (low, middle)
        return False


def asked_outside(digest: str) -> bool:
    if not settings.BREACHED_PASSWORDS_URL:
        return False
    answer = requests.get(f"{settings.BREACHED_PASSWORDS_URL}{digest[:5]}", timeout=2)
    answer.raise_for_status()
    known = dict(line.split(":", 1) for line in answer.text.upper().splitlines() if ":" in line)
    return int(known.get(digest[5:], "0")) > 0


def no_mere_word(password: str, words: Iterable[str]) -> None:
    """Refuse a password that is one of these words, or the product's name, with some digits or signs around it."""
    bare = re.sub(r"[\W\d_]+", "", password.lower())
    plain = {re.sub(r"[\W\d_]+", "", word.lower()) for word in (*words, *OURS)}
    if bare and bare in plain:
        raise ValidationError(_("The password is little more than a name that everybody knows here."), code="password_word")
