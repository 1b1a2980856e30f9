"""Putting price policies into force and taking them out of it (W-11.2.3)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import FieldError, Refused
from tenant_apps.pricing import option_codes
from tenant_apps.pricing.models import PricePolicy

S = PricePolicy.State


@action(label=_("Put into force"), when=(S.DRAFT, S.WITHDRAWN), then=S.PUBLISHED, style="primary", bulk=True, says=_("put into force"))
def publish(policy: PricePolicy, *, by: Actor, at: datetime) -> None:
    """From now on prices are made by it, within its days. It can be put under an approval."""
    if policy.valid_to and policy.valid_to < at.date():
        raise Refused("ended", _t("It was valid until %(day)s and would make no price. Choose a later day.") % {"day": policy.valid_to})
    if told := option_codes.unclear(vars(policy)):
        raise Refused("unclear", told, errors=[FieldError("option_code", "unclear", told)])


@action(label=_("Withdraw"), when=S.PUBLISHED, then=S.WITHDRAWN, bulk=True, says=_("withdrawn"))
def withdraw(policy: PricePolicy, *, by: Actor, at: datetime) -> None:
    """New prices are made without it; it can be changed and put into force again."""
