"""What people may see and do: roles, and roles held for a time (W-1.3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import entry, formulas, layouts, reach, registry
from kernel.access import Actor, Grants
from kernel.documents import Document, Line
from kernel.refusals import FieldError, Invalid, Refused

MASKS = {"hide", "middle", "readonly"}


class Role(Document):
    """What people in it may see and do: grants by screen and verb with a reach over rows, fields masked, menu and lists arranged."""

    name = models.CharField(_("Name"), max_length=60)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    grants = models.JSONField(
        _("Grants"), default=dict, blank=True, help_text=_("For each document type and verb a reach, or a list of reaches")
    )
    masks = models.JSONField(_("Masked fields"), default=dict, blank=True, help_text=_("{resource: {field: hide, middle or readonly}}"))
    screens = models.JSONField(
        _("Screens"), default=dict, db_default=models.Value({}, models.JSONField()), blank=True,
        help_text=_("What is switched off, how the menu is arranged, and how lists begin"),
    )  # fmt: skip

    entry = models.JSONField(
        _("From where and when"), default=dict, db_default=models.Value({}, models.JSONField()), blank=True,
        help_text=_("Networks and hours in which whoever has the role may work; empty: everywhere and always."),
    )  # fmt: skip

    usual = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True, editable=False)
    """The usual role it was made from (`key`), and what that granted and masked when it was last compared; without these nobody knows."""

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Role")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        wrong = [*_wrong_grants(self.grants), *_wrong_masks(self.masks), *_wrong_screens(self.screens), *_wrong_usual(self.usual)]
        if wrong:
            raise Invalid(wrong)
        self.entry = entry.checked(self.entry)


class TemporaryRole(Line):
    """A role that a colleague holds from one day to another; it ends by itself."""

    member = models.ForeignKey("organization.Member", models.CASCADE, related_name="temporary")
    role = models.ForeignKey(Role, models.PROTECT, verbose_name=_("Role"), related_name="+")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    reason = models.CharField(_("Reason"), max_length=200)

    parent = "member"

    def __str__(self) -> str:
        return str(self.role)


def held(member: int, on: date) -> list[int]:
    """The roles that somebody holds for a time on a day."""
    return list(TemporaryRole.objects.filter(member=member, since__lte=on, until__gte=on).values_list("role_id", flat=True))


def check_temporary(rows: Iterable[Any]) -> None:
    """Refuse a time that ends before it begins."""
    wrong = [
        FieldError(f"temporary.{at}.until", "range", _t("It cannot end before it begins."))
        for at, row in enumerate(rows)
        if row.until < row.since
    ]
    if wrong:
        raise Invalid(wrong)


def _wrong_grants(grants: Any) -> list[FieldError]:
    if not _is_table(grants) or not all(reach.well_formed(value) for verbs in grants.values() for value in verbs.values()):
        told = _t("Grants say for each document type and verb how far it reaches. Reaches are: %(known)s, or rule: and a formula.")
        return [FieldError("grants", "bad_grants", told % {"known": ", ".join(reach.REACHES)})]
    wrong = [error for key, verbs in grants.items() for verb, value in verbs.items() for error in _wrong_rules(key, verb, value)]
    return wrong + _wrong_companies(companies_in(grants))


def companies_in(grants: Grants) -> set[str]:
    """The legal entities that grants name."""
    named = (one for verbs in grants.values() for value in verbs.values() for one in reach.parts(value))
    return {one.removeprefix(reach.COMPANY) for one in named if one.startswith(reach.COMPANY)}


def renamed(grants: Grants, before: str, now: str) -> Grants:
    """The same grants after a legal entity has got another name."""

    def one(value: Any) -> Any:
        return f"{reach.COMPANY}{now}" if value == f"{reach.COMPANY}{before}" else value

    return {
        key: {verb: [one(part) for part in value] if isinstance(value, list) else one(value) for verb, value in verbs.items()}
        for key, verbs in grants.items()
    }


def _wrong_companies(named: set[str]) -> list[FieldError]:
    from tenant_apps.organization.models import Company

    missing = named - set(Company.objects.filter(name__in=named).values_list("name", flat=True)) if named else set()
    told = _t("There is no company “%(name)s” in the group. Choose one of those under Companies.")
    return [FieldError("grants", "unknown_company", told % {"name": name}) for name in sorted(missing)]


def _wrong_rules(key: str, verb: str, value: Any) -> list[FieldError]:
    """Rules read the fields of one document type, so they can be made for one only."""
    found = []
    for rule in (one for one in reach.parts(value) if one.startswith(reach.RULE)):
        resource = registry.find(key)
        if resource is None:
            found.append(
                FieldError("grants", "rule_for_many", _t("A rule on fields is made for one document type, not for %(key)s.") % {"key": key})
            )
            continue
        try:
            formulas.parse(rule.removeprefix(reach.RULE)).condition(resource, {"me": 1})
        except Refused as refused:
            told = f"{resource.label} · {verb}: {refused.sentence}"
            found.append(FieldError("grants", refused.code, told))
    return found


def _wrong_masks(masks: Any) -> list[FieldError]:
    if not _is_table(masks) or not all(isinstance(how, str) and how in MASKS for fields in masks.values() for how in fields.values()):
        return [FieldError("masks", "bad_masks", _t("Masks are {resource: {field: hide, middle or readonly}}."))]
    return []


def _wrong_usual(usual: Any) -> list[FieldError]:
    """It comes along with configuration that somebody may have edited."""
    sound = isinstance(usual, dict) and set(usual) in (set(), {"key"}, {"key", "grants", "masks"}) and isinstance(usual.get("key", ""), str)
    if sound and _is_table(usual.get("grants", {})) and _is_table(usual.get("masks", {})):
        return []
    return [FieldError("usual", "bad_usual", _t("What a role was made from is {key, grants, masks}."))]


def _wrong_screens(screens: Any) -> list[FieldError]:
    told = FieldError("screens", "bad_screens", _t("Screens are {off: […], hidden: […], menu: [{key, label, icon, items}], lists: {…}}."))
    if not isinstance(screens, dict) or set(screens) - {"off", "hidden", "menu", "lists", "forms"}:
        return [told]
    sound = _texts(screens.get("off", [])) and _texts(screens.get("hidden", [])) and all(map(_is_group, _listed(screens.get("menu", []))))
    if not sound or not all(map(_is_list, _named(screens.get("lists", {})))):
        return [told]
    return layouts.faults(screens.get("forms", {}))


def _is_group(group: Any) -> bool:
    """A group of the menu: its key, and where it differs from the product's own its name, picture and entries."""
    return (
        isinstance(group, dict) and not set(group) - {"key", "label", "icon", "items"} and isinstance(group.get("key"), str)
        and all(isinstance(group.get(name, ""), str) for name in ("label", "icon")) and _texts(group.get("items", []))
    )  # fmt: skip


def _is_list(shown: Any) -> bool:
    """How a list begins: columns, filters, order."""
    return (
        isinstance(shown, dict) and not set(shown) - {"columns", "filters", "sort"} and _texts(shown.get("columns", []))
        and isinstance(shown.get("sort", ""), str) and isinstance(shown.get("filters", {}), dict)
        and all(isinstance(value, str) or _texts(value) for value in shown.get("filters", {}).values())
    )  # fmt: skip


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [None]


def _named(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else [None]


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(row, dict) for row in value.values())
