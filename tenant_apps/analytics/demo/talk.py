"""What colleagues say about a quote or an order, and whom they mean."""

from __future__ import annotations

import random
import tomllib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kernel import notes
from kernel.access import Actor
from kernel.documents import Document
from tenant_apps.analytics.demo.book import HERE

if TYPE_CHECKING:
    from tenant_apps.analytics.demo.deals import World

SAID: dict[str, list[list[str]]] = tomllib.loads((HERE / "talk.toml").read_text())
LATELY = timedelta(days=45)
"""Nobody's inbox is full of what has long been settled."""
ONE_IN = 2


def talk(document: Document, by: Actor, world: World, at: datetime, chance: random.Random) -> None:
    """Sometimes there is something to say."""
    if at < world.now - LATELY or chance.randint(1, ONE_IN) > 1:
        return
    role, words = chance.choice(SAID[str(document._meta.model_name)])
    meant = world.crew[role]
    notes.write(document, f"@{meant.name} {words}", [meant.id], by=by, at=at)
