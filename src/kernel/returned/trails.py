"""The envelope sender of a letter, by which it is known again when it comes back: sealed, so that nobody can make one up or read it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

WRITTEN = re.compile(r"(?<![a-z0-9])([a-z2-7]{48})@", re.IGNORECASE)
"""30 bytes in letters that mail servers leave alone, whatever their case."""
COMPANY, KIND, ROW, MARK = 4, 1, 5, 4


@dataclass(frozen=True)
class Trail:
    """Which letter it is: the row of a kind of letters of a company, and whom it went to."""

    company: int
    kind: str
    """One letter, as it stands in `returns_of`."""
    pk: int
    mark: bytes
    """Of the recipient: a row of a restored company may have another."""

    def sealed(self) -> str:
        plain = self.company.to_bytes(COMPANY) + self.kind.encode() + self.pk.to_bytes(ROW) + self.mark
        return base64.b32encode(_box(str(settings.SECRET_KEY)).encrypt(plain, None)).decode().lower()


def mark_of(address: str) -> bytes:
    return hashlib.sha256(address.strip().lower().encode()).digest()[:MARK]


def envelope(trail: Trail) -> str:
    """`bounce+<sealed>@mail.example.cn`, where `BOUNCE_ADDRESS` is `bounce@mail.example.cn`."""
    name, _at, host = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{trail.sealed()}@{host}"


def found_in(text: str) -> Iterator[Trail]:
    """The letters whose addresses stand in a text; what was not sealed by us is none."""
    for written in dict.fromkeys(match.upper() for match in WRITTEN.findall(text)):
        trail = _opened(base64.b32decode(written))
        if trail is not None:
            yield trail


def _opened(sealed: bytes) -> Trail | None:
    """Also what was sealed with an earlier key (`SECRET_KEY_FALLBACKS`)."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            plain = _box(str(secret)).decrypt(sealed, None)
        except InvalidTag:
            continue
        row = COMPANY + KIND
        company, pk = int.from_bytes(plain[:COMPANY]), int.from_bytes(plain[row : row + ROW])
        return Trail(company, plain[COMPANY:row].decode("ascii", "replace"), pk, plain[row + ROW :])
    return None


def _box(secret: str) -> AESSIV:
    return AESSIV(HKDF(algorithm=hashes.SHA256(), length=64, salt=None, info=b"millwright returned mail").derive(secret.encode()))
