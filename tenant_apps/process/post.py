"""Letters to customers go by the company's own mail server, where its administrator has entered one under Message channels."""

from __future__ import annotations

from kernel import mail
from tenant_apps.process.channels import choosing, email, sending
from tenant_apps.process.models import Channel


def send(letter: mail.Letter) -> None:
    """By the channel in use if it names a server; else by the platform's."""
    key = choosing.open_channels().get(Channel.Kind.EMAIL)
    channel = Channel.objects.get(pk=key) if key else None
    if channel is None or not channel.settings.get("host"):
        mail.by_platform(letter)
    else:
        email.carry(sending.opened(channel, ""), letter)
