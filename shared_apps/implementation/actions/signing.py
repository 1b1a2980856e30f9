"""Signing: only the company can, under a name, and what was signed is fixed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel.access import Actor
from kernel.refusals import FieldError, Invalid, Refused


def signature(document: Any, by: Actor, at: datetime, name: str) -> None:
    """Note who of the company signed a document, and when; refused for anybody else."""
    if by.company != document.client_id:
        raise Refused("not_yours", _t("Only the company itself can sign this."), status=403)
    if not name.strip():
        raise Invalid([FieldError("name", "required", _t("Please sign with your name."))])
    document.signed_by, document.signed_at = name.strip()[:80], at
