"""The port to a virus scanner: what people send is streamed to ClamAV (INSTREAM of clamd) before it is kept. Off unless an address is set."""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from kernel.refusals import Refused

log = logging.getLogger("millwright.scanning")
BLOCK = 1 << 16
CONNECT, ANSWER = 5, 60
"""Seconds to reach the scanner, and to wait for its word."""
LONGEST = 4096


class ScannerAway(Exception):
    """The scanner cannot be reached, or says something that is no verdict."""


def check(name: str, blocks: Iterable[bytes]) -> None:
    """Refuse a file in which the scanner finds something, and one that cannot be scanned although it has to be."""
    if not settings.VIRUS_SCANNER:
        return
    try:
        found = verdict(settings.VIRUS_SCANNER, blocks)
    except (OSError, ScannerAway) as away:
        log.error("virus scanner at %s: %s", settings.VIRUS_SCANNER, away)
        sentence = _("Files cannot be checked for viruses at this moment, so “%(name)s” was not taken. Send it again in a few minutes.")
        raise Refused("scanner_away", sentence % {"name": name}, status=503) from away
    if found:
        log.warning("a file was refused: %s", found)
        sentence = _("“%(name)s” was not taken: the virus scanner finds “%(what)s” in it.") % {"name": name, "what": found}
        raise Refused("infected", sentence, status=422)


def verdict(address: str, blocks: Iterable[bytes]) -> str:
    """What clamd finds, empty when nothing. `address`: host:port, or the path of its socket."""
    with _reached(address) as wire:
        wire.settimeout(ANSWER)
        wire.sendall(b"zINSTREAM\0")
        for block in blocks:
            for at in range(0, len(block), BLOCK):
                part = block[at : at + BLOCK]
                wire.sendall(struct.pack(">I", len(part)) + part)
        wire.sendall(struct.pack(">I", 0))
        answer = _answer(wire)
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return ""
    if not told.endswith(" FOUND"):
        raise ScannerAway(answer or "no answer")
    return told.removesuffix(" FOUND")


def _reached(address: str) -> socket.socket:
    if "/" not in address:
        host, _sep, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), CONNECT)
    wire = socket.socket(socket.AF_UNIX)
    wire.settimeout(CONNECT)
    wire.connect(address)
    return wire


def _answer(wire: socket.socket) -> str:
    """Up to the zero byte that ends it."""
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST:
        part = wire.recv(LONGEST)
        if not part:
            break
        told += part
    return told.rstrip(b"\0").decode("utf-8", "replace").strip()
