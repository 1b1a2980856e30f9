"""What is asked about partners beyond their screens: who is there already, what a merge would move, what lies in a pool."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, doors, people, reading, registry, saving, words
from kernel.access import visible
from kernel.actions import perform
from kernel.api.me import MemberView
from kernel.refusals import Refused
from kernel.resources import Section
from tenant_apps.partners import actions, completion, duplicates, packs, pairs, pools, references
from tenant_apps.partners.models import Partner, Pool
from tenant_apps.partners.models.merge import UNDONE_WITHIN

KEY, PAGE = "partners.partner", 50
SIDE = ("grade", "industry", "region", "phone", "address", "tax_no", "website", "state")


class Alike(MemberView):
    """Accounts that one being entered may be already; of those the reader may not see, only the name and whose it is."""

    def get(self, request: Request) -> Response:
        self.actor.require(KEY, "read")
        asked = {
            name: str(request.query_params.get(name, ""))[:300].replace("\x00", "") for name in ("name", "tax_no", "phone", "website", "id")
        }
        if len(asked["name"].strip()) < 2:
            return Response({"rows": []})
        found = duplicates.twins([duplicates.typed(asked)]).get(0, [])[:10]
        resource = registry.get(KEY)
        mine = visible(self.actor, resource.queryset(), KEY).filter(pk__in=[twin.known.pk for twin in found])
        specs = {name: resource.own[name] for name in SIDE}
        shown = {row["id"]: row for row in reading.render_rows(resource, mine, specs, self.actor)}
        return Response({"rows": [self.told(twin, shown.get(twin.known.pk)) for twin in found]})

    def told(self, twin: duplicates.Twin, row: dict[str, Any] | None) -> dict[str, Any]:
        known = twin.known
        base = {"id": known.pk, "number": known.number, "name": known.name, "owner": people.named("member", known.owner)}
        return {**base, "why": twin.why, "blocks": twin.blocks, "document": row}


class Pairs(MemberView):
    """Accounts that are there and may be one company, some at a time; for whoever may merge them."""

    NAMES = ("number", "name", "owner", "region", "phone", "state", "different_from")

    def get(self, request: Request) -> Response:
        resource = registry.get(KEY)
        self.actor.require(KEY, "merge", label=str(resource.verbs["merge"].label))
        before = request.query_params.get("before", "")
        found = pairs.look(self.actor, int(before) if before.isdecimal() and len(before) < 19 else None)
        rows = resource.queryset().filter(pk__in={key for pair in found.pairs for key in pair[:2]})
        specs = {name: resource.own[name] for name in self.NAMES}
        shown = {row["id"]: row for row in reading.render_rows(resource, rows, specs, self.actor)}
        return Response(pairs.told(found, shown))


class Merging(MemberView):
    """Accounts side by side, field by field, and how much hangs on each."""

    def get(self, request: Request) -> Response:
        resource = registry.get(KEY)
        self.actor.require(KEY, "merge", label=str(resource.verbs["merge"].label))
        ids = [int(one) for one in request.query_params.get("ids", "").split(",") if one.isdecimal() and len(one) < 19][:11]
        shown = [reading.render_document(resource, doors.find(resource, pk, self.actor).pk, self.actor) for pk in ids]
        accounts = [one for one in shown if one is not None]
        parts = [part for part in resource.form if isinstance(part, Section)]
        fields = [self.field(resource.own[name], accounts) for part in parts for name in part.fields if name in resource.writable]
        counts = references.counts([one["id"] for one in accounts])
        told = [{"id": one["id"], "number": one["number"], "name": one["name"], "counts": counts[one["id"]]} for one in accounts]
        return Response({"accounts": told, "fields": [one for one in fields if one["type"] != "json"], "days": UNDONE_WITHIN})

    def field(self, spec: Any, accounts: list[dict[str, Any]]) -> dict[str, Any]:
        values = [one.get(spec.name) for one in accounts]
        return {**spec.meta(), "values": values, "differs": any(value != values[0] for value in values)}


class Accounts(MemberView):
    """What lies in a pool, for everybody who may claim from it, whatever rows they see otherwise; numbers are veiled."""

    def get(self, request: Request, pk: int) -> Response:
        pool = pool_of(self, pk)
        rows = Partner.objects.filter(state=Partner.State.POOL, pool=pool).select_related("pool")
        for token in words.asked(request.query_params.get("q", "")):
            rows = rows.filter(search_text__contains=words.encode(token))
        before = request.query_params.get("before", "")
        rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else rows
        found = list(rows.order_by("-pk")[: PAGE + 1])
        told = [packs.brief(one, self.actor, clock.now().date()) for one in found[:PAGE]]
        return Response({"rows": told, "next": found[PAGE - 1].pk if len(found) > PAGE else None})


class OneAccount(MemberView):
    """An account of a pool as it is handed over: where it came from, what it was interested in, what was done; each counts as a look."""

    def get(self, request: Request, pk: int, account: int) -> Response:
        pool, on = pool_of(self, pk), clock.now().date()
        with calls.call():
            pools.refuse_member(pool, self.actor, 0)
            found = in_pool(pool, account)
            pools.count_look(pool, account, self.actor, on)
            return Response(packs.pack(found, self.actor, on))


class Claim(MemberView):
    """Take accounts out of a pool, all of those named or none."""

    def post(self, request: Request, pk: int) -> Response:
        pool = pool_of(self, pk)
        self.actor.require(KEY, "claim", label=str(actions.claim.label))
        asked = request.data.get("accounts") if isinstance(request.data, dict) else None
        ids = sorted({one for one in asked if isinstance(one, int) and not isinstance(one, bool)}) if isinstance(asked, list) else []
        if not 0 < len(ids) <= PAGE:
            raise Refused("required", _("Choose one to %(n)d accounts.") % {"n": PAGE}, status=422)
        at = clock.now()
        with calls.call():
            for account in saving.lock_many(Partner, ids):
                if account.pool_id != pool.pk or account.state != Partner.State.POOL:
                    raise Refused("not_in_pool", _("%(name)s is not in this pool any more: somebody was quicker.") % {"name": account.name})
                perform(actions.claim, account, by=self.actor, at=at, values={}, part=True)
        return Response({"claimed": ids})


class Completion(MemberView):
    """What a register of companies, a photographed card or a pasted text tells: offered to whoever enters a customer, a contact or a lead."""

    def get(self, request: Request) -> Response:
        self.actor.require(KEY, "read")
        return Response(completion.companies(str(request.query_params.get("q", ""))[:120], self.actor))

    def post(self, request: Request) -> Response:
        self.actor.require(KEY, "read")
        if isinstance(request.data, dict) and "text" in request.data:
            return Response(completion.pasted(request.data["text"]))
        self.actor.require("partners.contact", "create")
        return Response(completion.card(request.FILES.get("card"), self.actor))


def pool_of(view: MemberView, pk: int) -> Pool:
    found: Pool = doors.find(registry.get("partners.pool"), pk, view.actor)
    return found


def in_pool(pool: Pool, account: int) -> Partner:
    found = Partner.objects.filter(pk=account, pool=pool, state=Partner.State.POOL).first()
    if found is None:
        raise doors.not_found()
    return found


urlpatterns = [
    path("partners/alike/", Alike.as_view()),
    path("partners/merging/", Merging.as_view()),
    path("partners/pairs/", Pairs.as_view()),
    path("completion/", Completion.as_view()),
    path("pools/<int:pk>/accounts/", Accounts.as_view()),
    path("pools/<int:pk>/accounts/<int:account>/", OneAccount.as_view()),
    path("pools/<int:pk>/claim/", Claim.as_view()),
]
