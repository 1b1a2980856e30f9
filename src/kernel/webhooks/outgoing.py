"""Requests to addresses that customers name: they reach the internet and nothing of ours.

The name is resolved here, every address it stands for is checked, and the connection goes to the checked address itself. A name
that answers differently the second time (DNS rebinding) therefore gains nothing, and redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Any

import urllib3
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

PATIENCE = urllib3.Timeout(connect=5, read=10)
MOST = 2000
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
EMBEDDING = [ipaddress.ip_network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
"""IPv6 networks whose addresses stand for an IPv4 address."""


class Blocked(OSError):
    """The address is not one of the internet."""


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


def public(address: Address) -> bool:
    """Whether this is a machine on the internet, or one that the operator has allowed (`OUTGOING_ALLOWED`)."""
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in ipaddress.ip_network(network) for network in settings.OUTGOING_ALLOWED):
        return True
    if any(address in network for network in EMBEDDING if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast


def connect(host: str, port: int, timeout: Any) -> socket.socket:
    """A connection to the first reachable address of a name; refused when any of its addresses is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    for address in addresses:
        if not public(ipaddress.ip_address(address.partition("%")[0])):
            raise Blocked("not an address of the internet")
    for number, address in enumerate(addresses):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError:
            if number == len(addresses) - 1:
                raise
    raise Blocked("no address")


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return connect(self._dns_host, self.port or 80, self.timeout)


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return connect(self._dns_host, self.port or 443, self.timeout)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


TROUBLES = {
    "off": _("The webhook is switched off."),
    "blocked": _("This address does not lead to the internet. It is not called."),
    "unknown_name": _("The name of this address is not known."),
    "timeout": _("It did not answer in time."),
    "certificate": _("Its certificate is not valid, or it does not answer by https."),
    "unreachable": _("It could not be reached."),
}
"""Why there is no answer, in words."""


def trouble(error: BaseException) -> str:
    """Which of them it was; libraries wrap the reason several times."""
    kinds: dict[type[BaseException], str] = {
        Blocked: "blocked",
        socket.gaierror: "unknown_name",
        ssl.SSLError: "certificate",
        urllib3.exceptions.SSLError: "certificate",
        TimeoutError: "timeout",
        urllib3.exceptions.TimeoutError: "timeout",
    }
    causes = [error]
    for one in causes:
        inner = [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]
        causes += [cause for cause in inner if isinstance(cause, BaseException) and cause not in causes]
    return next((told for kind, told in kinds.items() if any(isinstance(one, kind) for one in causes)), "unreachable")


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Post once and read the beginning of the answer. Errors: `OSError` or `urllib3.exceptions.HTTPError`."""
    return request("POST", url, body, headers)


def request(method: str, url: str, body: bytes | None, headers: dict[str, str], most: int = MOST) -> Answer:
    """The same by any method, reading at most so many bytes."""
    with urllib3.PoolManager(num_pools=1, retries=False, timeout=PATIENCE) as pools:
        pools.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
        answer = pools.request(method, url, body=body, headers=headers, redirect=False, preload_content=False)
        try:
            return Answer(answer.status, answer.read(most).decode("utf-8", "replace").replace("\x00", ""))
        finally:
            answer.close()
