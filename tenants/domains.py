"""A company's own domain: claimed, proven by a text in its DNS, and only then an address of the company."""

from __future__ import annotations

import re
import secrets

import dns.exception
import dns.resolver
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.context import public_context
from tenants.models import Claim, Domain, Tenant

RECORD = "_millwright"
PROOF = "millwright-verification="
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
SECONDS = 5
AT_MOST = 5


def clean(domain: str) -> str:
    """The domain as DNS writes it, or why it cannot be one."""
    try:
        plain = domain.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        plain = ""
    labels = plain.split(".")
    if len(plain) > 253 or len(labels) < 2 or not all(map(LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise ValidationError(_("Write the domain like erp.example.com."), code="domain_form")
    if plain == settings.BASE_DOMAIN or plain.endswith((f".{settings.BASE_DOMAIN}", ".localhost")):
        raise ValidationError(_("This domain is ours. Enter one of your own."), code="domain_ours")
    return plain


def claim(company: Tenant, domain: str) -> Claim:
    """Say that a domain is the company's; it becomes an address when it is proven."""
    plain = clean(domain)
    with public_context(), transaction.atomic():
        Tenant.objects.select_for_update(of=("self",)).get(pk=company.pk)
        known = Claim.objects.filter(company=company, domain=plain).first()
        if known is not None:
            return known
        if Claim.objects.filter(company=company).count() >= AT_MOST:
            raise ValidationError(_("A company has up to %(n)d domains. Remove one first."), code="domain_many", params={"n": AT_MOST})
        return Claim.objects.create(company=company, domain=plain, secret=secrets.token_hex(20), claimed_at=timezone.now())


def record(claimed: Claim) -> tuple[str, str]:
    """The name and the text of the DNS record that proves it."""
    return f"{RECORD}.{claimed.domain}", f"{PROOF}{claimed.secret}"


def check(claimed: Claim) -> bool:
    """Look for the record. Who controls the domain now has it: it leaves a company that proved it earlier."""
    name, wanted = record(claimed)
    found = texts(name)
    now = timezone.now()
    with public_context(), transaction.atomic():
        claimed.checked_at, claimed.found = now, "; ".join(found)[:300]
        if wanted in found:
            Claim.objects.filter(domain=claimed.domain).exclude(pk=claimed.pk).update(verified_at=None)
            for other in Domain.objects.filter(domain=claimed.domain).exclude(tenant=claimed.company_id):
                other.delete()
            if not Domain.objects.filter(domain=claimed.domain).exists():
                Domain.objects.create(tenant_id=claimed.company_id, domain=claimed.domain, is_primary=False)
            claimed.verified_at = claimed.verified_at or now
        claimed.save()
    return wanted in found


def texts(name: str) -> list[str]:
    """The texts that DNS has under a name; none where it cannot be asked."""
    resolver = dns.resolver.Resolver(configure=not settings.DNS_SERVER)
    if settings.DNS_SERVER:
        host, _sep, port = settings.DNS_SERVER.partition(":")
        resolver.nameservers, resolver.port = [host], int(port or 53)
    resolver.lifetime = SECONDS
    try:
        answer = resolver.resolve(name, "TXT", search=False)
    except dns.exception.DNSException:
        return []
    return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]


def release(claimed: Claim) -> None:
    """The company gives the domain up."""
    with public_context(), transaction.atomic():
        for domain in Domain.objects.filter(domain=claimed.domain, tenant=claimed.company_id):
            domain.delete()
        claimed.delete()
