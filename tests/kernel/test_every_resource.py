"""Every kind of document keeps what its declaration promises, and answers at every address it has."""

from __future__ import annotations

import pytest

from kernel import registry
from kernel.access import EVERYBODY
from kernel.resources import Resource, Section
from tests.api import Api, at, where
from tests.founding import person
from tests.kernel import examples

EVERY = registry.everything()
PERSONAL = sorted(key for key, verbs in EVERYBODY.items() if key in EVERY and "read" in verbs)
every = pytest.mark.parametrize("resource", EVERY.values(), ids=EVERY)
MADE_BY_HAND = {key: resource for key, resource in EVERY.items() if resource.creatable}
granted = pytest.mark.parametrize(
    "resource", [one for key, one in EVERY.items() if key not in PERSONAL], ids=[key for key in EVERY if key not in PERSONAL]
)
personal = pytest.mark.parametrize("key", PERSONAL)
by_hand = pytest.mark.parametrize("resource", MADE_BY_HAND.values(), ids=MADE_BY_HAND)
ALWAYS = {"id", "version", "number", "_key", "_label"}


# what it says of itself ----------------------------------------------------------------------------------------------
@every
def test_what_is_shown_exists(resource: Resource):
    own = set(resource.own)
    assert set(resource.columns) | set(resource.filters) | set(resource.groups) | set(resource.lookup) | set(resource.summary) <= own
    assert resource.columns
    assert resource.sort.lstrip("-") in own | {"id"}
    assert {name for name in resource.filters if not resource.own[name].filter} == set()
    assert {name for name in resource.search if resource.own[name].type != "ref"} == set()
    assert set(resource.match) | {resource.model.label_field} <= own | {"id"}
    for part in resource.form:
        assert set(part.fields) <= own if isinstance(part, Section) else set(part.totals) <= set(part.columns)
    for name, specs in resource.line_specs.items():
        assert name in resource.model.line_kinds
        assert set(resource.line_parts[name].columns) == set(specs)


@every
def test_what_the_overlay_and_the_river_name_exists(resource: Resource):
    for path in resource.overlay:
        part, _dot, name = path.rpartition(".")
        assert name in (resource.line_specs[part] if part else resource.own)
    assert {name for name in resource.model.river if resource.own[name].type != "ref"} == set()
    assert {name for name in resource.model.search if name not in resource.own} == set()


@every
def test_every_required_value_can_be_given(resource: Resource):
    """Otherwise nobody could fill in the form."""
    if resource.creatable:
        needed = {name for name, spec in resource.own.items() if spec.required and not spec.readonly}
        assert needed <= resource.writable


@every
def test_every_verb_explains_itself(resource: Resource):
    for verb, action in resource.verbs.items():
        assert str(action.label)
        assert (action.__doc__ or "").strip().endswith("."), verb
        assert action.model is resource.model
        assert action.when <= set(resource.model.State.values) if resource.has_state else not action.when
        assert not {"events", "notes", "files", "print", "preview", "bulk", "lookup", "import", "export"} & {verb}


@every
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_described(full: Api, resource: Resource, language: str):
    told = full.get(f"/meta/{resource.app}/{resource.path}/", **{"Accept-Language": language})
    assert told["key"] == resource.key
    assert set(told["columns"]) <= set(told["fields"])
    assert {verb for verb, action in told["actions"].items() if not (action["label"] and action["help"])} == set()
    assert set(told["actions"]) == set(resource.verbs)
    assert resource.key in full.get("/meta/")["resources"]


# what it answers -----------------------------------------------------------------------------------------------------
@every
def test_it_is_listed(full: Api, resource: Resource):
    told = full.get(f"{at(resource.key)}?limit=500&count=1")
    assert told["count_exact"] and told["count"] == len(told["rows"]) >= 2
    always = ALWAYS | ({"_mark"} if resource.marked_by else set()) | ({"currency"} & set(resource.own))
    assert set(told["rows"][0]) - {"custom", "state"} == always | set(resource.columns) - {"state"}
    pages, cursor = [], ""
    while cursor is not None:
        page = full.get(f"{at(resource.key)}?limit=1&cursor={cursor}")
        pages, cursor = [*pages, *page["rows"]], page["next"]
    assert [row["id"] for row in pages] == [row["id"] for row in told["rows"]]


@every
def test_every_column_sorts_both_ways_and_pages_without_loss(full: Api, resource: Resource):
    everything = {row["id"] for row in full.rows(resource.key, "limit=500")}
    sortable = [name for name in resource.columns if resource.own[name].type not in ("json", "refs", "long")]
    for name in sortable:
        for sort in (name, f"-{name}"):
            seen, cursor = [], ""
            while cursor is not None:
                page = full.get(f"{at(resource.key)}?sort={sort}&limit=2&cursor={cursor}")
                seen, cursor = [*seen, *(row["id"] for row in page["rows"])], page["next"]
            assert len(seen) == len(set(seen)) and set(seen) == everything, sort


@every
def test_every_filter_finds_the_document_that_has_the_value(full: Api, resource: Resource):
    document = full.latest(resource.key)
    for name in resource.filters:
        shown = document[name]
        if shown in (None, "", []):
            query = f"{name}__isnull=true" if shown is None else f"{name}="
        else:
            first = shown[0] if isinstance(shown, list) else shown
            query = f"{name}={first['id'] if isinstance(first, dict) else first}"
        assert document["id"] in {row["id"] for row in full.rows(resource.key, f"limit=500&{query}")}, query


@every
def test_every_group_counts_every_row_once(full: Api, resource: Resource):
    count = full.get(f"{at(resource.key)}?count=1")["count"]
    sums = [name for name in resource.summary if resource.own[name].meta()["sum"]]
    for name in resource.groups:
        told = full.get(f"{at(resource.key)}?group={name}&sum={','.join(sums)}")
        assert told["groups_complete"] and sum(group["count"] for group in told["groups"]) == count
        assert all(group["label"] and set(group["sums"]) == set(sums) for group in told["groups"])


@every
def test_its_sums_are_those_of_its_rows(full: Api, resource: Resource):
    from decimal import Decimal

    names = [name for name, spec in resource.own.items() if spec.meta()["sum"] and spec.type == "money"]
    if names:
        told = full.get(f"{at(resource.key)}?limit=500&columns={','.join(names)}&sum={','.join(names)}")
        for name in names:
            assert Decimal(told["sums"][name]) == sum(Decimal(row[name] or 0) for row in told["rows"])


@every
def test_it_is_found_by_its_label_and_picked_by_its_id(full: Api, resource: Resource):
    document = full.latest(resource.key)
    if resource.model.search and resource.model.label_field in resource.model.search:
        found = full.rows(resource.key, f"limit=500&q={document['_label']}")
        assert document["id"] in {row["id"] for row in found}
    assert full.rows(resource.key, "q=zzqqxxyy") == []
    (picked,) = full.get(f"{at(resource.key)}lookup/?id={document['id']}")["rows"]
    assert (picked["id"], picked["label"]) == (document["id"], document["_label"])


@every
def test_it_is_read_whole_with_its_history(full: Api, resource: Resource):
    document = full.latest(resource.key)
    assert set(resource.line_parts) <= set(document)
    assert set(document["_actions"]) <= set(resource.verbs)
    for part in ("events", "notes", "files"):
        assert isinstance(full.get(f"{at(resource.key)}{document['id']}/{part}/")["rows"], list)
    full.get(f"{at(resource.key)}{2**40}/", status=404)


@every
def test_what_is_not_known_is_refused(full: Api, resource: Resource):
    for query in ("nonsense=1", "sort=nonsense", "columns=nonsense", "group=nonsense", "sum=nonsense", "id__gte=1"):
        assert full.get(f"{at(resource.key)}?{query}", status=400)["code"] == "unknown_field", query
    assert full.get(f"{at(resource.key)}?cursor=nonsense", status=400)["code"] == "bad_cursor"
    assert full.get(f"{at(resource.key)}?limit=0", status=400)["code"] == "bad_limit"


@every
def test_it_is_exported(full: Api, resource: Resource):
    for kind in ("xlsx", "csv"):
        job = full.post(f"{at(resource.key)}export/", {"format": kind}, 202)["job"]
        done = full.get(f"/jobs/{job['id']}/")
        assert (done["state"], done["result"].get("rows")) == ("done", full.get(f"{at(resource.key)}?count=1")["count"]), done
        assert full.client.get(done["result"]["file"]).status_code == 200


# what can be done with it --------------------------------------------------------------------------------------------
@by_hand
def test_it_is_created_changed_and_deleted(full: Api, resource: Resource):
    values = examples.of(resource, full)
    shown = full.post(f"{at(resource.key)}preview/", values)
    assert shown["_errors"] == []
    made = full.create(resource.key, values)
    assert made["version"] == 1
    name, new = examples.changed(resource)
    changed = full.change(made, {name: new})
    assert (changed["version"], changed[name]) == (2, new)
    told = full.change(made, {name: "late"}, 409)
    assert (told["code"], told["current"]) == ("stale", changed)
    if resource.deletable:
        full.delete(f"{at(resource.key)}{made['id']}/")
        full.get(f"{at(resource.key)}{made['id']}/", status=404)
    else:
        assert full.delete(f"{at(resource.key)}{made['id']}/", status=409)["code"] == "not_deletable"


@by_hand
def test_an_empty_form_says_what_is_missing(full: Api, resource: Resource):
    needed = {name for name in resource.writable if resource.own[name].required}
    if needed:
        told = full.post(at(resource.key), {}, 422)
        assert needed <= {error["path"] for error in told["errors"]}
        assert {error["code"] for error in told["errors"] if error["path"] in needed} == {"required"}
    assert full.post(at(resource.key), {"nonsense": 1}, 422)["errors"][-1]["code"]


@every
def test_what_is_not_made_by_hand_says_so(full: Api, resource: Resource):
    if not resource.creatable:
        assert full.post(at(resource.key), {}, 405)["code"] == "not_creatable"


@every
def test_every_verb_refuses_the_wrong_state_and_unknown_words(full: Api, resource: Resource):
    for row in full.rows(resource.key, "limit=20"):
        document = full.again(row)
        for verb, action in resource.verbs.items():
            assert full.act(document, verb, 422, nonsense=1)["errors"][0]["code"] == "unknown_field"
            if verb not in {*document["_actions"], *document.get("_blocked", {})}:
                needed = {name: examples.value(spec, full) for name, spec in action.params.items() if spec.required}
                told = full.refused(document, verb, "wrong_state", **needed)
                assert document["_label"] in told["detail"]


@every
def test_what_may_not_be_edited_is_not(full: Api, resource: Resource):
    for row in full.rows(resource.key, "limit=20"):
        document = full.again(row)
        if not document["_can"]["change"]:
            assert full.change(document, {}, 409)["code"] in ("wrong_state", "not_editable")
            assert full.again(document) == document


# who may not ---------------------------------------------------------------------------------------------------------
def addresses(resource: Resource, pk: int) -> list[tuple[str, str]]:
    """Every address of a resource, with the method that does something there."""
    base = at(resource.key)
    single = [("get", f"{base}{pk}/"), ("patch", f"{base}{pk}/"), ("delete", f"{base}{pk}/")]
    around = [(method, f"{base}{pk}/{part}/") for part in ("events", "notes", "files") for method in ("get", "post")][1:]
    verbs = [("post", f"{base}{pk}/{verb}/") for verb in resource.verbs]
    return [
        ("get", base),
        ("post", base),
        ("get", f"{base}lookup/"),
        ("post", f"{base}export/"),
        *single,
        ("get", f"{base}{pk}/events/"),
        *around,
        *verbs,
    ]


@granted
def test_a_member_without_roles_gets_nowhere(full: Api, as_role, resource: Resource):
    nobody, document = as_role(), full.latest(resource.key)
    for method, path in addresses(resource, document["id"]):
        status, told = nobody.ask(method, path, None if method in ("get", "delete") else {})
        expected = 405 if (method, path) == ("post", at(resource.key)) and not resource.creatable else 403
        assert status in (expected, 405) and told["code"] in ("forbidden", "method_not_allowed", "not_creatable"), (method, path, told)
    assert full.again(document) == document
    nobody.get(f"/meta/{resource.app}/{resource.path}/", status=404)
    told = nobody.post(f"{at(resource.key)}bulk/", {"verb": "delete", "ids": [document["id"]]})
    assert [(one["ok"], one["code"]) for one in told["results"]] == [(False, "forbidden")]


@personal
def test_what_everybody_has_of_their_own_shows_nobody_elses(full: Api, as_role, key: str):
    """A member without roles finds an empty list, and another's document is as absent as one that never was."""
    nobody, document = as_role(), full.latest(key)
    assert nobody.rows(key) == []
    for path in (where(document), f"{where(document)}events/"):
        assert nobody.get(path, 404)["code"] == "not_found"
    assert nobody.ask("patch", where(document), {})[0] in (403, 404)
    assert full.again(document) == document


@every
def test_somebody_who_is_no_member_is_told_nothing(full: Api, resource: Resource):
    stranger, document = Api.of_account(full.company, person().pk), full.latest(resource.key)
    for method, path in addresses(resource, document["id"]):
        status, told = stranger.ask(method, path, None if method in ("get", "delete") else {})
        assert (status, told["code"]) == (404, "not_found"), (method, path)
