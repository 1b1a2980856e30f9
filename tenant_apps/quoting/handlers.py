"""What quotes hear of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from tenant_apps.quoting import signing


@follows("contracts.contract.mail")
def contract_goes_out(contract: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """Contracts know nothing of letters: the letter with its link is written here, behind the same door as a quote's."""
    given = event.data.get("values", {})
    signing.mail(contract, given.get("email", ""), given.get("message", ""), by=by, at=at)


@follows("contracts.scheme.*")
def schemes_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """The authority that a quote needs is judged by the usual scheme, which every process keeps."""
    config.changed()
