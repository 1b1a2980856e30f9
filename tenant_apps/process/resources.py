"""How alert rules, notices and channels are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Resource, Section
from tenant_apps.process import actions
from tenant_apps.process.models import Channel, Notice, Rule, Standard


class RuleResource(Resource):
    model = Rule
    plural = _("Alert rules")
    icon = "alert"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "resource", "level", "anchor", "state", "trouble")
    filters = ("state", "resource", "level")
    sort = "id"
    editable_when = None
    form = (
        Section(_("What is watched"), "name", "resource", "condition", "level"),
        Section(_("When"), "anchor", "field", "kinds", "unit_of_time", "working"),
        Section(_("Who is told"), "steps", "repeat"),
        Section(_("How it is told"), "facts", "per", "digest", "ack_stops"),
    )
    actions = (actions.disable, actions.enable)
    importable = False


class NoticeResource(Resource):
    model = Notice
    plural = _("Notices")
    icon = "notification"
    menu = "desk"
    columns = ("number", "title", "state", "published_at", "publish_at", "owner")
    filters = ("state", "owner")
    editable_when = {Notice.State.DRAFT}
    form = (
        Section(_("Notice"), "title", "text"),
        Section(_("Readers"), "everybody", "people", "roles", "units"),
        Section(_("When and how"), "publish_at", "ack", "remind_days", "published_at", "reminded_at"),
    )
    actions = (actions.publish, actions.plan, actions.remind, actions.withdraw)
    importable = False


class StandardResource(Resource):
    model = Standard
    plural = _("Work standards")
    icon = "safety"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "resource", "active")
    filters = ("resource", "active")
    groups = ("resource",)
    sort = "id"
    form = (
        Section(_("When it is followed"), "name", "resource", "verb", "condition", "active"),
        Section(_("What is done before"), "required", "checklist"),
    )
    importable = False


class ChannelResource(Resource):
    model = Channel
    plural = _("Message channels")
    icon = "api"
    menu = "settings"
    columns = ("name", "kind", "state", "trouble")
    filters = ("state", "kind")
    sort = "id"
    form = (Section(_("Channel"), "name", "kind", "settings"),)
    actions = (actions.try_out, actions.stop, actions.start)
    deletable = False
    importable = False
