"""With which versions of a table machines are chosen: those offered; who reads tables may try others, which go nowhere (spec 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _t

from kernel.access import Actor
from kernel.refusals import FieldError, Help, Invalid, Refused
from tenant_apps.selection import ready

if TYPE_CHECKING:
    from tenant_apps.selection.models import Configuration

TRIAL = "trial"
"""In the result of a configuration: chosen before its version was published."""


def check_chosen(table: ready.Ready, by: Actor) -> None:
    """Refuse new or other choices with a version that is not offered, unless somebody who reads tables tries it before it is."""
    if table.settled and not table.offered:
        raise Invalid([FieldError("rule_set", "out_of_use", f"{_gone(table)} {_instead(table)}")])
    if not table.offered and not by.may("selection.ruleset", "read"):
        told = _t("%(table)s is not published yet; only people who see selection tables may try it.") % {"table": table.told}
        raise Invalid([FieldError("rule_set", "not_published", f"{told} {_instead(table)}")])


def noted(table: ready.Ready) -> dict[str, bool]:
    """What is kept with a result that is tried only."""
    return {} if table.settled else {TRIAL: True}


def check_going_out(configuration: Configuration) -> None:
    """Refuse what was chosen before its version was published: that could still have been changed."""
    table = ready.of(configuration.rule_set_id)
    tried = configuration.result.get(TRIAL)
    if table is not None and table.settled and not tried:
        return
    told = {"configuration": configuration, "table": configuration.rule_set}
    if table is not None and table.offered:
        sentence = _t("%(configuration)s was tried before %(table)s was published. Open it and keep the selection again.") % told
    else:
        sentence = _t("%(configuration)s was tried with %(table)s, which is not published.") % told
        sentence = f"{sentence} {_instead(table) if table else ''}".strip()
    raise Refused(
        "not_published", sentence, help=[Help(_t("Open the selection"), "selection.configuration.open", {"id": configuration.pk})]
    )


def _gone(table: ready.Ready) -> str:
    return _t("%(table)s is out of use: what was chosen with it stays as it is.") % {"table": table.told}


def _instead(table: ready.Ready) -> str:
    """How to go on."""
    offered = ready.present(table.name)
    if offered is None:
        return _t("Publish a version of this table first, or choose with another table.")
    return _t("Choose anew with %(table)s.") % {"table": offered.told}
