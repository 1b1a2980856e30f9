"""What the mail says that introduces a new colleague to customers: how it begins, and what may stand in it (W-1.5.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _t
from django.utils.translation import override

from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from tenant_apps.organization.handover import Handover

NAMES = ("contact", "customer", "before", "after", "phone", "email", "company")
PLACE = re.compile(r"\{([^{}]*)\}")


def suggested(language: str) -> tuple[str, str]:
    """Subject and text to begin with."""
    with override(language):
        subject = _t("%(after)s is now there for you") % {"after": "{after}"}
        text = _t(
            "Dear %(contact)s,\n\n%(before)s has handed over the work for %(customer)s to %(after)s, who is there for you from now on"
            " and knows what is under way.\n\nTelephone: %(phone)s\nE-mail: %(email)s\n\nWith kind regards\n%(company)s"
        )
        return subject, text % {name: f"{{{name}}}" for name in NAMES}


def settle(handover: Handover, languages: tuple[str, ...] = ("zh-hans", "en")) -> None:
    """Begin with the usual mail, in the language chosen, where nobody has written another; refuse places that mean nothing."""
    if not handover.notice:
        return
    usual = dict(zip(("subject", "letter"), suggested(handover.notice), strict=True))
    others = {name: {suggested(one)[at] for one in languages} | {""} for at, name in enumerate(usual)}
    for name, text in usual.items():
        if getattr(handover, name) in others[name]:
            setattr(handover, name, text)
        strange = [one for one in PLACE.findall(getattr(handover, name)) if one not in NAMES]
        if strange:
            told = {"name": strange[0][:40], "known": ", ".join(f"{{{one}}}" for one in NAMES)}
            raise Invalid([FieldError(name, "unknown_place", _t("There is nothing to put for {%(name)s}. Known are: %(known)s.") % told)])
