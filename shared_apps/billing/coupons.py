"""Which coupon a company may use, why not, and which it has used; its copy at Stripe is a promotion code."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import saving
from kernel.access import SYSTEM
from kernel.refusals import FieldError, Invalid
from shared_apps.billing import gateway
from shared_apps.billing.models import Coupon, PlatformInvoice, Redemption, Subscription


def usable(code: str, tenant_id: int) -> Coupon:
    """The coupon behind what somebody typed, or why it does not count."""
    found = Coupon.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise _unusable("not_found", _("There is no coupon “%(code)s”. Check how it is written.") % {"code": code.strip()})
    if not found.active:
        raise _unusable("switched_off", _("The coupon %(code)s is not valid any more.") % {"code": found})
    if found.valid_until is not None and found.valid_until < timezone.localdate():
        told = _("The coupon %(code)s was valid until %(day)s.")
        raise _unusable("expired", told % {"code": found, "day": found.valid_until.isoformat()})
    if found.first_time and PlatformInvoice.objects.filter(tenant_id=tenant_id, status=PlatformInvoice.Status.PAID).exists():
        raise _unusable("first_time", _("The coupon %(code)s is for new customers: it counts for a first payment only.") % {"code": found})
    if Redemption.objects.filter(tenant_id=tenant_id, coupon=found).exists():
        raise _unusable("used", _("Your company has used the coupon %(code)s already. Each counts once.") % {"code": found})
    return found


def _unusable(code: str, sentence: str) -> Invalid:
    return Invalid([FieldError("coupon", code, sentence)])


def lasting(bought: Subscription) -> Coupon | None:
    """The discount that the next prepaid period has as well."""
    coupon = bought.coupon
    if coupon is None or coupon.forever or not coupon.months:
        return coupon if coupon and coupon.forever else None
    used = Redemption.objects.filter(tenant_id=bought.tenant_id, coupon=coupon).values_list("used_on", flat=True).first()
    starts = timezone.localdate(bought.period_end) if bought.period_end else timezone.localdate()
    return coupon if used is not None and starts < used + relativedelta(months=coupon.months) else None


def redeemed(coupon: Coupon, paper: PlatformInvoice, saved: Decimal, at: datetime) -> None:
    """A paid invoice was cheaper by a coupon: written down for the operators, once."""
    if Redemption.objects.filter(coupon=coupon, tenant_id=paper.tenant_id).exists():
        return
    values = {"coupon": coupon, "tenant_id": paper.tenant_id, "company": paper.company_name, "invoice": paper.number}
    saving.create(Redemption, {**values, "saved": saved, "used_on": timezone.localdate(at)}, by=SYSTEM, at=at)


# at Stripe -----------------------------------------------------------------------------------------------------------
def at_stripe(coupon: Coupon) -> str:
    """The promotion code at Stripe by which this coupon can be used there, under conditions as they are now."""
    restrictions = {"first_time_transaction": True} if coupon.first_time else {}
    expires = _end_of(coupon.valid_until) if coupon.valid_until else None
    return gateway.ensure_promotion(coupon.code, _worth(coupon), restrictions, expires)


def _worth(coupon: Coupon) -> dict[str, Any]:
    """What it is worth, as a coupon at Stripe under an id that carries all of it."""
    percent = coupon.percent_off is not None
    worth = str(coupon.percent_off) if percent else f"{int((coupon.amount_off or 0) * 100)}fen"
    told = {"percent_off": worth} if percent else {"amount_off": int((coupon.amount_off or 0) * 100), "currency": "cny"}
    lasts: dict[str, Any] = {"duration": "forever" if coupon.forever else "repeating" if coupon.months else "once"}
    if coupon.months:
        lasts["duration_in_months"] = coupon.months
    key = f"{coupon.code}_{worth}_{lasts['duration']}{coupon.months or ''}"
    return {"id": key, "name": coupon.code, **told, **lasts}


def _end_of(day: date) -> int:
    return int(timezone.make_aware(datetime.combine(day, datetime.max.time().replace(microsecond=0))).timestamp())


def named(key: str) -> Coupon | None:
    """Our coupon behind the id of one at Stripe."""
    return Coupon.objects.filter(code=key.partition("_")[0]).first()


def offer_all() -> int:
    """Bring what can be typed on Stripe's pages in line with what operators have switched on. Any number of times."""
    if not gateway.available():
        return 0
    today = timezone.localdate()
    valid = [one for one in Coupon.objects.all() if one.active and (one.valid_until is None or one.valid_until >= today)]
    for one in valid:
        at_stripe(one)
    gateway.withdraw_promotions({one.code for one in valid})
    return len(valid)
