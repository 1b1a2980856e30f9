"""Secrets that must be read again (keys of second factors, of webhooks) lie encrypted: a copy of the database alone opens nothing."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again, also when it was sealed with an earlier key (`SECRET_KEY_FALLBACKS`)."""
    return _box().decrypt(sealed.encode()).decode()


def _box() -> MultiFernet:
    return MultiFernet([Fernet(_key(str(secret))) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"millwright sealed").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
