"""How the platform's documents are shown."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.resources import Resource, Section
from kernel.sensitivity import PERSONAL
from shared_apps.billing.plan_names import PLANS
from shared_apps.console.actions import announcements, clients, copies, feedback, leaving, materials, openings, people, places, support
from shared_apps.console.models import Announcement, Client, Feedback, Material, Opening, Person, Release, SupportAccess
from shared_apps.console.standing import TROUBLES
from shared_apps.console.training import MODULES


class ClientResource(Resource):
    model = Client
    plural = _("Companies")
    icon = "bank"
    menu = "platform"
    place = 10
    columns = (
        "name", "slug", "state", "trouble", "plan", "trial_until", "members", "documents", "megabytes", "last_seen_at", "backed_up_at",
        "release",
    )  # fmt: skip
    filters = ("state", "trouble", "plan", "signed_up_on")
    groups = ("state", "trouble", "plan")
    sort = "-signed_up_on"
    form = (
        Section(_("Company"), "name", "slug", "signed_up_on", "plan", "trial_until", "region", "copy_of"),
        Section(_("Use"), "members", "documents", "megabytes", "last_seen_at"),
        Section(_("Health"), "release", "backed_up_at", "trouble"),
        Section(_("Remark"), "remark"),
    )
    actions = (
        clients.activate, clients.extend_trial, copies.back_up, clients.record_transfer, clients.give_plan, copies.restore_beside, copies.move,
        places.set_domain, places.check_domain, places.remove_domain, places.choose_region,
        copies.archive, clients.suspend, copies.restore_over, clients.cancel,
        leaving.ask_deletion, leaving.confirm_deletion, leaving.call_off_deletion,
    )  # fmt: skip
    overlay: ClassVar = {"trouble": {"colors": TROUBLES}, "plan": {"type": "choice", "choices": PLANS}}
    lookup = ("slug", "state")
    creatable = False
    deletable = False
    importable = False


class OpeningResource(Resource):
    model = Opening
    plural = _("Company openings")
    icon = "bank"
    menu = "platform"
    place = 20
    columns = ("name", "slug", "owner_name", "owner_email", "state", "client", "created_by", "created_at")
    filters = ("state",)
    form = (
        Section(_("Company"), "name", "slug", "language", "template", "client"),
        Section(_("Administrator"), "owner_name", "owner_email"),
        Section(_("Remark"), "remark"),
    )
    overlay: ClassVar = {"owner_name": {"sensitive": PERSONAL}}
    actions = (openings.found, openings.again)
    editable_when = {Opening.State.DRAFT}
    importable = False
    match = ("slug",)


class PersonResource(Resource):
    model = Person
    plural = _("Platform users")
    path = "people"
    icon = "user"
    menu = "platform"
    place = 60
    columns = ("name", "email", "role", "client", "state")
    filters = ("state", "role", "client")
    sort = "id"
    form = (Section(_("Platform user"), "name", "email", "role", "client"),)
    overlay: ClassVar = {"name": {"sensitive": PERSONAL}}
    actions = (people.disable, people.enable)
    lookup = ("email", "role")
    deletable = False
    importable = False
    match = ("email",)


class SupportAccessResource(Resource):
    model = SupportAccess
    path = "support"
    icon = "key"
    menu = "services"
    place = 30
    columns = ("number", "client", "reason", "state", "hours", "may_change", "until", "created_by")
    filters = ("state", "client")
    form = (Section(_("Support access"), "client", "reason", "hours", "may_change", "until", "approved_by"),)
    actions = (support.approve, support.refuse, support.end)
    editable_when = frozenset()
    deletable = False
    importable = False


class FeedbackResource(Resource):
    model = Feedback
    path = "feedback"
    icon = "message"
    menu = "services"
    place = 10
    columns = ("number", "title", "client", "kind", "severity", "state", "answer_by", "owner", "created_at")
    filters = ("state", "kind", "severity", "client", "owner")
    groups = ("state", "severity", "kind", "client")
    form = (
        Section(_("Feedback"), "title", "kind", "severity", "screen", "text", "snapshot"),
        Section(_("Answer"), "area", "answer_by", "answer", "answered_at", "release", "client"),
    )
    actions = (feedback.classify, feedback.reply, feedback.deliver, feedback.decline, feedback.close, feedback.reopen)
    editable_when = {Feedback.State.NEW}
    deletable = False
    importable = False


class ReleaseResource(Resource):
    model = Release
    plural = _("Releases")
    icon = "rocket"
    menu = "services"
    place = 40
    columns = ("version_name", "released_on", "notes")
    filters = ("released_on",)
    sort = "-released_on"
    form = (Section(_("Release"), "version_name", "released_on", "notes"),)
    overlay: ClassVar = {"released_on": {"label": pgettext_lazy("version", "Released on")}}
    importable = False
    match = ("version_name",)


class AnnouncementResource(Resource):
    model = Announcement
    plural = _("Announcements")
    icon = "notification"
    menu = "services"
    place = 20
    columns = ("title", "kind", "state", "starts_at", "ends_at", "clients", "readers", "published_at")
    filters = ("state", "kind")
    form = (Section(_("Announcement"), "title", "kind", "starts_at", "ends_at", "clients", "text", "link"),)
    actions = (announcements.publish, announcements.withdraw)
    editable_when = {Announcement.State.DRAFT}
    importable = False
    match = ("title",)


class MaterialResource(Resource):
    model = Material
    plural = pgettext_lazy("plural", "Training material")
    icon = "read"
    menu = "services"
    place = 45
    columns = ("title", "kind", "module", "language", "minutes", "state", "readers", "published_at")
    filters = ("state", "kind", "module", "language")
    groups = ("module", "kind", "state")
    sort = "place"
    form = (
        Section(_("Training material"), "title", "kind", "module", "language", "minutes", "place"),
        Section(_("Content"), "link", "text"),
        Section(_("Use"), "readers", "published_at"),
    )
    overlay: ClassVar = {"module": {"type": "choice", "choices": MODULES}}
    actions = (materials.publish, materials.withdraw)
    editable_when = {Material.State.DRAFT, Material.State.WITHDRAWN}
    importable = False
    match = ("title",)
