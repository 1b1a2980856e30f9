"""Companies of the trade become customers or competitors, their people our contacts (W-5.1.1, W-5.1.2)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import Refused
from tenant_apps.crm.models import IndustryCompany, IndustryPerson
from tenant_apps.partners import actions as partners
from tenant_apps.partners import pools
from tenant_apps.partners.models import Contact, Partner

K = Partner.Kind


def _still(company: IndustryCompany) -> None:
    if company.kind not in (K.COMPETITOR, K.PROSPECT):
        raise Refused("not_industry", _t("“%(name)s” is an account by now. Open it there.") % {"name": company.name})


@action(label=_("Make it a customer"), style="primary", says=_("made a customer"))
def to_customer(company: IndustryCompany, *, by: Actor, at: datetime) -> None:
    """From now on it is an account of ours, with its people as contacts."""
    _still(company)
    company.kind = K.CUSTOMER
    pools.begin(company, at.date())


@action(label=_("Make it a competitor"), says=_("made a competitor"))
def to_competitor(company: IndustryCompany, *, by: Actor, at: datetime) -> None:
    """It sells what we sell; its products can be compared with ours."""
    _still(company)
    company.kind = K.COMPETITOR


@action(label=_("Make it a contact of a customer"), style="primary", says=_("made a contact"), params={"to": {"label": _("Customer")}})
def to_contact(person: IndustryPerson, *, by: Actor, at: datetime, to: Partner) -> None:
    """The person works for a customer now; where they were stays on record."""
    partners.change_company(Contact(pk=person.pk), by=by, at=at, to=to)
