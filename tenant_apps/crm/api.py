"""What is worked out about customers and the market: forecast, return, gaps, conflicts; and the door for guests of an event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, cursors, doors, people, registry, saving, specs
from kernel.actions import perform
from kernel.api.me import MemberView
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.accounts import password
from shared_apps.accounts.doors import Door, company_of
from tenant_apps.crm import clarity, conflicts, contact_log, desk, field_work, forecasting, measures, returns, rivals, signing_in, twins
from tenant_apps.crm.actions import opportunities
from tenant_apps.crm.models import Registration
from tenant_apps.quoting.models import Quote

OPPORTUNITY, LEAD, CAMPAIGN, REGISTRATION = "crm.opportunity", "crm.lead", "crm.campaign", "crm.registration"
YEAR = timedelta(days=365)


def day_of(request: Request, name: str, otherwise: date) -> date:
    """A day of the query."""
    text = request.query_params.get(name, "")
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError as bad:
        raise Refused("bad_filter", _("“%(name)s” must be a date such as 2026-11-21.") % {"name": name}, status=400) from bad


class CrmView(MemberView):
    """Base: who asks may read the document type it is about."""

    key = OPPORTUNITY

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor.require(self.key, "read", label=registry.get(self.key).label)

    def document(self, pk: int) -> Any:
        return doors.find(registry.get(self.key), pk, self.actor)


class Forecast(CrmView):
    def get(self, request: Request) -> Response:
        """Open opportunities by `step` (month or quarter) and owner, weighted, with what was won beside."""
        step = request.query_params.get("step", "month")
        if step not in forecasting.STEPS:
            raise Refused("bad_filter", _("step is month or quarter."), status=400)
        return Response(forecasting.forecast(self.actor, step, clock.now().date()))


class Clarity(CrmView):
    def get(self, request: Request) -> Response:
        """How many open opportunities can be trusted, and what is missing of the others."""
        return Response(clarity.clarity(self.actor, clock.now().date()))


class Funnel(CrmView):
    def get(self, request: Request) -> Response:
        """Stage by stage; `since` is the day from which what was opened counts."""
        today = clock.now().date()
        return Response({"stages": forecasting.funnel(self.actor, day_of(request, "since", today - YEAR), today)})


class Outcomes(CrmView):
    def get(self, request: Request) -> Response:
        """Won and lost from `since` to `until`, month by month, with reasons, competitors and owners."""
        today = clock.now().date()
        return Response(forecasting.outcomes(self.actor, day_of(request, "since", today - YEAR), day_of(request, "until", today)))


class Desk(CrmView):
    def get(self, request: Request, pk: int) -> Response:
        return Response(desk.desk(self.document(pk), self.actor))


class Beside(CrmView):
    def get(self, request: Request, pk: int) -> Response:
        """Competitors' products against this opportunity."""
        return Response({"rows": rivals.of_opportunity(self.document(pk), self.actor)})


class BesideQuote(CrmView):
    key = "quoting.quote"

    def get(self, request: Request, pk: int) -> Response:
        """Competitors' products against this quote."""
        quote: Quote = self.document(pk)
        return Response({"rows": rivals.of_quote(quote, self.actor)})


class Twins(CrmView):
    key = LEAD

    def get(self, request: Request) -> Response:
        """What is known of a company (`name`) or a number (`phone`) already; `but` is the lead being entered."""
        name, phone = (request.query_params.get(one, "")[:200].replace("\x00", "") for one in ("name", "phone"))
        return Response({"rows": twins.known(self.actor, name, phone, cursors.number(request.query_params.get("but", "")))})


class Move(CrmView):
    def post(self, request: Request, pk: int) -> Response:
        """`{version, stage, ticked}`: tick what the stage it leaves asks for and go to another, all at once or not at all."""
        data, at = self.body(), clock.now()
        deal, ticked = self.document(pk), data.get("ticked") or []
        if not isinstance(ticked, list) or len(ticked) > 100 or not all(isinstance(item, str) for item in ticked):
            raise Invalid([FieldError("ticked", "invalid", _("Please send a list of items."))])
        version = doors.version_of(data)
        with calls.call():
            saving.lock(deal, version)
            for item in ticked:
                perform(opportunities.tick, deal, by=self.actor, at=at, values={"item": item, "done": True})
            values = doors.read_params(opportunities.to_stage, {"stage": data.get("stage")}, self.actor)
            perform(opportunities.to_stage, deal, by=self.actor, at=at, values=values)
        return Response(status=204)


class ContactLog(CrmView):
    key = contact_log.KEY

    def get(self, request: Request) -> Response:
        """What was said about a document (`about`, `id`), and what is planned."""
        pk = cursors.number(request.query_params.get("id", ""))
        about = contact_log.about_of(request.query_params.get("about", ""), pk, self.actor)
        return Response({"rows": contact_log.page(specs.key_of(type(about)), about.pk, self.actor)})

    def post(self, request: Request) -> Response:
        """`{about, id, kind, subject?, text?, result?, next_step?, next_on?}`: log a contact, or plan the next step."""
        data = self.body()
        key, pk = data.pop("about", ""), data.pop("id", None)
        about = contact_log.about_of(key, pk, self.actor)
        contact_log.log(about, key, doors.read_params(opportunities.log, data, self.actor), by=self.actor, at=clock.now())
        return Response(status=201)


class Conflicts(CrmView):
    key = REGISTRATION

    def post(self, request: Request) -> Response:
        """`{end_user, scope, series?, bid_no?, id?}` → who else has claimed it, before it is submitted."""
        data = self.body()
        texts = {name: data.get(name) or "" for name in ("end_user", "scope", "bid_no")}
        keys = {name: data.get(name) for name in ("series", "id")}
        wrong = [name for name, value in texts.items() if not isinstance(value, str) or len(value) > 200 or "\x00" in value]
        wrong += [name for name, value in keys.items() if value is not None and (type(value) is not int or not 0 < value < 2**63)]
        if wrong:
            raise Invalid([FieldError(name, "invalid", _("This cannot be looked for.")) for name in wrong])
        asked = Registration(pk=keys["id"], series_id=keys["series"], **texts)
        if not asked.end_user or not asked.scope:
            return Response({"rows": []})
        asked.prepare({}, self.actor, clock.now().date())
        names = people.members()
        return Response({"rows": [conflicts.told(one, lambda key: names.get(key or 0, "")) for one in conflicts.conflicts(asked)[:20]]})


class Returns(CrmView):
    key = CAMPAIGN

    def get(self, request: Request) -> Response:
        """Cost and return of campaigns; `way` is source (what opportunities name) or first (through which the customer came)."""
        way = request.query_params.get("way", "source")
        if way not in returns.WAYS:
            raise Refused("bad_filter", _("way is source or first."), status=400)
        return Response({"rows": returns.returns(self.actor, way)})


class SignInSheet(CrmView):
    key = CAMPAIGN

    def get(self, request: Request, pk: int) -> Response:
        """The address of the sign-in and its QR code, for paper and screen."""
        campaign = self.document(pk)
        if not campaign.sign_in:
            return Response({"open": False, "address": "", "svg": ""})
        address = signing_in.address(campaign)
        return Response({"open": True, "address": address, "svg": signing_in.drawn(address).decode()})


class FieldWork(CrmView):
    key = "crm.activity"

    def get(self, request: Request) -> Response:
        """Planned against done in the week of a day (`week`), and customers without contact."""
        today = clock.now().date()
        return Response(field_work.week(self.actor, field_work.monday(day_of(request, "week", today)), today))


class Facts(CrmView):
    key = "crm.evaluationmodel"

    def get(self, request: Request) -> Response:
        """What formulas of an evaluation may name."""
        return Response({"rows": [{"name": name, "label": label} for name, label in measures.names().items()]})


class SignIn(Door):
    """Open to every guest who has the address; how often one may ask is limited."""

    def get(self, request: Request, token: str) -> Response:
        """What one signs in to."""
        company = company_of(request)
        password.limit(request._request, "sign_in")
        event = signing_in.event_of(token)
        return Response(
            {"name": event.name, "place": event.place, "starts_on": event.starts_on, "ends_on": event.ends_on, "company": company.name}
        )

    def post(self, request: Request, token: str) -> Response:
        """`{name, contact_name, phone, email?, need?}`: the guest is written down."""
        company_of(request)
        password.limit(request._request, "sign_in")
        event = signing_in.event_of(token)
        signing_in.sign_in(event, request.data if isinstance(request.data, dict) else {}, at=clock.now())
        return Response({"signed_in": True}, status=201)


urlpatterns = [
    path("forecast/", Forecast.as_view()),
    path("clarity/", Clarity.as_view()),
    path("funnel/", Funnel.as_view()),
    path("outcomes/", Outcomes.as_view()),
    path("field-work/", FieldWork.as_view()),
    path("facts/", Facts.as_view()),
    path("campaigns/returns/", Returns.as_view()),
    path("campaigns/<int:pk>/sign-in/", SignInSheet.as_view()),
    path("leads/twins/", Twins.as_view()),
    path("registrations/conflicts/", Conflicts.as_view()),
    path("opportunities/<int:pk>/desk/", Desk.as_view()),
    path("opportunities/<int:pk>/move/", Move.as_view()),
    path("contact-log/", ContactLog.as_view()),
    path("opportunities/<int:pk>/rivals/", Beside.as_view()),
    path("sign-in/<str:token>/", SignIn.as_view()),
]
beside = [path("quoting/quotes/<int:pk>/rivals/", BesideQuote.as_view())]
