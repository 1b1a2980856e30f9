"""Both sides talk about a document; nobody of another company can be named, read or found."""

from __future__ import annotations

from collections.abc import Callable

from tenants.models import Tenant
from tests.api import Api, Json, where


def test_a_note_names_people_of_both_sides_only(project: Json, api: Api, consultant: Api, founded: Callable[[], Tenant]):
    other = Api.of_owner(founded())
    stranger = other.create("console.feedback", {"title": "Mine"})["created_by"]["id"]
    one = api.create("implementation.requirement", {"project": project["id"], "department": "x", "text": "x"})
    notes = f"{where(one)}notes/"
    offered = {row["id"] for row in api.get(f"{notes}lookup/?q=")["rows"]}
    seen = {row["id"] for row in consultant.get(f"{notes}lookup/?q=")["rows"]}
    assert offered and one["created_by"]["id"] in seen
    assert stranger not in offered | seen
    assert api.post(notes, {"text": "x", "mentions": [stranger]}, 422)["errors"][0]["path"] == "mentions"
    consultant.post(notes, {"text": "x", "mentions": [stranger]}, 422)
    consultant.post(notes, {"text": "请看一下", "mentions": [one["created_by"]["id"]]}, 201)


def test_what_all_companies_see_takes_no_words_of_one(api: Api, operator: Callable[..., Api]):
    release = operator().create("console.release", {"version_name": "9.9", "released_on": "2026-11-22"})
    api.post(f"{where(release)}notes/", {"text": "x"}, 403)
    api.post(f"{where(release)}files/", {"file": 1}, 403)
