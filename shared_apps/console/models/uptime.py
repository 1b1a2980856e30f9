"""Whether the platform answered, minute by minute (P-C.1)."""

from __future__ import annotations

from django.db import models


class Probe(models.Model):
    """A minute in which somebody asked whether the platform works."""

    minute = models.DateTimeField(primary_key=True)
    ok = models.BooleanField()
    milliseconds = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=120, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.minute:%Y-%m-%d %H:%M} {'ok' if self.ok else self.trouble}"
