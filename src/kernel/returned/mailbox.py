"""The mailbox into which notifications come, read by IMAP (RFC 3501): what is new is looked at once and marked as seen."""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.conf import settings

from kernel.returned.handling import LARGEST, take

log = logging.getLogger("millwright.mail")
AT_ONCE, PATIENCE = 200, 20
HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class Unsafe(Exception):
    """The mail server does not encrypt, so the password was not sent to it."""


def read() -> Counter[str]:
    """Look at what is new; how many messages came to what. One that cannot be dealt with stays new, and the others are dealt with."""
    done: Counter[str] = Counter()
    if not settings.BOUNCE_IMAP_URL:
        return done
    with _opened() as box:
        _answer, (found,) = box.uid("SEARCH", "UNSEEN")
        for uid in (found or b"").decode().split()[:AT_ONCE]:
            try:
                done[take(_content(box, uid))] += 1
            except Exception:
                log.exception("returned mail: message %s stays in the mailbox", uid)
                continue
            box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    return done


def _content(box: imaplib.IMAP4, uid: str) -> bytes:
    _answer, told = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
    return next((bytes(one[1]) for one in told if isinstance(one, tuple)), b"")


@contextmanager
def _opened() -> Iterator[imaplib.IMAP4]:
    """The folder of the address `imaps://host:993/INBOX`, or `imap://…` where the server begins encryption itself or is this machine."""
    url, context = urlsplit(settings.BOUNCE_IMAP_URL), ssl.create_default_context()
    host = url.hostname or ""
    box: imaplib.IMAP4
    if url.scheme == "imaps":
        box = imaplib.IMAP4_SSL(host, url.port or 993, ssl_context=context, timeout=PATIENCE)
    else:
        box = imaplib.IMAP4(host, url.port or 143, timeout=PATIENCE)
    with box:
        if url.scheme != "imaps" and host not in HERE:
            if "STARTTLS" not in box.capabilities:
                raise Unsafe(host)
            box.starttls(context)
        box.login(settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD)
        answer, told = box.select(f'"{unquote(url.path.strip("/")) or "INBOX"}"')
        if answer != "OK":
            raise imaplib.IMAP4.error(told)
        yield box
