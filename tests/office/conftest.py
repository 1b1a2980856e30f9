"""A company with forms of its own from the library, and a colleague who fills them in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import Api, Json


class Office:
    """One person at a company's own forms."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def fill(self, form: str, status: int = 201, lines: list[Json] | None = None, **values: Any) -> Json:
        return self.api.post(f"/office/{form}/", {"custom": values} | ({"lines": lines} if lines is not None else {}), status)

    def change(self, entry: Json, status: int = 200, **values: Any) -> Json:
        return self.api.patch(self.at(entry), {"version": self.read(entry)["version"], **values}, status)

    def act(self, entry: Json, verb: str, status: int = 200, **values: Any) -> Json:
        return self.api.post(f"{self.at(entry)}{verb}/", values, status)

    def read(self, entry: Json) -> Json:
        return self.api.get(self.at(entry))

    def rows(self, form: str, query: str = "") -> list[Json]:
        return self.api.get(f"/office/{form}/?{query}")["rows"]

    def submitted(self, form: str, lines: list[Json] | None = None, **values: Any) -> Json:
        return self.act(self.fill(form, lines=lines, **values), "submit")["document"]

    @staticmethod
    def at(entry: Json) -> str:
        app, form = entry["_key"].split(".")
        return f"/{app}/{form}/{entry['id']}/"


@pytest.fixture(scope="module")
def boss(api: Api) -> Office:
    """The administrator, in a company with all ready forms."""
    keys = [row["key"] for row in api.get("/office/forms/library/")["rows"]]
    api.post("/office/forms/library/", {"keys": keys, "publish": True}, 201)
    return Office(api)


@pytest.fixture(scope="module")
def ann(boss: Office) -> Office:
    """A sales engineer."""
    from tests.trade import join

    return Office(join(boss.api, "Sales engineer"))


@pytest.fixture(scope="module")
def ben(boss: Office) -> Office:
    from tests.trade import join

    return Office(join(boss.api, "Warehouse"))
