"""Encryption at rest: a stream in pieces, each sealed with AES-256-GCM, in an order that cannot be changed or cut short.

magic · length and name of the key · salt · pieces. The key of a stream is derived from the named one and the salt. A
piece's nonce is its number, and whether it is the last.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MAGIC = b"MWB1"
PIECE = 1 << 20
TAG = 16
SALT = 16
OWN = "secret-key"
"""The key that is made from SECRET_KEY where none is given."""


class Damaged(Exception):
    """It was changed, cut short, or sealed with another key."""


class NoKey(Exception):
    """The settings do not hold the key it was sealed with."""


def keys() -> dict[str, bytes]:
    """The keys of the settings by name; the first one seals."""
    found: dict[str, bytes] = {}
    for told in filter(None, settings.BACKUP_KEYS.split(",")):
        name, _, text = told.strip().partition(":")
        found[name] = base64.b64decode(text)
        if len(found[name]) != 32:
            raise NoKey(f"The key “{name}” in BACKUP_KEYS must be 32 bytes in base64.")
    return found or {OWN: _derived(settings.SECRET_KEY.encode(), b"", b"millwright backups")}


def seal(source: Iterable[bytes], target: BinaryIO) -> None:
    """Write what comes out of `source` to `target`, sealed with the first key."""
    name, key = next(iter(keys().items()))
    salt = os.urandom(SALT)
    head = MAGIC + bytes([len(name)]) + name.encode() + salt
    cipher = AESGCM(_derived(key, salt, head))
    target.write(head)
    number, waiting = 0, bytearray()
    for block in source:
        waiting += block
        while len(waiting) > PIECE:
            target.write(cipher.encrypt(_nonce(number, last=False), bytes(waiting[:PIECE]), None))
            del waiting[:PIECE]
            number += 1
    target.write(cipher.encrypt(_nonce(number, last=True), bytes(waiting), None))


def unseal(source: BinaryIO) -> Iterator[bytes]:
    """What was sealed, piece by piece; each is known to be whole before it is given out."""
    start = source.read(len(MAGIC) + 1)
    if len(start) < len(MAGIC) + 1 or not start.startswith(MAGIC):
        raise Damaged
    rest = source.read(start[-1] + SALT)
    name, salt = rest[: start[-1]].decode("ascii", "replace"), rest[start[-1] :]
    key = keys().get(name)
    if key is None:
        raise NoKey(f"This was sealed with the key “{name}”, which BACKUP_KEYS does not hold.")
    cipher = AESGCM(_derived(key, salt, start + rest))
    piece, number = source.read(PIECE + TAG), 0
    while True:
        following = source.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, None)
        except InvalidTag as broken:
            raise Damaged from broken
        if not following:
            return
        piece, number = following, number + 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(key)
