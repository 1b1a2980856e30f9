"""What watches and tells: alert rules and alerts, notices, ways to people and what is on its way to them (W-3.2, spec 2.20)."""

from tenant_apps.process.models.alert import Alert
from tenant_apps.process.models.channel import Channel, Outgoing
from tenant_apps.process.models.notice import Notice
from tenant_apps.process.models.rule import Rule
from tenant_apps.process.models.standard import Standard

__all__ = ["Alert", "Channel", "Notice", "Outgoing", "Rule", "Standard"]
