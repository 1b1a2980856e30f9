"""Who wants to be told of what, and how telling it went."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.documents import Document
from kernel.fields import StateField
from kernel.refusals import FieldError, Invalid
from kernel.webhooks.keys import Keys, fresh

if TYPE_CHECKING:
    from kernel.access import Actor


class Webhook(Document):
    """An address of another program, and the kinds of events it is told."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        DISABLED = "disabled", _("Disabled")

    name = models.CharField(_("Name"), max_length=60)
    url = models.CharField(_("Address"), max_length=500, help_text=_("Begins with https://"))
    kinds = models.CharField(
        _("Events"), max_length=1000, help_text=_("Separated by spaces: sales.order.confirm, finance.invoice.* or * for all.")
    )
    secret = models.CharField(max_length=300, editable=False, default="")
    failures = models.PositiveIntegerField(_("Failures in a row"), default=0, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    search = ("name", "url")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Webhook")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        errors = [*url_errors(self.url), *kind_errors(self.kinds)]
        if errors:
            raise Invalid(errors)
        self.kinds = " ".join(dict.fromkeys(self.kinds.split()))
        self.secret = self.secret or Keys(fresh()).sealed()

    @property
    def keys(self) -> Keys:
        return Keys.opened(self.secret)

    def wants(self, kind: str) -> bool:
        return wanted(self.kinds, kind)


class Delivery(models.Model):
    """One event on its way to one address, with what came back."""

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="+")
    event = models.BigIntegerField()
    kind = models.CharField(max_length=100)
    body = models.TextField()
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    """When it is tried (again); None: delivered, or given up."""
    status = models.IntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="delivery_due", condition=models.Q(next_at__isnull=False))]
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"


def wanted(kinds: str, kind: str) -> bool:
    base = kind.rpartition(".")[0]
    return bool({kind, f"{base}.*", f"{base.partition('.')[0]}.*", "*"} & set(kinds.split()))


def url_errors(url: str) -> list[FieldError]:
    parts = urlsplit(url)
    schemes = {"https", "http"} if settings.OUTGOING_ALLOWED else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password or parts.fragment or not url.isascii():
        return [FieldError("url", "bad_url", _t("Give an address that begins with https:// and has no password in it."))]
    return []


def kind_errors(kinds: str) -> list[FieldError]:
    from kernel import registry

    known = registry.everything()
    apps = {key.partition(".")[0] for key in known}
    for one in kinds.split():
        base, _sep, _verb = one.rpartition(".")
        if one != "*" and base not in known and not (one.endswith(".*") and base in apps):
            return [FieldError("kinds", "unknown_kind", _t("There are no events “%(kind)s”.") % {"kind": one[:80]})]
    return []
