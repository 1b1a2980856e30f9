"""Opening a company for a customer (W-2.1.1)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import jobs
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import FieldError, Invalid
from shared_apps.accounts import services
from shared_apps.accounts.models import User
from shared_apps.console.clients import client_of
from shared_apps.console.models import Opening
from tenants import provisioning, renaming
from tenants.models import Tenant

S = Opening.State


@action(label=pgettext_lazy("company", "Open"), when=S.DRAFT, then=S.REQUESTED, style="primary", says=_("opening asked for"))
def found(opening: Opening, *, by: Actor, at: datetime) -> None:
    """Take the address and set the company up; its administrator gets a mail with the way in."""
    opening.client = client_of(_requested(opening))
    jobs.start("company_opening", f"{_t('Company opening')} · {opening.name}", {"opening": opening.pk}, by=by)


@action(label=_("Try again"), when=S.REQUESTED, says=_("tried again"))
def again(opening: Opening, *, by: Actor, at: datetime) -> None:
    """Set the company up once more where that was interrupted, and mail its administrator."""
    jobs.start("company_opening", f"{_t('Company opening')} · {opening.name}", {"opening": opening.pk}, by=by)


def _requested(opening: Opening) -> Tenant:
    """The address is taken at once; what costs more is a worker's affair."""
    told = provisioning.Founding(name=opening.name, slug=opening.slug, language=opening.language, template=opening.template)
    try:
        renaming.free(opening.slug)
        with transaction.atomic():
            owner = services.invited_user(opening.owner_email, opening.owner_name, opening.language)
            company = provisioning.request(told, owner.pk)
    except ValidationError as no:
        raise Invalid([FieldError("slug", str(no.code), no.messages[0])]) from no
    except IntegrityError as clash:
        raise services.taken(opening.slug, opening.owner_email) from clash
    services.remember(User.objects.get(pk=company.owner_id), company)
    return company
