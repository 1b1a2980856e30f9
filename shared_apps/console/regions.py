"""Where the data of companies can be: in the region of this installation, and in others that operators have set up (P-D.6)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.refusals import FieldError, Invalid

CHOICES = (
    ("cn", _("Mainland China")),
    ("hk", _("Hong Kong")),
    ("sg", _("Singapore")),
    ("eu", _("European Union")),
    ("us", _("United States")),
)


def place(region: str) -> str:
    """What the region is called, with what its operators say of the place where that is this installation's."""
    name = str(dict(CHOICES).get(region, region))
    return f"{name} ({settings.DATA_PLACE})" if region == settings.DATA_REGION and settings.DATA_PLACE else name


def ask_installed(region: str) -> None:
    """Refuse a region in which there is no installation."""
    if region == settings.DATA_REGION:
        return
    told = _t(
        "All servers of this installation stand in: %(here)s. For %(there)s, install the product there first: database, Valkey, file "
        "storage, backup storage and a domain, with DATA_REGION=%(region)s. Then make an “Archive for another server” here and import it there."
    )
    names = {"here": place(settings.DATA_REGION), "there": place(region), "region": region}
    raise Invalid([FieldError("region", "not_installed", told % names)])
