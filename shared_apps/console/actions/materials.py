"""Publishing training material (P-M.4)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.models import File
from kernel.refusals import FieldError, Invalid
from kernel.specs import key_of
from shared_apps.console.models import Material

S, Kind = Material.State, Material.Kind


@action(label=_("Publish"), when=(S.DRAFT, S.WITHDRAWN), then=S.PUBLISHED, style="primary", says=_("published"))
def publish(material: Material, *, by: Actor, at: datetime) -> None:
    """Let the people of all companies find it."""
    if material.kind == Kind.VIDEO and not material.link:
        raise Invalid([FieldError("link", "required", _t("Say where the video is seen."))])
    if material.kind == Kind.STEPS and not material.steps:
        raise Invalid([FieldError("text", "required", _t("Write the steps down, one a line."))])
    if material.kind == Kind.DOCUMENT and not (material.text or material.link or attached(material)):
        raise Invalid([FieldError("text", "required", _t("Write the text, give a link, or attach a file."))])
    material.published_at = material.published_at or at


def attached(material: Material) -> bool:
    return File.objects.filter(subject=key_of(Material), subject_id=material.pk, stored=True).exists()


@action(label=_("Withdraw"), when=S.PUBLISHED, then=S.WITHDRAWN, style="danger", says=_("withdrawn"))
def withdraw(material: Material, *, by: Actor, at: datetime) -> None:
    """Take it out of the library to change it; who has ticked it off stays known."""
