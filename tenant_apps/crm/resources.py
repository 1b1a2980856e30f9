"""How leads, opportunities, activities, campaigns, registered projects and evaluations are shown."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.resources import Lines, Resource, Section
from kernel.rows import shown
from tenant_apps.crm import measures, models
from tenant_apps.crm.actions import activities, campaigns, evaluations, industry, leads, opportunities, registrations
from tenant_apps.crm.models.campaign import COSTS
from tenant_apps.crm.models.rival import SPECS
from tenant_apps.crm.products import PRODUCTS
from tenant_apps.partners import actions as partners
from tenant_apps.partners.resources import of

DEALERS = {"only": {"kind": ["dealer"]}}
RIVALS = {"only": {"kind": ["competitor"]}, "target": models.IndustryCompany}


class OpportunityResource(Resource):
    model = models.Opportunity
    path = "opportunities"
    icon = "rise"
    menu = "crm"
    place = 30
    columns = ("number", "title", "customer", "stage", "amount", "probability", "weighted", "expected_on", "state", "owner")
    filters = ("state", "stage", "customer", "expected_on", "owner", "origin", "campaign", "lost_reason", "lost_to", "closed_on")
    groups = ("stage", "state", "owner", "customer", "lost_reason")
    search = ("customer",)
    editable_when = {models.Opportunity.State.OPEN, models.Opportunity.State.ON_HOLD}
    form = (
        Section(_("Opportunity"), "title", "customer", "contact", "stage", "amount", "probability", "expected_on", "budget", "owner"),
        Section(_("What they want"), "need", "products"),
        Section(_("Market"), "competitors", "origin", "campaign"),
        Section(
            _("Standing"), "weighted", "stage_since", "last_contact_on", "opened_on", "closed_on", "lost_reason", "lost_to", "hold_until", "ticked"
        ),
    )  # fmt: skip
    actions = (
        opportunities.advance, opportunities.quote, opportunities.log, opportunities.to_stage, opportunities.tick, opportunities.win, opportunities.lose,
        opportunities.estimate, opportunities.hold, opportunities.reopen,
    )  # fmt: skip
    overlay = {
        "contact": {"lookup": {"partner": "customer"}},
        "state": {"colors": {"open": "blue", "on_hold": "gold", "won": "green", "lost": "red"}},
        "products": shown(PRODUCTS),
        "competitors": RIVALS,
        "lost_to": RIVALS,
    }
    lookup = ("customer", "amount")


class LeadResource(Resource):
    model = models.Lead
    plural = pgettext_lazy("several", "Leads")
    icon = "funnel"
    menu = "market"
    place = 10
    columns = ("number", "name", "contact_name", "phone", "source", "campaign", "region", "state", "protect_until", "twin", "owner")
    filters = ("state", "source", "campaign", "dealer", "industry", "region", "division", "series", "owner", "protect_until", "pool")
    groups = ("state", "source", "campaign", "owner", "region", "dealer")
    editable_when = {models.Lead.State.NEW, models.Lead.State.ASSIGNED, models.Lead.State.WORKING, models.Lead.State.QUALIFIED}
    form = (
        Section(_("Lead"), "name", "contact_name", "job", "phone", "email", "twin", "need", "series", "amount"),
        Section(_("Where it comes from"), "source", "campaign", "dealer", "industry", "division", "region", "owner"),
        Section(_("Standing"), "partner", "pool", "claimed_on", "protect_until", "active_on", "converted_on", "invalid_reason"),
    )
    actions = (
        leads.route, leads.claim, leads.log, leads.qualify, leads.convert, leads.assign, leads.join, leads.release, leads.dismiss, leads.revive
    )  # fmt: skip
    overlay = {
        "dealer": DEALERS,
        "state": {
            "colors": {
                "new": "default", "assigned": "blue", "working": "cyan", "qualified": "purple", "converted": "green", "invalid": "red", "pool": "gold"
            }
        }
    }  # fmt: skip
    lookup = ("contact_name", "phone")


class ActivityResource(Resource):
    model = models.Activity
    plural = pgettext_lazy("several", "Activities")
    path = "activities"
    icon = "contacts"
    menu = "crm"
    place = 25
    columns = ("day", "kind", "subject", "partner", "contact", "result", "next_on", "state", "owner")
    filters = ("state", "kind", "partner", "contact", "lead", "opportunity", "campaign", "day", "result", "owner", "done_on")
    groups = ("kind", "state", "owner", "partner", "result")
    search = ("partner",)
    sort = "-day"
    editable_when = {models.Activity.State.PLANNED}
    form = (
        Section(_("Activity"), "kind", "subject", "partner", "contact", "lead", "opportunity", "campaign", "day", "starts_at", "owner"),
        Section(_("What came of it"), "text", "result", "cost", "next_step", "next_on", "done_on", "checked_in_at", "place", "position"),
    )
    actions = (activities.finish, activities.check_in, activities.amend, activities.cancel)
    overlay = {"contact": {"lookup": {"partner": "partner"}}}


class CampaignResource(Resource):
    model = models.Campaign
    plural = pgettext_lazy("several", "Campaigns and events")
    icon = "sound"
    menu = "market"
    place = 20
    columns = ("number", "name", "kind", "parent", "starts_on", "ends_on", "budget", "actual_cost", "target_leads", "state", "owner")
    filters = ("state", "kind", "parent", "starts_on", "owner")
    groups = ("kind", "state", "parent", "owner")
    sort = "-starts_on"
    form = (
        Section(_("Campaign"), "name", "kind", "parent", "starts_on", "ends_on", "place", "owner"),
        Section(_("Plan"), "audience", "plan", "budget", "target_leads", "target_amount"),
        Section(_("Costs"), "costs", "planned_cost", "actual_cost"),
        Section(_("Sign-in"), "sign_in"),
    )
    overlay = {"costs": shown(COSTS)}
    actions = (
        campaigns.start, campaigns.open_sign_in, campaigns.renew_sign_in, campaigns.close_sign_in, campaigns.close, campaigns.cancel
    )  # fmt: skip


class RegistrationResource(Resource):
    model = models.Registration
    plural = _("Registered projects")
    icon = "solution"
    menu = "sales"
    place = 5
    columns = ("number", "title", "end_user", "dealer", "series", "scope", "amount", "phase", "state", "protected_until", "owner")
    filters = ("state", "phase", "dealer", "customer", "series", "region", "expected_on", "protected_until", "owner")
    groups = ("state", "phase", "dealer", "series", "owner")
    editable_when = {
        models.Registration.State.DRAFT,
        models.Registration.State.REFUSED,
        models.Registration.State.RELEASED,
        models.Registration.State.EXPIRED,
    }
    form = (
        Section(
            _("Project"),
            "title",
            "end_user",
            "customer",
            "dealer",
            "series",
            "scope",
            "amount",
            "expected_on",
            "division",
            "region",
            "opportunity",
            "owner",
        ),
        Section(_("Tender"), "bid_no", "bid_on", "bid_text", "competitors"),
        Section(_("Standing"), "phase", "submitted_on", "protected_until", "reason"),
    )
    actions = (
        registrations.submit, registrations.protect, registrations.refuse, registrations.prolong, registrations.to_phase, registrations.estimate, registrations.release,
        registrations.win, registrations.lose, registrations.expire,
    )  # fmt: skip
    overlay = {
        "dealer": DEALERS,
        "competitors": RIVALS,
        "state": {
            "colors": {"submitted": "gold", "protected": "cyan", "won": "green", "lost": "red", "expired": "orange", "refused": "red"}
        },
    }
    lookup = ("end_user", "scope")


class RivalResource(Resource):
    model = models.Rival
    plural = _("Competitors' products")
    icon = "swap"
    menu = "market"
    place = 40
    columns = ("name", "maker", "series", "item", "price_from", "price_to", "seen_on", "active")
    filters = ("maker", "series", "item", "active")
    groups = ("maker", "series")
    search = ("maker",)
    sort = "name"
    form = (
        Section(_("Product"), "maker", "name", "series", "item", "price_from", "price_to", "seen_on", "active"),
        Section(_("Beside ours"), "specs"),
        Section(_("Arguments"), "strengths", "weaknesses", "arguments"),
    )
    overlay = {"maker": RIVALS, "specs": shown(SPECS), "price_from": {"adds": False}, "price_to": {"adds": False}}
    match = ("name",)


class StageResource(Resource):
    model = models.Stage
    plural = _("Sales stages")
    icon = "ordered-list"
    menu = "settings"
    configuration = ("name",)
    columns = ("position", "name", "name_en", "probability", "days", "active")
    filters = ("active",)
    sort = "position"
    form = (Section(_("Sales stage"), "name", "name_en", "position", "probability", "days", "checklist", "checklist_en", "active"),)
    match = ("name",)


class EvaluationModelResource(Resource):
    model = models.EvaluationModel
    plural = _("Evaluation models")
    path = "evaluation-models"
    icon = "control"
    menu = "settings"
    configuration = ("name",)
    columns = ("name", "name_en", "kind", "active")
    filters = ("kind", "active")
    sort = "name"
    form = (Section(_("Evaluation model"), "name", "name_en", "kind", "factors", "bands", "remark", "active"),)
    actions = (evaluations.run,)
    overlay = {"factors": shown(measures.FACTORS), "bands": shown(measures.BANDS)}
    match = ("name",)


class EvaluationResource(Resource):
    model = models.Evaluation
    plural = _("Evaluations")
    icon = "star"
    menu = "crm"
    place = 60
    creatable = False
    editable_when = frozenset()
    columns = ("number", "partner", "model", "day", "score", "grade_before", "grade", "proposed_limit", "state")
    filters = ("state", "partner", "model", "grade", "day", "owner")
    groups = ("grade", "state", "model")
    search = ("partner",)
    form = (Section(_("Evaluation"), "partner", "model", "day", "score", "grade_before", "grade", "proposed_limit", "detail"),)
    actions = (evaluations.adopt, evaluations.set_aside)
    overlay = {"detail": {**shown(measures.DETAIL), "told": measures.retold}, "score": {"adds": False}}


class IndustryCompanyResource(Resource):
    model = models.IndustryCompany
    plural = _("Industry companies")
    path = "industry-companies"
    icon = "bank"
    menu = "market"
    place = 30
    columns = ("number", "name", "kind", "industry", "division", "phone", "website", "owner")
    filters = ("kind", "industry", "division", "owner", "active")
    groups = ("kind", "industry", "owner")
    form = (
        Section(
            _("Industry company"), "name", "short_name", "kind", "industry", "phone", "website", "division", "address", "owner", "active"
        ),
        Section(_("Duplicates"), "different_from"),
        Lines(_("People"), "contacts", "name", "part", "phone", "email", "job", "main"),
    )
    actions = (
        industry.to_customer,
        industry.to_competitor,
        *(of(one, models.IndustryCompany) for one in (partners.blacklist, partners.readmit)),
    )
    overlay = {"kind": {"choices": tuple((kind.value, kind.label) for kind in models.industry.INDUSTRY_KINDS), "default": "prospect"}}
    match = ("number", "name")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().filter(kind__in=models.industry.INDUSTRY_KINDS)


class IndustryPersonResource(Resource):
    model = models.IndustryPerson
    plural = _("Industry contacts")
    path = "industry-people"
    icon = "idcard"
    menu = "market"
    place = 35
    columns = ("name", "partner", "part", "phone", "email", "job")
    filters = ("partner", "part", "owner")
    search = ("partner",)
    form = (Section(_("Contact"), "name", "partner", "part", "phone", "email", "job", "owner"),)
    actions = (industry.to_contact,)
    overlay = {"name": {"required": True}, "partner": {"label": _("Industry company"), "target": models.IndustryCompany}}

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().filter(partner__kind__in=models.industry.INDUSTRY_KINDS)
