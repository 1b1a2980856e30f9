"""A security key made of software: it keeps what it made, signs what it is asked, and counts."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftwareKey:
    """Plugged into a browser that shows pages of one origin."""

    def __init__(self, origin: str) -> None:
        self.origin, self.id, self.count = origin, secrets.token_bytes(32), 0
        self.key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        asked = options["publicKey"]
        attested = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(self._rp(asked["rp"]["id"]), PRESENT | VERIFIED | ATTESTED, self.count, attested)
        seen = self._seen("webauthn.create", asked["challenge"])
        response = {"clientDataJSON": websafe_encode(seen), "attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
        return self._told(response)

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        asked = options["publicKey"]
        self.count += 1
        data = AuthenticatorData.create(self._rp(asked["rpId"]), PRESENT | VERIFIED, self.count)
        seen = self._seen("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(seen).digest(), ec.ECDSA(hashes.SHA256()))
        told = {"clientDataJSON": seen, "authenticatorData": data, "signature": signature}
        return self._told({name: websafe_encode(value) for name, value in told.items()})

    def _rp(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()

    def _seen(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": websafe_encode(websafe_decode(challenge)), "origin": self.origin}).encode()

    def _told(self, response: dict[str, str]) -> dict[str, Any]:
        return {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key", "response": response}
