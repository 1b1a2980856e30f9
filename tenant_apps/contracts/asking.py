"""Who can decide about a contract or a change order that needs a higher authority than one's own, and how they are asked (spec 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import messages, people, words
from kernel.access import Actor
from kernel.refusals import Help
from kernel.specs import key_of
from tenant_apps.organization.people import who_sees
from tenant_apps.pricing import allowing, authority

if TYPE_CHECKING:
    from tenant_apps.contracts.models import Change, Contract

VERBS = {"contracts.contract": "sign", "contracts.change": "apply"}
"""What somebody of a higher authority does with it."""
FEW = 3


def deciders(document: Contract | Change) -> list[int]:
    """Colleagues who see it and may decide about it alone."""
    key = key_of(type(document))
    return who_sees(key, document.pk, authority.deciders(document.level, key, VERBS[key])) if document.pk else []


def way_on(document: Contract | Change) -> tuple[str, list[Help]]:
    """Who can decide about it, in a sentence, and what can be done next."""
    able = deciders(document)
    if not able:
        nobody = _t("Nobody here may decide so alone: change it, or have an administrator put the step under approval.")
        return nobody, []
    names = people.members()
    told = words.listed([names[one] for one in able[:FEW]])
    ask = Help(_t("Ask for their decision"), f"{key_of(type(document))}.ask", {"id": document.pk})
    return _t("These may decide so: %(names)s. Ask them, or change it.") % {"names": told}, [ask]


def needless(row: Mapping[str, Any], by: Actor) -> dict[str, str]:
    """Why nobody else need be asked about a draft, if so."""
    within = row["level"] <= authority.level_of(by)
    return {"ask": _t("It is within your own authority. Go on yourself.")} if within else {}


def tell(document: Any, able: list[int], by: Actor, at: datetime, note: str = "") -> None:
    """Put it into the messages of those who may decide, with the reasons and a link to it."""
    key = key_of(type(document))
    why = " ".join(dict.fromkeys(allowing.reason(one) for one in document.facts["findings"]))
    told = {"who": by.name, "what": document, "level": authority.name_of(document.level)}
    title = _t("%(who)s asks you to decide about %(what)s. It needs: %(level)s.") % told
    text = "\n".join(filter(None, (why, note)))
    messages.send(able, title, text=text, link={"_key": key, "id": document.pk}, origin=f"ask:{key}:{document.pk}:{at.isoformat()}")
