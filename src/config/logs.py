"""What the programs write down about themselves."""

from __future__ import annotations

from typing import Any


def settings(*, audit: bool, level: str) -> dict[str, Any]:
    """Everything from `level` on goes to the console with its company and account; errors are counted; audit lines only where they are wanted."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s [%(company)s %(account)s] %(message)s"}},
        "filters": {"whose": {"()": "config.reporting.Whose"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["whose"]},
            "faults": {"class": "tenants.observing.Faults", "level": "ERROR"},
        },
        "loggers": {
            **{name: {"handlers": ["faults"]} for name in ("django.request", "celery.app.trace", "millwright")},
            "millwright.audit": {"level": "INFO" if audit else "CRITICAL"},
        },
        "root": {"handlers": ["console"], "level": level},
    }
