"""How allauth keeps second factors in this product."""

from __future__ import annotations

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from kernel import sealed


class MFAAdapter(DefaultMFAAdapter):
    """Secrets lie encrypted; a key enrolled at one company is good at all of the product's addresses."""

    def encrypt(self, text: str) -> str:
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return "Millwright 匠程"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        base = settings.BASE_DOMAIN
        shared = "." in base and (host == base or host.endswith(f".{base}"))  # browsers take no single word such as localhost
        return {"id": base if shared else host, "name": self._get_site_name()}
