"""What can happen to a webhook."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.webhooks.models import Webhook


@action(label=_("Disable"), when=Webhook.State.ACTIVE, then=Webhook.State.DISABLED, says=_("disabled"))
def disable(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Tell this address nothing more. What happens meanwhile is not told later."""


@action(label=_("Enable again"), when=Webhook.State.DISABLED, then=Webhook.State.ACTIVE, says=_("enabled again"))
def enable(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Tell this address again what happens from now on."""
    webhook.failures = 0


@action(label=_("New key"), says=_("got a new key"), params={"at_once": {"label": _("Stop the former key at once")}})
def renew(webhook: Webhook, *, by: Actor, at: datetime, at_once: bool = False) -> None:
    """Sign with a new key from now on; the former one signs too for a day, so that the receiver can change over."""
    webhook.secret = webhook.keys.renewed(at, at_once=at_once).sealed()


@action(label=_("Send a test"), when=Webhook.State.ACTIVE, says=_("tested"))
def test(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Send an event of the kind “kernel.webhook.test” to this address alone."""
