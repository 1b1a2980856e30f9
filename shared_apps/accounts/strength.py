"""What Django says of weak passwords, in sentences of our own: its Chinese lacks the one, and the other names a column."""

from __future__ import annotations

import hashlib
import logging
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
    """Not among the passwords that thieves have published, where a list is configured (`BREACHED_PASSWORDS_URL`).

    The list is asked by the first five digits of the password's SHA-1, so it does not learn which password is meant.
    Without an answer the password passes: nobody is kept out because a list is away.
    """

    def validate(self, password: str, user: Any = None) -> None:
        if not settings.BREACHED_PASSWORDS_URL:
            return
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        try:
            answer = requests.get(f"{settings.BREACHED_PASSWORDS_URL}{digest[:5]}", timeout=2)
            answer.raise_for_status()
        except requests.RequestException as away:
            log.warning("the list of breached passwords is away: %s", type(away).__name__)
            return
        known = dict(line.split(":", 1) for line in answer.text.upper().splitlines() if ":" in line)
        if int(known.get(digest[5:], "0")) > 0:
            raise ValidationError(_("This password is known to thieves. Think of another one."), code="password_breached")

    def get_help_text(self) -> str:
        return ""


def no_mere_word(password: str, words: Iterable[str]) -> None:
    """Refuse a password that is one of these words, or the product's name, with some digits or signs around it."""
    bare = re.sub(r"[\W\d_]+", "", password.lower())
    plain = {re.sub(r"[\W\d_]+", "", word.lower()) for word in (*words, *OURS)}
    if bare and bare in plain:
        raise ValidationError(_("The password is little more than a name that everybody knows here."), code="password_word")
