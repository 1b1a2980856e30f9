"""How forms are shown to whoever designs them. Their entries: `entries.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel import registry
from kernel.resources import Resource, Section
from tenant_apps.office import actions
from tenant_apps.office.models import Form

ICONS = (
    ("form", _("Sheet")), ("calendar", _("Calendar")), ("clock", _("Clock")), ("car", _("Car")), ("shopping", _("Shopping bag")), ("safety", _("Shield")),
    ("team", _("People")), ("inbox", _("Box")), ("folder", _("Folder")), ("idcard", _("Badge")), ("logout", _("Way out")), ("wallet", _("Wallet")),
    ("audit", _("Magnifier")), ("tag", _("Label")),
)  # fmt: skip


class FormResource(Resource):
    model = Form
    icon = "form"
    menu = "settings"
    place = 45
    columns = ("name", "name_en", "key", "menu", "revision", "changed", "decision", "state")
    filters = ("state", "menu")
    sort = "place"
    overlay = {
        "key": {"label": _("Key of the form")},
        "menu": {"type": "choice", "choices": tuple((group.key, group.label) for group in registry.MENUS if group.key not in ("platform", "services", "desk"))},
        "icon": {"type": "choice", "choices": ICONS},
    }  # fmt: skip
    form = (
        Section(_("Form"), "name", "name_en", "key", "icon", "menu", "place", "numbering"),
        Section(_("Who fills it in, sees it and decides"), "for_roles", "for_units", "seen_by", "seen_roles", "seen_units", "decision"),
        Section(_("Page, rules and print"), "design"),
    )
    actions = (actions.publish, actions.retire)
    configuration = ("key",)
    match = ("key",)
    lookup = ("key",)
    importable = False
