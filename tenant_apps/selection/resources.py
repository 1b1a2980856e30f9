"""How selection tables and configurations are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Resource, Section
from tenant_apps.selection import actions
from tenant_apps.selection.models import Configuration, RuleSet


class RuleSetResource(Resource):
    model = RuleSet
    path = "rule-sets"
    icon = "table"
    menu = "catalog"
    place = 15
    columns = ("name", "edition", "series", "state", "published_on", "remark", "updated_at")
    filters = ("state", "series")
    groups = ("series", "state")
    form = (
        Section(_("Selection table"), "name", "edition", "series", "bom", "item", "published_on", "remark"),
        Section(_("Options, rules and prices"), "table"),
    )
    actions = (actions.test, actions.publish, actions.reopen, actions.revise, actions.retire)
    editable_when = {RuleSet.State.DRAFT}
    match = ("name", "edition")
    lookup = ("edition",)
    importable = False


class ConfigurationResource(Resource):
    model = Configuration
    icon = "sliders"
    menu = "sales"
    place = 6
    columns = ("number", "code", "title", "rule_set", "preset", "standard", "list_price", "lead_days", "state", "owner", "updated_at")
    filters = ("state", "rule_set", "preset", "owner")
    groups = ("rule_set", "state", "owner")
    form = (
        Section(_("Configuration"), "rule_set", "title", "preset", "standard", "owner"),
        Section(_("Selection"), "choices", "code", "spec"),
        Section(_("Price and time"), "list_price", "cost", "lead_days", "reviewed", "item"),
    )
    actions = (actions.agree,)
    editable_when = {Configuration.State.EDITING, Configuration.State.VALID, Configuration.State.INVALID}
    lookup = ("code", "title", "list_price", "spec")
    importable = False
