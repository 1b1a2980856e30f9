"""Messages find their other ways, what is said of them reaches their alerts, and settings are read anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel import config, mail, messages, registry, tasks
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.returned import returns_of
from tenant_apps.process import notices, post
from tenant_apps.process.channels import returned, sending
from tenant_apps.process.channels.account import forget
from tenant_apps.process.engine import handling
from tenants.context import PUBLIC


@follows("process.rule.*", "process.channel.*", "process.standard.*")
def settings_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("process.channel.*")
def account_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    forget(sending.opened(document, ""))


@tasks.when_sweeping
def sweep() -> int:
    return 0 if config.schema() == PUBLIC else sending.send_due() + notices.sweep()


def anybody(actor: Actor) -> bool:
    """Whoever works in a company has an inbox; operators have theirs under the bell alone."""
    return config.schema() != PUBLIC and actor.id is not None


messages.when_sent(sending.carry)
mail.port.send = post.send
returns_of("m")(returned.message)
messages.when_handled(handling.handled)
registry.add_page(registry.Page("desk", "messages", _("My messages"), anybody))
registry.add_page(registry.Page("desk", "alerts", _("Alerts"), anybody))
