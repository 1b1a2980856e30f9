"""What can happen to rules, notices and channels."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.process import notices
from tenant_apps.process.channels import sending
from tenant_apps.process.engine import running
from tenant_apps.process.models import Alert, Channel, Notice, Rule


@action(label=_("Switch off"), when=Rule.State.ACTIVE, then=Rule.State.DISABLED, says=_("switched off"))
def disable(rule: Rule, *, by: Actor, at: datetime) -> None:
    """Watch no longer; its open alerts end."""
    running.close(Alert.objects.filter(rule=rule, closed_at=None), at)


@action(label=_("Switch on"), when=Rule.State.DISABLED, then=Rule.State.ACTIVE, style="primary", says=_("switched on"))
def enable(rule: Rule, *, by: Actor, at: datetime) -> None:
    """Watch from now on."""
    rule.trouble, rule.next_at = "", None


@action(
    label=_("Publish"), when=(Notice.State.DRAFT, Notice.State.PLANNED), then=Notice.State.PUBLISHED, style="primary", says=_("published")
)
def publish(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Put it into the inboxes now of everybody it is for."""
    notice.recipients = notices.recipients(notice)
    if not notice.recipients:
        raise Refused("nobody", _t("Nobody who is here belongs to these people, roles and departments."))
    notice.published_at = at
    notices.send(notice)


@action(label=_("Plan"), when=Notice.State.DRAFT, then=Notice.State.PLANNED, says=_("planned"))
def plan(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Publish it by itself at the moment given."""
    if notice.publish_at is None or notice.publish_at <= at:
        raise Invalid([FieldError("publish_at", "past", _t("Give a moment that is still to come."))])


@action(label=_("Remind"), when=Notice.State.PUBLISHED, says=_("readers reminded"))
def remind(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Tell those again who have not read it."""
    notice.reminded_at = at
    notices.remind(notice, at)


@action(
    label=_("Withdraw"),
    when=(Notice.State.PLANNED, Notice.State.PUBLISHED),
    then=Notice.State.WITHDRAWN,
    style="danger",
    says=_("withdrawn"),
)
def withdraw(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Take it out of the inboxes of those who have not read it."""
    notices.withdraw(notice)


@action(label=_("Send a test"), when=Channel.State.ACTIVE, says=_("tested"), params={"address": {"label": _("To"), "required": False}})
def try_out(channel: Channel, *, by: Actor, at: datetime, address: str = "") -> None:
    """Send a few words to this address, or to your own, at once, and say what the service answers."""
    channel.trouble = ""
    sending.test(channel, by, address.strip())


@action(label=_("Disable"), when=Channel.State.ACTIVE, then=Channel.State.DISABLED, says=_("disabled"))
def stop(channel: Channel, *, by: Actor, at: datetime) -> None:
    """Send nothing more by this account; what waits stays until it is enabled again."""


@action(label=_("Enable again"), when=Channel.State.DISABLED, then=Channel.State.ACTIVE, says=_("enabled again"))
def start(channel: Channel, *, by: Actor, at: datetime) -> None:
    """Send by this account again."""
    channel.trouble = ""
