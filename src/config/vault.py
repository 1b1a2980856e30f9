"""Secrets that a vault or an orchestrator puts into files: `SECRET_KEY_FILE` names the file that holds `SECRET_KEY`."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

SECRETS = (
    "SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "BROKER_URL", "CACHE_URL", "BACKUP_KEYS", "METRICS_TOKEN", "EMAIL_HOST_PASSWORD",
    "BOUNCE_IMAP_PASSWORD", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "WEIXIN_SECRET", "DINGTALK_SECRET", "WECOM_SECRET", "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY", "SENTRY_DSN",
)  # fmt: skip


def open_up(environment: MutableMapping[str, str]) -> None:
    """Read the files that are named. One that cannot be read stops the start: the embedded default must not take a secret's place."""
    for name in SECRETS:
        if path := environment.get(f"{name}_FILE"):
            if environment.get(name):
                raise RuntimeError(f"Both {name} and {name}_FILE are set. Leave one of them out.")
            environment[name] = Path(path).read_text(encoding="utf-8").strip()
            del environment[f"{name}_FILE"]
