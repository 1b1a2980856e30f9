"""Choices that stand on a document which others rely on: they are not chosen anew behind their backs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from kernel.refusals import Help, Refused
from kernel.specs import key_of
from tenant_apps.selection.models import Configuration


def refuse(configuration: Configuration, document: Any, sentence: str) -> None:
    """Refuse other choices and lead to the document; `sentence` names `configuration` and `document`."""
    again = _t("Choose a new configuration; it can begin with this one's code.")
    told = sentence % {"configuration": configuration, "document": document}
    help = [Help(_t("Open %(number)s") % {"number": document}, f"{key_of(type(document))}.open", {"id": document.pk})]
    raise Refused("gone_out", f"{told} {again}", help=help)
