"""`manage.py returned_mail < message`: one notification as a mail server pipes it; `--mailbox`: those of the mailbox now."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kernel.returned import mailbox, take
from kernel.returned.handling import LARGEST

LATER = 75
"""What a mail server understands as: try again later (`EX_TEMPFAIL` of sysexits)."""


class Command(BaseCommand):
    help = "Takes back one notification of mail that could not be delivered, from standard input, or with --mailbox all of the mailbox."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mailbox", action="store_true", help="read the mailbox of BOUNCE_IMAP_URL instead")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = mailbox.read() if options["mailbox"] else {take(_piped()): 1}
        except Exception as error:
            self.stderr.write(f"{type(error).__name__}: {error}")
            raise SystemExit(LATER) from error
        self.stdout.write(", ".join(f"{what}: {count}" for what, count in told.items()) or "nothing new")


def _piped() -> bytes:
    """The beginning of what is piped; the rest is taken too, or the mail server would believe that it failed."""
    content = sys.stdin.buffer.read(LARGEST)
    while sys.stdin.buffer.read(LARGEST):
        pass
    return content
