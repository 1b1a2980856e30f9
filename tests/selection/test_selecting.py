"""From the table of a trade to an item with its bill of materials, through the API."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from kernel import calls, clock, files, people
from kernel.access import SYSTEM
from tenant_apps.selection import freezing, library, workbook
from tenant_apps.selection.models import Configuration
from tenants.context import tenant_context
from tests import trade
from tests.api import Api
from tests.faults.together import together
from tests.selection.test_tables import V1, V2

Json = dict[str, Any]
RULE_SETS = "/selection/rule-sets/"


@pytest.fixture(scope="module")
def table(api: Api) -> Json:
    """The table of testing machines, published."""
    made = api.create("selection.ruleset", {"name": trade.some("UTM-E"), "table": library.table("utm_e")})
    made = api.act(made, "test")["document"]
    return api.act(made, "publish")["document"]


def configured(api: Api, table: Json, **more: Any) -> Json:
    return api.create("selection.configuration", {"rule_set": table["id"], "choices": V1 | more})


def test_one_answer(api: Api, table: Json):
    told = api.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V1})
    assert (told["valid"], told["price"]["list"], told["cost"]["total"]) == (True, "256800.00", "118200.00")
    assert told["code"] == "UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P"
    assert told["disabled"]["frame"]["S"] == {
        "rule": "R1", "sentence": {"zh": "单柱机架只用于 5 kN 及以下", "en": "A single column carries 5 kN at most"},
        "change": {"F": "5", "chamber": "none"}, "later": False,
    }  # fmt: skip
    told = api.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V2 | {"F": "5", "grips": ["BF"]}})
    assert ([one["rule"] for one in told["broken"]], told["valid"]) == (["R2"], False)
    with CaptureQueriesContext(connection) as statements:
        api.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V1})
    assert not [one for one in statements if "selection_" in one["sql"]]


def test_a_number_is_told_what_it_may_be_and_what_would_mend_it(api: Api):
    """Over the wire: exact figures as texts, the rule in both languages; a table being tried out by whoever writes tables."""
    stroke = {"name": "stroke", "kind": "number", "least": "100", "most": "1500", "step": "0.5"}
    rules = [
        {
            "code": "B1",
            "kind": "bound",
            "option": "stroke",
            "when": "frame = 'S'",
            "most": "400",
            "sentence": {"zh": "单柱", "en": "One column"},
        }
    ]
    frames = {"name": "frame", "values": [{"code": "S"}, {"code": "D"}]}
    made = api.create("selection.ruleset", {"name": trade.some("Stroke"), "table": {"options": [frames, stroke], "rules": rules}})
    at = f"{RULE_SETS}{api.act(made, 'test')['document']['id']}/"
    told = api.post(f"{at}evaluate/", {"choices": {"frame": "S", "stroke": "612.5"}})
    one = {"rule": "B1", "sentence": {"zh": "单柱", "en": "One column"}}
    assert told["limits"]["stroke"] == {
        "ranges": [["100", "400"]], "rules": [one], "wrong": {**one, "nearest": ["400"], "change": {"frame": "D"}, "later": False},
    }  # fmt: skip
    assert (told["state"], told["choices"]["stroke"]) == ("invalid", "612.5")
    told = api.post(f"{at}evaluate/", {"choices": {"frame": "S", "stroke": "16000"}})
    assert (told["state"], told["missing"], told["problems"][0]["option"]) == ("invalid", [], "stroke")
    assert told["limits"]["stroke"]["wrong"] == {"rule": None, "sentence": "", "nearest": ["400"], "change": None, "later": False}
    assert api.post(f"{at}repair/", {"choices": {"frame": "S", "stroke": "612.5"}}) == {"change": {"frame": "D"}}


def test_costs_are_for_those_who_may_see_them(api: Api, table: Json, as_role):
    rep = as_role("Sales engineer")
    told = rep.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V1})
    assert "cost" not in told
    assert "118" not in json.dumps(rep.get(f"{RULE_SETS}{table['id']}/outline/"))
    assert rep.get(f"{RULE_SETS}{table['id']}/", 403)
    assert rep.post(f"{RULE_SETS}analyse/", {"table": {}}, 403)


def test_codes_questions_templates(api: Api, table: Json):
    at = f"{RULE_SETS}{table['id']}/"
    read = api.post(f"{at}parse/", {"code": "utm-e20d-1-ed-pg+bf-c1"})
    assert (read["choices"]["grips"], read["whole"], [one["rule"] for one in read["broken"]]) == ({"PG": 1, "BF": 1}, True, ["R7"])
    assert api.post(f"{at}parse/", {"code": "utm-e20d-1-ed-pg+bf-c1", "choices": {"air": "yes"}})["broken"] == []
    assert api.post(f"{at}repair/", {"choices": V1, "take": {"frame": "S"}})["change"] == {"F": "5", "chamber": "none"}
    api.post(f"{at}repair/", {"choices": V1, "take": {"frame": "Z"}}, 422)
    assert api.post(f"{at}guide/", {"answers": {"fmax": 80}})["choices"]["F"] == "100"
    api.create(
        "selection.configuration", {"rule_set": table["id"], "choices": V2, "preset": True, "title": "Plastics", "standard": "GB/T 1040"}
    )
    outline = api.get(f"{at}outline/")
    assert [one["standard"] for one in outline["templates"]] == ["GB/T 1040"]
    assert outline["presets"][0]["standard"] == "GB/T 228.1"
    assert table["id"] in [row["id"] for row in api.get("/selection/offer/")["rows"]]


def test_a_published_version_is_never_changed(api: Api, table: Json):
    api.patch(f"{RULE_SETS}{table['id']}/", {"remark": "x", "version": table["version"]}, 409)
    api.act(api.read("selection.ruleset", table["id"]), "revise")
    draft = api.latest("selection.ruleset")
    assert (draft["edition"], draft["state"]) == (2, "draft")
    broken = json.loads(json.dumps(draft["table"]))
    broken["options"][0]["values"][4]["price"] = "109000"
    draft = api.patch(f"{RULE_SETS}{draft['id']}/", {"table": broken, "version": draft["version"]})
    tested = api.act(draft, "test")["document"]
    refused = api.post(f"{RULE_SETS}{draft['id']}/publish/", {"version": tested["version"]}, 409)
    assert refused["code"] == "cases_failed"
    assert refused["errors"][0]["path"] == "table.cases.0.expect.list"


def test_a_table_tells_its_versions(api: Api, on_day, as_role):
    on_day(date(2026, 5, 1))
    made = api.create(
        "selection.ruleset", {"name": trade.some("Versions"), "table": {"options": [{"name": "a", "values": [{"code": "1"}]}]}}
    )
    first = api.act(api.act(made, "test")["document"], "publish")["document"]
    on_day(date(2026, 6, 1))
    second = api.made(first, "revise", "selection.ruleset")
    on_day(date(2026, 6, 3))
    api.act(api.act(second, "test")["document"], "publish")
    draft = api.made(second, "revise", "selection.ruleset")
    rows = api.get(f"{RULE_SETS}{first['id']}/versions/")["rows"]
    assert [(row["id"], row["edition"], row["state"], row["published_on"], row["since"]) for row in rows] == [
        (draft["id"], 3, "draft", None, "2026-06-03"), (second["id"], 2, "published", "2026-06-03", "2026-06-03"),
        (first["id"], 1, "retired", "2026-05-01", "2026-06-03"),
    ]  # fmt: skip
    assert [row["published_by"] and row["published_by"]["id"] for row in rows] == [None, api.member, api.member]
    assert api.get(f"{RULE_SETS}{draft['id']}/versions/")["rows"] == rows
    api.get(f"{RULE_SETS}999999/versions/", 404)
    as_role("Sales engineer").get(f"{RULE_SETS}{first['id']}/versions/", 403)


def test_a_drawing_belongs_to_its_configuration(api: Api):
    """A file is chosen by its id and name; what somebody else sent, or what is no file, is told at its option."""
    source = {"options": [{"name": "drawing", "kind": "file", "label": "图纸"}]}
    made = api.create("selection.ruleset", {"name": trade.some("Jig"), "table": source})
    made = api.act(api.act(made, "test")["document"], "publish")["document"]
    with tenant_context(api.company), calls.call():
        owner = people.directory.load_actor(api.company.owner_id)
        assert owner is not None
        mine, other = (files.keep("jig.pdf", b"%PDF-1.4", "application/pdf", by=who, at=clock.now()) for who in (owner, SYSTEM))
    kept = api.create("selection.configuration", {"rule_set": made["id"], "choices": {"drawing": f"{mine.pk} jig.pdf"}})
    assert kept["spec"] == "图纸：jig.pdf"
    assert [row["name"] for row in api.get(f"/selection/configurations/{kept['id']}/files/")["rows"]] == ["jig.pdf"]
    again = {"rule_set": made["id"], "choices": kept["choices"]}
    api.create("selection.configuration", again)
    for wrong in (f"{other.pk} jig.pdf", "jig.pdf", "999999999"):
        told = api.post("/selection/configurations/", {**again, "choices": {"drawing": wrong}}, 422)
        assert told["errors"][0]["path"] == "choices.drawing"


def test_what_is_wrong_is_told_by_its_place(api: Api, table: Json):
    wrong = {"options": [{"name": "a", "values": [{"code": "1", "price": "b + 1"}]}]}
    refused = api.post(RULE_SETS, {"name": trade.some("Bad"), "table": wrong}, 422)
    assert [one["path"] for one in refused["errors"]] == ["table.options.0.values.0.price"]
    assert api.post(f"{RULE_SETS}analyse/", {"table": wrong})["problems"][0]["path"] == "options.0.values.0.price"
    refused = api.post("/selection/configurations/", {"rule_set": table["id"], "choices": {"F": "7", "grips": {"WG": -1}}}, 422)
    assert {one["path"] for one in refused["errors"]} == {"choices.F", "choices.grips"}


def test_cells_of_a_spreadsheet(api: Api):
    cells = "选项\t标题\t代号\t取值\t加价\t颜色\r\nF\t试验力\t5\t5 kN\t38,000\t红\r\n\t\t10\t10 kN\t52,000\r\n"
    told = api.post(f"{RULE_SETS}sheets/", {"part": "options", "text": cells})
    assert told["sheets"]["options"][1] == {"code": "10", "value": "10 kN", "price": "52000"}
    assert [(one["path"], one["code"]) for one in told["problems"]] == [("F1", "unknown_heading")]
    rules = "规则号,条件,则,说明\nR1,F = 5,G = 'x',只用于 x\n"
    assert api.post(f"{RULE_SETS}sheets/", {"part": "rules", "text": rules})["sheets"]["rules"][0]["then"] == "G = 'x'"
    assert api.post(f"{RULE_SETS}sheets/", {"part": "rules", "text": "a,b\n1,2\n"})["problems"][0]["code"] == "headings"
    assert api.post(f"{RULE_SETS}sheets/", {"part": "nothing", "text": rules}, 400)


def test_a_workbook_comes_back_as_it_was_written():
    """Written in Chinese, read in either language; choices are told by their words, formulas of Excel are not taken."""
    rows = {
        "options": [{"name": "F", "kind": "single", "required": "no", "code": "0.5", "price": "20 * 3", "spec": "-"}, {"code": "100"}],
        "rules": [{"code": "R1", "kind": "excludes", "when": "F = 100", "then": "F = 0.5", "sentence": "=1+1"}],
        "base": [{"days": "35", "documents": "手册、合格证"}],
    }
    with override("zh-hans"):
        content = workbook.written(rows)
    with override("en"):
        assert workbook.read(content) == (rows, [])
    found, problems = workbook.read(workbook.written({}))
    assert (found, [one.code for one in problems]) == ({}, ["empty"])
    book = xlsxwriter.Workbook(stream := BytesIO())
    book.add_worksheet("Rules").write_row(0, 0, ["Code", "When"])
    book.worksheets()[0].write_formula(1, 1, "=A1")
    book.add_worksheet("Colours").write_column(0, 0, ["Red", "1"])
    book.close()
    found, problems = workbook.read(stream.getvalue())
    assert [(one.path, one.code) for one in problems] == [("Rules!B2", "formula"), ("Colours", "unknown_sheet")]


def test_a_large_table_is_looked_at_by_a_job(api: Api):
    """Contradictions, dead values and cases, as at once; the progress is told."""
    rules = [
        {"code": "P", "kind": "requires", "when": "b = 'x'", "then": "a = 1"},
        {"code": "Q", "kind": "requires", "when": "b = 'x'", "then": "a = 2"},
    ]
    options = [{"name": "a", "values": [{"code": "1"}, {"code": "2"}]}, {"name": "b", "values": [{"code": "x"}, {"code": "y"}]}]
    told = api.post(f"{RULE_SETS}analyse/", {"table": {"options": options, "rules": rules}, "whole": True}, 202)
    done = api.get(f"/jobs/{told['job']['id']}/")
    assert (done["state"], done["total"]) == ("done", 4)
    report = done["result"]["report"]
    assert (report["dead"], report["contradictions"]) == ([{"option": "b", "value": "x"}], [["P", "Q"]])


def test_a_table_of_which_nothing_can_be_chosen_is_not_published(api: Api):
    three = [{"name": name, "values": [{"code": "1"}, {"code": "2"}]} for name in "abc"]
    pairs = (("a", "b"), ("b", "c"), ("c", "a"))
    rules = [{"code": f"{one}{other}", "kind": "requires", "then": f"{one} != {other}"} for one, other in pairs]
    made = api.create("selection.ruleset", {"name": trade.some("Knot"), "table": {"options": three, "rules": rules}})
    told = api.refused(api.act(made, "test")["document"], "publish", "impossible")
    assert "analysis" in told["detail"]


def drawn(api: Api, line: Json) -> Json:
    return api.create("contracts.contract", {"customer": trade.customer(api)["id"], "lines": [line]})


# fixing ------------------------------------------------------------------------------------------------------------------
def test_signing_makes_an_item_with_its_parts_and_an_equal_configuration_shares_it(api: Api, table: Json):
    first, second = configured(api, table), configured(api, table)
    standing = api.read("selection.ruleset", table["id"])["item"]["id"]
    made = []
    for one in (first, second):
        line = {"item": standing, "configuration": one["id"], "unit_price": "256800"}
        signed = api.act(drawn(api, line), "sign")["document"]
        made.append(signed["lines"][0]["item"]["id"])
    assert made[0] == made[1] != standing
    item = api.read("catalog.item", made[0])
    assert (item["code"], item["list_price"], item["standard_cost"]) == (
        "UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P",
        "256800",
        "118200",
    )
    assert (item["net_weight"], item["gross_weight"]) == ("1084", "1219"), "780 + 60 + 180 + 38 + 26, packed in 95 + 40"
    bom = api.one("catalog.bom", f"item={made[0]}")
    assert len(bom["lines"]) == 12
    assert [step["hours"] for step in bom["operations"]] == ["16", "8", "12", "8", "8", "24", "4", "4"]
    assert {line["operation"] for line in bom["lines"]} == {10, 20, 30, 40, 50, 80}
    frozen = api.read("selection.configuration", first["id"])
    assert (frozen["state"], frozen["item"]["id"]) == ("frozen", made[0])
    api.patch(f"/selection/configurations/{first['id']}/", {"title": "x", "version": frozen["version"]}, 409)
    order = api.latest("sales.order")
    assert order["lines"][0]["item"]["id"] == made[0]


def test_what_is_not_valid_or_not_agreed_is_not_signed(api: Api, table: Json):
    standing = api.read("selection.ruleset", table["id"])["item"]["id"]
    for more, code in (({"frame": "S"}, "not_valid"), ({"stroke": "1500 mm"}, "review_needed")):
        one = configured(api, table, **more)
        agreed = drawn(api, {"item": standing, "configuration": one["id"], "unit_price": "256800"})
        api.refused(agreed, "sign", code)
    assert api.act(api.read("selection.configuration", one["id"]), "agree")["document"]["reviewed"]
    api.act(agreed, "sign")


def test_two_at_once_make_one(api: Api, table: Json):
    pair = [configured(api, table, warranty="36")["id"] for _time in range(2)]

    def fix(number: int) -> int:
        with tenant_context(api.company), calls.call():
            return freezing.freeze(Configuration(pk=pair[number]), by=SYSTEM, at=clock.now()).pk

    done = together(2, fix)
    assert done[0] == done[1]
