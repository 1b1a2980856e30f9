"""Publishing news (W-2.1.5)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from shared_apps.console.models import Announcement

S = Announcement.State


@action(label=_("Publish"), when=(S.DRAFT, S.WITHDRAWN), then=S.PUBLISHED, style="primary", says=_("published"))
def publish(announcement: Announcement, *, by: Actor, at: datetime) -> None:
    """Show it to the companies it is for."""
    announcement.published_at = at
    announcement.starts_at = announcement.starts_at or at


@action(label=_("Withdraw"), when=S.PUBLISHED, then=S.WITHDRAWN, style="danger", says=_("withdrawn"))
def withdraw(announcement: Announcement, *, by: Actor, at: datetime) -> None:
    """Take it off the companies' screens."""
