"""Screens of the organisation that are no lists."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from kernel import config, registry
from kernel.access import Actor
from tenants.context import PUBLIC


def _readers(key: str) -> Callable[[Actor], bool]:
    return lambda actor: config.schema() != PUBLIC and actor.may(key, "read")


def _keepers(key: str) -> Callable[[Actor], bool]:
    return lambda actor: config.schema() != PUBLIC and actor.may(key, "create")


def _administers(actor: Actor) -> bool:
    return config.schema() != PUBLIC and actor.is_admin


def fill() -> None:
    for name, label, may in (
        ("chart", _("Organisation chart"), _readers("organization.unit")),
        ("territories", _("Territories"), _keepers("organization.region")),
        ("codes", _("Code tables"), _keepers("organization.code")),
        ("periods", _("Accounting periods"), _keepers("organization.period")),
        ("parameters", _("Runtime parameters"), _keepers("organization.setting")),
        ("menus", _("Screen groups"), _keepers("organization.role")),
        ("screens", _("Screens"), _keepers("organization.role")),
        ("methods", _("Screen methods"), _keepers("organization.role")),
        ("duties", _("Conflicting duties"), _keepers("organization.role")),
        ("changes", _("Change log"), _administers),
    ):
        registry.add_page(registry.Page("settings", name, label, may))
