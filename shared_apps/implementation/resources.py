"""How the implementation's documents are shown, to both sides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.resources import Lines, Print, Resource, Section
from shared_apps.implementation.actions import contract, papers, project, summing
from shared_apps.implementation.features import FEATURES
from shared_apps.implementation.models import AcceptanceScript, ChangeOrder, Confirmation, Milestone, Project, Requirement, ServiceContract

SIGNATURE = ("signed_by", "signed_as", "signed_at", "seal")


class ProjectResource(Resource):
    model = Project
    plural = _("Implementation projects")
    icon = "project"
    menu = "services"
    place = 50
    columns = (
        "number", "name", "client", "state", "starts_on", "live_by", "requirements", "coverage", "extra_days", "extra_price", "owner",
    )  # fmt: skip
    filters = ("state", "client", "owner")
    form = (
        Section(_("Implementation project"), "client", "name", "starts_on", "live_by", "live_on", "owner", "team"),
        Section(_("Requirements"), "requirements", "coverage", "extra_days", "extra_price"),
        Lines(_("Plan"), "steps", "week", "title", "party", "planned_on", "done_on"),
    )
    overlay = {"coverage": {"type": "percent"}}
    actions = (project.start, summing.list_requirements, summing.plan_services, project.go_live, project.cancel)
    editable_when = {Project.State.PREPARING, Project.State.RUNNING}
    lookup = ("client",)
    deletable = False
    importable = False


class RequirementResource(Resource):
    model = Requirement
    plural = pgettext_lazy("plural", "Requirements")
    icon = "ordered-list"
    menu = "services"
    place = 55
    columns = ("number", "department", "text", "importance", "difficult", "state", "fit", "feature", "days", "price", "signed_by")
    filters = ("state", "project", "fit", "importance", "difficult")
    groups = ("department", "state", "fit", "project", "importance")
    form = (
        Section(_("Requirement"), "project", "department", "text", "importance", "difficult", "current_tool", "asked_by", "feature"),
        Section(_("Answer"), "fit", "answer", "decision", "days", "price"),
        Section(_("Signature"), *SIGNATURE),
    )
    overlay = {"feature": {"type": "choice", "choices": FEATURES}}
    actions = (project.reply, project.agree, project.discuss, project.decide, project.reopen, project.drop)
    editable_when = {Requirement.State.NOTED}
    deletable = False


class ServiceContractResource(Resource):
    model = ServiceContract
    plural = _("Service contracts")
    path = "contracts"
    icon = "solution"
    menu = "services"
    place = 60
    columns = ("number", "title", "client", "state", "total", "paid", "signed_by", "signed_at")
    filters = ("state", "client", "project")
    form = (
        Section(_("Service contract"), "project", "title", "total", "scheme", "uptime", "paid"),
        Section(_("Terms"), "terms"),
        Section(_("Signature"), *SIGNATURE),
        Lines(_("Stages"), "stages", "name", "content", "percent", "amount", "due_on", totals=("percent", "amount")),
    )
    summary = ("total", "paid")
    actions = (contract.offer, contract.sign, contract.take_back, contract.cancel)
    prints = (Print("default", _("Service contract"), "contract"),)
    editable_when = {ServiceContract.State.DRAFT}
    deletable = False
    importable = False


class MilestoneResource(Resource):
    model = Milestone
    plural = _("Milestones")
    icon = "flag"
    menu = "services"
    place = 65
    columns = (
        "contract", "position", "name", "state", "percent", "amount", "due_on", "accepted_by", "accepted_at", "invoice_no", "paid_on",
    )  # fmt: skip
    filters = ("state", "contract", "client")
    groups = ("state", "contract")
    sort = "id"
    form = (
        Section(_("Milestone"), "contract", "name", "content", "percent", "amount", "due_on"),
        Section(_("Acceptance and payment"), "accepted_by", "accepted_at", "invoice_no", "paid_on", "payment"),
    )
    summary = ("amount",)
    actions = (contract.begin, contract.deliver, contract.send_back, contract.accept, contract.invoice, contract.pay)
    overlay = {name: {"readonly": True, "required": False} for name in ("contract", "name", "content")}
    editable_when = {Milestone.State.PLANNED, Milestone.State.IN_WORK}
    creatable = False
    deletable = False
    importable = False


class ChangeOrderResource(Resource):
    model = ChangeOrder
    plural = _("Change orders")
    path = "changes"
    icon = "diff"
    menu = "services"
    place = 70
    columns = ("number", "contract", "title", "state", "days", "amount", "signed_by")
    filters = ("state", "contract", "client")
    form = (
        Section(_("Change order"), "contract", "title", "reason", "days", "amount"),
        Section(_("Signature"), *SIGNATURE),
    )
    actions = (contract.offer_change, contract.agree_change, contract.reject_change)
    editable_when = {ChangeOrder.State.DRAFT}
    deletable = False
    importable = False


class ConfirmationResource(Resource):
    model = Confirmation
    plural = _("Confirmations")
    icon = "file-done"
    menu = "services"
    place = 75
    columns = ("number", "kind", "title", "project", "state", "signed_by", "signed_at")
    filters = ("state", "kind", "project")
    form = (
        Section(_("Confirmation"), "project", "kind", "title", "template", "text"),
        Section(_("Flow diagram"), "drawing"),
        Section(_("Signature"), *SIGNATURE, "remark"),
        Lines(_("Steps"), "steps", "no", "lane", "kind", "what", "then", "otherwise"),
    )
    actions = (papers.offer, papers.sign, papers.reject, papers.revise)
    prints = (Print("default", _("Confirmation"), "confirmation"),)
    editable_when = {Confirmation.State.DRAFT, Confirmation.State.REJECTED}
    deletable = False
    importable = False


class AcceptanceScriptResource(Resource):
    model = AcceptanceScript
    plural = _("Test scripts")
    path = "tests"
    icon = "check-square"
    menu = "services"
    place = 80
    columns = ("number", "title", "role", "milestone", "project", "state", "signed_by", "signed_at")
    filters = ("state", "role", "project")
    form = (
        Section(_("Test script"), "project", "title", "template", "role", "milestone"),
        Section(_("Signature"), *SIGNATURE),
        Lines(_("Steps"), "steps", "what", "expected", "result", "note"),
    )
    actions = (papers.ready, papers.finish, papers.again)
    prints = (Print("default", _("Test script"), "script"),)
    editable_when = {AcceptanceScript.State.DRAFT, AcceptanceScript.State.READY}
    deletable = False
    importable = False
