"""Host name → company without asking the database: this process first, then the shared cache, then one query."""

from __future__ import annotations

import functools
import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from redis.exceptions import RedisError

from tenants import states
from tenants.cache import SHARED
from tenants.context import here, public_context

if TYPE_CHECKING:
    from tenants.models import Tenant

LONGEST = 253
SECONDS_HERE = 5.0
SECONDS_SHARED = 60
NOBODY = "nobody"
_here: OrderedDict[str, tuple[float, Tenant]] = OrderedDict()
_KEEP = 2000


def host_of(slug: str) -> str:
    return f"{slug}.{settings.BASE_DOMAIN}"


def url_of(slug: str, path: str = "/") -> str:
    """The address of a company as people open it."""
    return address(host_of(slug), path)


def address(host: str, path: str = "/") -> str:
    usual = {"http": "80", "https": "443"}[settings.PUBLIC_SCHEME]
    port = "" if usual == settings.PUBLIC_PORT else f":{settings.PUBLIC_PORT}"
    return f"{settings.PUBLIC_SCHEME}://{host}{port}{path}"


def is_main(host: str) -> bool:
    """Whether this is the address of the product itself rather than a company's."""
    return host in {settings.BASE_DOMAIN, f"www.{settings.BASE_DOMAIN}", "127.0.0.1", "localhost", "[::1]"}


def is_console(host: str) -> bool:
    """Whether operators work at this address."""
    return host == host_of("console")


def company_at(host: str) -> Tenant | None:
    """The company that lives at this host name, if it is open."""
    if len(host) > LONGEST:
        return None
    known = _here.get(host)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    found = _shared(host)
    _here.pop(host, None)
    if found is not None:
        _here[host] = (time.monotonic() + SECONDS_HERE, found)
        while len(_here) > _KEEP:
            _here.popitem(last=False)
    return found


def forget(hosts: Iterable[str]) -> None:
    """Forget what was known of these hosts. Other processes follow within seconds."""
    hosts = list(hosts)
    for host in hosts:
        _here.pop(host, None)
    try:
        cache.delete_many([_key(host) for host in hosts])
    except (OSError, RedisError):
        return  # without the cache nothing is kept there either


def _shared(host: str) -> Tenant | None:
    key = _key(host)
    try:
        found = cache.get(key)
        if found is None:
            found = _ask(host) or NOBODY
            cache.set(key, found, SECONDS_SHARED)
    except (OSError, RedisError):  # a lost cache costs a query, not the answer
        return _ask(host)
    return None if found == NOBODY else found


@functools.cache
def _shape() -> str:
    """Changes with the columns of a company, so that two releases never read each other's."""
    from tenants.models import Tenant

    return hashlib.sha256(",".join(field.attname for field in Tenant._meta.concrete_fields).encode()).hexdigest()[:12]


def _key(host: str) -> str:
    return f"{SHARED}host:{_shape()}:{host}"


def _ask(host: str) -> Tenant | None:
    from tenants.models import Tenant

    own = host.removesuffix(f".{settings.BASE_DOMAIN}")
    where = Q(slug=own) if own != host else Q(domains__domain=host)
    with public_context():
        found = Tenant.objects.filter(where, state__in=states.OPEN).first()
    here().release()  # the next statement is the company's, for which another connection may be better
    return found
