"""The signing keys of a webhook: the one in force, and the one before it for as long as receivers change over."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from kernel import sealed

OVERLAP = timedelta(hours=24)
PREFIX = "whsec_"


@dataclass(frozen=True)
class Keys:
    key: str
    since: int = 0
    """When it was handed out, in seconds of 1970; 0: nobody has seen it yet."""
    former: str = ""
    until: int = 0
    """Until when the former one signs too."""

    @classmethod
    def opened(cls, stored: str) -> Self:
        key, since, former, until = [*sealed.unseal(stored).split(" "), "0", "", "0"][:4]
        return cls(key, int(since), former, int(until))

    def sealed(self) -> str:
        return sealed.seal(f"{self.key} {self.since} {self.former} {self.until}")

    def renewed(self, at: datetime, *, at_once: bool = False) -> Keys:
        """A new key; the one that receivers know goes on signing beside it for a day, unless it must not be trusted any more."""
        if at_once:
            return Keys(fresh())
        if not self.since:
            return replace(self, key=fresh())
        return Keys(fresh(), 0, self.key, int((at + OVERLAP).timestamp()))

    def shown(self, at: datetime) -> Keys:
        """The same after somebody has seen the key, which happens once."""
        return replace(self, since=int(at.timestamp()))

    def signing(self, at: datetime) -> list[bytes]:
        """The keys that sign at this moment, the newest first."""
        keys = [self.key, self.former] if self.former_until(at) else [self.key]
        return [base64.b64decode(key.removeprefix(PREFIX)) for key in keys]

    def former_until(self, at: datetime) -> int:
        """Until when the former key signs too; 0 when it does not any more."""
        return self.until if self.former and at.timestamp() < self.until else 0


def fresh() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
