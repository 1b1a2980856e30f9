"""What happened on the platform that no company's own history tells: log-ins, lock-outs, second factors, support access, exports,
jobs, changes of permissions, calls of programs, what operators do."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.db import models

audit = logging.getLogger("millwright.audit")


class PlatformLog(models.Model):
    """One line of the platform's log. Never changed."""

    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    company = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True, default="")
    data: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="log_at"),
            models.Index(fields=["company", "-id"], name="log_company"),
            models.Index(fields=["account", "-id"], name="log_account"),
            models.Index(fields=["kind", "-id"], name="log_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.tell()

    def tell(self) -> None:
        """The same line to whatever collects this process's output, where nobody of the platform can change it."""
        told = {name: getattr(self, name) for name in ("at", "kind", "account", "company", "ip", "agent", "data")}
        audit.info("%s", json.dumps(told, default=str, ensure_ascii=False))
