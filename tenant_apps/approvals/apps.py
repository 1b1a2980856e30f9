from collections.abc import Callable
from typing import TYPE_CHECKING

from kernel.apps import BusinessApp

if TYPE_CHECKING:
    from kernel.access import Actor


def reads(key: str) -> "Callable[[Actor], bool]":
    """Whether somebody may read a document type."""
    return lambda actor: actor.may(key, "read")


class ApprovalsApp(BusinessApp):
    name = "tenant_apps.approvals"
    label = "approvals"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kernel import registry

        pages = (
            ("desk", "approvals", _("My approvals"), "approvals.task"),
            ("settings", "subjects", _("What needs approval"), "approvals.flow"),
            ("settings", "limits", _("Signing limits"), "approvals.limit"),
        )
        for menu, name, label, needed in pages:
            registry.add_page(registry.Page(menu, name, label, reads(needed)))
