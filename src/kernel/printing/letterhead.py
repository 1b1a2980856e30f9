"""What stands at the head and foot of a printed form. The kernel does not know the company; the organisation tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Letterhead:
    """The company as it writes itself. `logo` is a PNG, JPEG or SVG file's content."""

    name: str
    address: str = ""
    phone: str = ""
    tax_no: str = ""
    bank_name: str = ""
    bank_account: str = ""
    logo: bytes = b""

    def told(self) -> dict[str, Any]:
        return {**asdict(self), "logo": list(self.logo)}


def _by_tenant(document: Mapping[str, Any]) -> Letterhead:
    company: Any = getattr(connection, "tenant", None)
    return Letterhead(name=str(getattr(company, "name", "")))


class Port:
    """Filled in by the app that keeps the companies: from a document as the API shows it to the letterhead it is printed under."""

    letterhead_of: Callable[[Mapping[str, Any]], Letterhead] = staticmethod(_by_tenant)
    operator_of: Callable[[Mapping[str, Any]], Letterhead] = staticmethod(_by_tenant)
    """For documents of the platform: whoever runs it."""
    seal_of: Callable[[Mapping[str, Any]], bytes] = staticmethod(lambda document: b"")
    """The picture (PNG) of the seal of the company that a document belongs to; empty when there is none."""


port = Port()
