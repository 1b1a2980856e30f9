"""What a company's administrators are told when the proof of their own domain is gone."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import messages, people
from shared_apps.accounts.tasks import send_soon
from tenants import directory, domains
from tenants.context import tenant_context
from tenants.domains import Proof
from tenants.models import Claim


def tell(claimed: Claim, proof: Proof) -> None:
    """By message and by mail, in each one's language, when there is news."""
    if proof not in (Proof.MISSING, Proof.OVER):
        return
    with tenant_context(claimed.company):
        for admin in people.directory.load_admins():
            with override(admin.language):
                title, text = worded(claimed, proof)
            origin = f"domain:{claimed.pk}:{proof}:{claimed.checked_at}"
            messages.send([admin.id or 0], title, text=text, origin=origin, link={"_key": "company", "id": claimed.pk})
            body = f"{title}\n\n{text}\n\n{directory.url_of(claimed.company.slug)}\n"
            transaction.on_commit(partial(send_soon, f"[Millwright 匠程] {title}", body, [admin.email]), robust=True)


def worded(claimed: Claim, proof: Proof) -> tuple[str, str]:
    """What has happened, and what to do about it."""
    name, text = domains.record(claimed)
    told = {"domain": claimed.domain, "name": name, "text": text}
    if proof == Proof.OVER or claimed.missing_since is None:
        return (
            _("The domain %(domain)s was switched off: its proof is gone.") % told,
            _("Add the DNS record %(name)s of type TXT with the text %(text)s again and check it under “Company data”.") % told,
        )
    told["day"] = timezone.localdate(domains.ends(claimed.missing_since)).isoformat()
    return (
        _("The proof of the domain %(domain)s is gone.") % told,
        _("Add the DNS record %(name)s of type TXT with the text %(text)s again. Otherwise the domain is switched off on %(day)s.") % told,
    )
