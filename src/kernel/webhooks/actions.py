"""What can happen to a webhook."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.webhooks.models import Webhook, fresh_secret


@action(label=_("Disable"), when=Webhook.State.ACTIVE, then=Webhook.State.DISABLED, says=_("disabled"))
def disable(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Tell this address nothing more. What happens meanwhile is not told later."""


@action(label=_("Enable again"), when=Webhook.State.DISABLED, then=Webhook.State.ACTIVE, says=_("enabled again"))
def enable(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Tell this address again what happens from now on."""
    webhook.failures = 0


@action(label=_("New key"), says=_("got a new key"), confirm=_("The receiver refuses everything until it knows the new key. Continue?"))
def renew(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Sign with a new key from now on; the old one is worth nothing any more."""
    webhook.secret = fresh_secret()


@action(label=_("Send a test"), when=Webhook.State.ACTIVE, says=_("tested"))
def test(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Send an event of the kind “kernel.webhook.test” to this address alone."""
