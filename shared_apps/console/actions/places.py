"""Under which address a company is found, and where its data is (W-2.1.1, P-D.6)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.console import regions
from shared_apps.console.actions.clients import REASON
from shared_apps.console.actions.copies import STANDING
from shared_apps.console.models import Client
from tenants import domains
from tenants.models import Claim, Tenant

DOMAIN = {"domain": {"label": _("Domain"), "max_length": 253, "help": _("Like erp.example.com")}}


def _claimed(client: Client, domain: str) -> Claim:
    try:
        found = Claim.objects.filter(company=client.tenant, domain=domains.clean(domain)).first()
    except ValidationError as no:
        raise Invalid([FieldError("domain", str(no.code), no.messages[0])]) from no
    if found is None:
        raise Invalid([FieldError("domain", "not_found", _t("This company has no such domain. Set it first."))])
    return found


@action(label=_("Set a domain"), when=STANDING, says=_("domain set"), params={**DOMAIN, **REASON})
def set_domain(client: Client, *, by: Actor, at: datetime, domain: str, reason: str) -> None:
    """Enter a domain for the company; it is an address as soon as its DNS holds the record that proves it."""
    try:
        claimed = domains.claim(Tenant.objects.get(pk=client.tenant), domain)
    except ValidationError as no:
        raise Invalid([FieldError("domain", str(no.code), no.messages[0])]) from no
    domains.check(claimed)


@action(label=_("Check a domain"), when=STANDING, says=_("domain checked"), params=DOMAIN)
def check_domain(client: Client, *, by: Actor, at: datetime, domain: str) -> None:
    """Look for the record in DNS now."""
    claimed = _claimed(client, domain)
    if not domains.check(claimed):
        name, text = domains.record(claimed)
        told = _t("The record is not there yet. Its administrator enters a TXT record %(name)s with the text %(text)s, then check again.")
        raise Refused("no_proof", told % {"name": name, "text": text})


@action(label=_("Remove a domain"), when=STANDING, style="danger", says=_("domain removed"), params={**DOMAIN, **REASON})
def remove_domain(client: Client, *, by: Actor, at: datetime, domain: str, reason: str) -> None:
    """The domain is no address of the company any more, at once."""
    domains.release(_claimed(client, domain))


@action(
    label=_("Choose data region"), when=STANDING, says=_("data region chosen"),
    params={"region": {"label": _("Data region"), "type": "choice", "choices": regions.CHOICES}, **REASON},
)  # fmt: skip
def choose_region(client: Client, *, by: Actor, at: datetime, region: str, reason: str) -> None:
    """Write down where the company's data has to be; what is not installed is refused with what it would take."""
    regions.ask_installed(region)
    client.region = region
