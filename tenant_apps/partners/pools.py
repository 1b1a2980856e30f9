"""Which pool an account belongs to, how long it is protected, and who may take it (spec 2.1). Leads are protected by the same rules.

What is protected has `pool`, `claimed_on`, `protect_until`, `grade` and, where there can be a deal, `dealt_on`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kernel import bulk, config
from kernel.access import Actor
from kernel.refusals import Refused
from tenant_apps.organization import territories
from tenant_apps.partners import protection
from tenant_apps.partners.models.pool import Pool
from tenant_apps.partners.protection import Terms, recycle_at

__all__ = ["Pool", "Terms", "begin", "prolong", "recycle_at"]
LOOKS, CLAIMS = "pool-look", "pool-claim"


def known() -> list[Pool]:
    """The company's pools in use, those of named regions first."""

    def load() -> list[Pool]:
        return sorted(Pool.objects.filter(active=True), key=lambda pool: (not pool.regions, pool.pk))

    return config.cached("pools", load)


def of_region(region: str) -> Pool | None:
    """The pool of a region: its own, that of a region it lies in, or the one for all."""
    pools = known()
    if not pools:
        return None
    around = set(territories.around(region))
    return next((pool for pool in pools if not pool.regions or around & set(pool.regions)), None)


def terms_of(one: Any) -> Terms | None:
    """The days that hold for an account or a lead; None where there is no pool it could go back to."""
    pool = next((pool for pool in known() if pool.pk == one.pool_id), None)
    return pool.terms(getattr(one, "grade", ""), deal=bool(getattr(one, "dealt_on", None))) if pool else None


def begin(partner: Any, on: date) -> None:
    """Protect a new account, or one that came into other hands; in memory only."""
    stored = partner.__dict__.get("_stored", {})
    passed_on = bool(stored) and stored.get("owner") != partner.owner
    if not partner.sold_to or partner.state == "pool" or (partner.claimed_on is not None and not passed_on):
        return
    pool = of_region(partner.region)
    if pool is not None:
        protect(partner, pool, on)


def protect(one: Any, pool: Pool, on: date) -> None:
    """From this day it is protected by the rules of the pool; in memory only."""
    one.pool, one.claimed_on = pool, on
    terms = terms_of(one) or Terms()
    one.protect_until = recycle_at(on, (), terms.first, terms.renew, terms.longest)


def prolong(one: Any, activity: date) -> None:
    """An activity of this day renews the protection of a stored account or lead, never beyond its longest. Its version stays: nobody's input is lost."""
    names = set()
    if hasattr(one, "active_on") and (one.active_on is None or one.active_on < activity):
        one.active_on = activity
        names.add("active_on")
    terms = terms_of(one)
    if (
        terms is not None
        and one.claimed_on is not None
        and one.protect_until is not None
        and one.claimed_on <= activity <= one.protect_until
    ):
        until = protection.renewed(one.protect_until, one.claimed_on, activity, terms.renew, terms.longest)
        if until != one.protect_until:
            one.protect_until = until
            names.add("protect_until")
    if names:
        bulk.update_one(one, names)
        for name in names:
            one.__dict__.get("_stored", {})[name] = getattr(one, name)


# who may take it -----------------------------------------------------------------------------------------------------
def refuse_claim(pool: Pool, account: Any, by: Actor, on: date) -> None:
    """Refuse who may not take this account now."""
    if account.state != account.State.POOL or account.pool_id != pool.pk:
        raise Refused("not_in_pool", _("%(name)s is not in this pool any more: somebody was quicker.") % {"name": account.name})
    again = free_on(account, pool, by)
    if again is not None and again > on:
        raise Refused("cool_down", _("You had %(name)s last. You may claim it again from %(day)s.") % {"name": account.name, "day": again})


def free_on(account: Any, pool: Pool, by: Actor) -> date | None:
    """From when on whoever had it last may claim it again; None for who did not have it."""
    let_go = account.let_go.get(str(by.id))
    return date.fromisoformat(let_go) + timedelta(pool.cool_down_days) if let_go else None


def refuse_member(pool: Pool, by: Actor, held: int) -> None:
    """Refuse who has taken enough, or works elsewhere."""
    if pool.units and by.unit_id not in pool.units and not by.is_admin:
        raise Refused(
            "not_of_pool",
            _("“%(pool)s” is for other departments. Ask its administrator to let yours in.") % {"pool": pool.name},
            status=403,
        )
    if pool.holding_limit and held >= pool.holding_limit:
        told = {"n": pool.holding_limit, "pool": pool.name}
        raise Refused("holding_limit", _("You hold %(n)d accounts of “%(pool)s” already. Release one first.") % told)


def count_claim(pool: Pool, by: Actor, on: date) -> None:
    """One more claim of today, or a refusal when these were all."""
    used = _counted(f"{CLAIMS}|{on}|{pool.pk}|{by.id}")
    if pool.claims_per_day and used > pool.claims_per_day:
        raise Refused(
            "claims_used_up",
            _("You may claim %(n)d accounts of “%(pool)s” a day. Go on tomorrow.") % {"n": pool.claims_per_day, "pool": pool.name},
        )


def count_look(pool: Pool, account: int, by: Actor, on: date) -> None:
    """One more account looked at today; to look again at the same one is free."""
    if _counted(f"{LOOKS}|{on}|{pool.pk}|{by.id}|{account}") > 1:
        return
    used = _counted(f"{LOOKS}|{on}|{pool.pk}|{by.id}")
    if pool.views_per_day and used > pool.views_per_day:
        told = {"n": pool.views_per_day, "pool": pool.name}
        raise Refused("looks_used_up", _("You may look at %(n)d accounts of “%(pool)s” a day. Claim one, or go on tomorrow.") % told)


def _counted(key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (key, value) VALUES (%s, 1) ON CONFLICT (key) DO UPDATE SET value = kernel_counter.value + 1 RETURNING value",
            [key],
        )
        return int(cursor.fetchone()[0])
