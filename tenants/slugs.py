"""Which names a company may choose for its address."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 3, 32
FORM = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)
RESERVED = frozenset(
    """
    about abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover backup beta billing blog
    cdn chat ci console contact dashboard data db dev developer dns doc docs download downloads email enter example files ftp
    git help host hostmaster images imap info internal join localhost login logout mail media metrics millwright monitor mx
    news noreply ns ns1 ns2 oauth official operator operators partner partners pay payment payments pop pop3 portal portals
    postmaster press preview private proxy public register root sales sandbox search secure security service services sftp
    shop signup smtp ssh ssl staging static statistics status store support sysadmin system tenant tenants tls undefined
    update upload user users vpn web webhook webhooks webmail webmaster wiki www www1 www2 xn
    """.split()  # noqa: SIM905 - a list of strings would fill a page
)

BRANDS = frozenset(
    "alipay aliyun bank dingtalk feishu google jiangcheng microsoft paypal qq stripe taobao tencent unionpay wechat wecom weixin".split()  # noqa: SIM905
)
ALIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("-", ""))
"""What looks like what in an address bar."""


SANDBOX = "-sandbox"


def skeleton(slug: str) -> str:
    """The same for all names that a hurried eye takes for one another."""
    for seen, taken_for in ALIKE:
        slug = slug.replace(seen, taken_for)
    return slug


OURS = frozenset(skeleton(name) for name in (RESERVED | BRANDS) if len(name) > SHORTEST)


def check(slug: str) -> None:
    """Refuse an address that cannot be a host name, or that people would take for ours."""
    if not SHORTEST <= len(slug) <= LONGEST:
        sentence = _("Use %(shortest)s to %(longest)s characters for the address.")
        raise ValidationError(sentence, code="slug_length", params={"shortest": SHORTEST, "longest": LONGEST})
    if not FORM.fullmatch(slug) or "--" in slug:
        raise ValidationError(_("Use small letters a–z, digits and single hyphens inside for the address."), code="slug_form")
    if slug.isdigit():
        raise ValidationError(_("Use at least one letter in the address."), code="slug_form")
    if slug in RESERVED or skeleton(slug) in OURS or slug.endswith(SANDBOX):
        raise ValidationError(_("This address is reserved. Choose another."), code="slug_reserved")
