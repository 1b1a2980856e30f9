"""Documents that are revised under the same number; the former revision stays readable."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.utils.translation import gettext as _t

from kernel.refusals import Help
from kernel.specs import key_of

SUPERSEDED = "superseded"


class Revised:
    """Mixed into a document with `revision` and a state `superseded`."""

    objects: ClassVar[Any]
    number: str
    revision: int
    state: str

    @property
    def base(self) -> str:
        """The number that all its revisions share; what a company's own numbers are like is not guessed at."""
        return self.number.removesuffix(f"-R{self.revision}") if self.revision > 1 else self.number

    def following(self) -> dict[str, Any]:
        """Number and revision of the next one."""
        return {"revision": self.revision + 1, "number": f"{self.base}-R{self.revision + 1}"}

    def newest(self) -> Self | None:
        """The revision that has taken its place."""
        found: Self | None = type(self).objects.filter(number__startswith=f"{self.base}-R").order_by("-revision").first()
        return found

    def former(self) -> Self | None:
        """The revision that it has taken the place of."""
        numbers = [self.base, f"{self.base}-R{self.revision - 1}"]
        found: Self | None = type(self).objects.filter(number__in=numbers, revision=self.revision - 1).first()
        return found

    def way_on(self) -> tuple[str, list[Help]]:
        """An old revision leads to the present one."""
        found: Any = self.newest() if self.state == SUPERSEDED else None
        if found is None:
            return super().way_on()  # type: ignore[misc]
        told = {"number": found.number, "state": found.get_state_display()}
        help = [Help(_t("Open %(number)s") % {"number": found.number}, f"{key_of(type(found))}.open", {"id": found.pk})]
        return _t("It was replaced by %(number)s (%(state)s): go on there.") % told, help
