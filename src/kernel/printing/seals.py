"""The company's seal (公章) on printed forms: on which, in which states of the document, where on the paper (W-1.2.1).

    {"states": ["signed", "executing"], "signature": 1, "size": 40, "right": 0, "up": -8}

It stands over the place to sign that is counted from the left, the last one of the form; sizes and distances are millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kernel import registry
from kernel.printing.letterhead import port
from kernel.refusals import FieldError, Invalid, Refused

VERB = "seal"
PLACE = {"signature": (1, 1, 4), "size": (40, 15, 80), "right": (0, -60, 160), "up": (-8, -60, 120)}
"""{name: (usual, least, most)}"""
Seal = Mapping[str, Any]


def checked(key: str, seal: Any) -> dict[str, Any]:
    """Where a seal stands, as it is kept; nothing for a form that is never sealed."""
    if not isinstance(seal, dict) or set(seal) - {"states", *PLACE}:
        raise _wrong(_("A seal says in which states, at which place to sign, how large and how far from there."))
    if not seal:
        return {}
    found: dict[str, Any] = {"states": _states(key, seal.get("states", []))}
    for name, (usual, least, most) in PLACE.items():
        value = seal.get(name, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _wrong(_("A seal is 15 to 80 mm wide and stands near one of the first four places to sign."))
        found[name] = value
    return found


def _states(key: str, given: Any) -> list[str]:
    resource = registry.here().get(key)
    known = [value for value, _label in resource.own["state"].choices] if resource is not None and resource.has_state else []
    if not isinstance(given, list) or not set(map(str, given)) <= set(known) or (known and not given):
        raise _wrong(_("Choose the states in which the seal may be printed."))
    return [state for state in known if state in given]


def require(seal: Seal, document: Any) -> None:
    """Refuse a seal where the form, or the state of the document, does not allow one."""
    if not seal:
        raise Refused("no_seal", _("This form carries no seal. Your administrator sets that under Print templates."))
    if seal["states"] and document.state not in seal["states"]:
        states = dict(type(document).State.choices)
        told = {"states": ", ".join(str(states[one]) for one in seal["states"]), "state": states[document.state]}
        sentence = _(
            "The seal may be printed when it is: %(states)s. It is now “%(state)s”: take it there first, or print without the seal."
        )
        raise Refused("wrong_state", sentence % told)


def placed(seal: Seal, document: Mapping[str, Any]) -> dict[str, Any]:
    """The seal as the template sets it."""
    picture = port.seal_of(document)
    if not picture:
        raise Refused("no_seal", _("The company of this document has no seal yet. Upload it under Companies."))
    return {**seal, "picture": list(picture)}


def outlined(seal: Seal) -> dict[str, Any]:
    """The same as a mere circle, for a look at a form that is being designed."""
    return {**seal, "picture": []}


def _wrong(sentence: str) -> Invalid:
    return Invalid([FieldError("seal", "bad_seal", sentence)])
