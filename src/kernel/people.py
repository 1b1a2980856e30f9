"""Names of colleagues and units. The kernel knows only their ids; the organisation tells the names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kernel import config
from kernel.access import Actor

Names = Mapping[int, str]


class Directory:
    """Filled in by the app that keeps the people."""

    load_members: Callable[[], Names] = dict
    load_units: Callable[[], Names] = dict
    load_actor: Callable[[int], Actor | None] = staticmethod(lambda account: None)
    load_token: Callable[[str], Actor | None] = staticmethod(lambda secret: None)
    member_key: str = "organization.member"
    unit_key: str = "organization.unit"


directory = Directory()


def members() -> Names:
    """{id: name} of everybody who is or was a colleague."""
    return config.cached("members", directory.load_members)


def units() -> Names:
    return config.cached("units", directory.load_units)


def named(kind: str, key: int | None) -> dict[str, object] | None:
    """A person or unit as the API shows it."""
    if key is None:
        return None
    names = members() if kind == "member" else units()
    return {"id": key, "label": names.get(key, f"#{key}")}


def actor_of(account: int) -> Actor | None:
    """The member that a global account is in this company; None for strangers and for colleagues who left."""
    return config.cached(f"actor:{account}", lambda: directory.load_actor(account))
