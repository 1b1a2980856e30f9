"""A company's own domain: claimed, proven by a text in its DNS, and only then an address of the company."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

import dns.exception
import dns.resolver
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants import states
from tenants.context import public_context
from tenants.models import Claim, Domain, Tenant

RECORD = "_millwright"
PROOF = "millwright-verification="
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
SECONDS = 5
AT_MOST = 5
AGAIN = timedelta(hours=20)


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
    found = texts(name) or []
    now = timezone.now()
    with public_context(), transaction.atomic():
        claimed.checked_at, claimed.found = now, "; ".join(found)[:300]
        if wanted in found:
            Claim.objects.filter(domain=claimed.domain).exclude(pk=claimed.pk).update(verified_at=None, missing_since=None)
            close(Domain.objects.filter(domain=claimed.domain).exclude(tenant=claimed.company_id))
            if not Domain.objects.filter(domain=claimed.domain).exists():
                Domain.objects.create(tenant_id=claimed.company_id, domain=claimed.domain, is_primary=False)
            claimed.verified_at, claimed.missing_since = claimed.verified_at or now, None
        claimed.save()
    return wanted in found


class Proof(StrEnum):
    """What a later look at a proof has come to."""

    HELD = "held"
    UNKNOWN = "unknown"
    """DNS could not be asked: nothing follows from that."""
    MISSING = "missing"
    """It is gone, for the first time."""
    WAITING = "waiting"
    OVER = "over"
    """It has been gone for so long that the domain is no address of the company any more."""


def due(at: datetime) -> list[int]:
    """The proven domains of companies at work whose proof was not looked at for a day."""
    with public_context():
        proven = Claim.objects.exclude(verified_at=None).filter(company__state__in=states.OPEN, company__closed="")
        return list(proven.filter(checked_at__lt=at - AGAIN).order_by("checked_at").values_list("pk", flat=True))


def judge(claimed: Claim, found: list[str] | None, at: datetime) -> Proof:
    """What today's look into DNS says of a proven domain, written down; inside a transaction that has the claim's row."""
    proof = _judged(claimed, found, at)
    claimed.checked_at = at
    if found is not None:
        claimed.found = "; ".join(found)[:300]
    if proof == Proof.HELD:
        claimed.missing_since = None
    elif proof == Proof.MISSING:
        claimed.missing_since = at
    elif proof == Proof.OVER:
        claimed.verified_at = claimed.missing_since = None
        close(Domain.objects.filter(domain=claimed.domain, tenant=claimed.company_id))
    claimed.save()
    return proof


def _judged(claimed: Claim, found: list[str] | None, at: datetime) -> Proof:
    if found is None:
        return Proof.UNKNOWN
    if record(claimed)[1] in found:
        return Proof.HELD
    if claimed.missing_since is None:
        return Proof.MISSING
    return Proof.OVER if at >= ends(claimed.missing_since) else Proof.WAITING


def ends(missing_since: datetime) -> datetime:
    """When a domain without its proof is switched off."""
    return missing_since + timedelta(days=settings.DOMAIN_DAYS)


def texts(name: str) -> list[str] | None:
    """The texts that DNS has under a name; None where it cannot be asked."""
    resolver = dns.resolver.Resolver(configure=not settings.DNS_SERVER)
    if settings.DNS_SERVER:
        host, _sep, port = settings.DNS_SERVER.partition(":")
        resolver.nameservers, resolver.port = [host], int(port or 53)
    resolver.lifetime = SECONDS
    try:
        answer = resolver.resolve(name, "TXT", search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException:
        return None
    return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]


def release(claimed: Claim) -> None:
    """The company gives the domain up."""
    with public_context(), transaction.atomic():
        close(Domain.objects.filter(domain=claimed.domain, tenant=claimed.company_id))
        claimed.delete()


def close(domains: QuerySet[Domain]) -> None:
    """These are no addresses any more, one by one so that every process hears of it."""
    for domain in domains:
        domain.delete()
