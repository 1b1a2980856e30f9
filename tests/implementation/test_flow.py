"""A flow is drawn from its rows, in the same picture for the screen and for the paper."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdf
import pytest
from django.utils.translation import override

from shared_apps.implementation import drawing, templates
from shared_apps.implementation.models.flow import FlowStep, check, number
from tests.api import PREFIX, Api, Json, where

READY = templates.ReadyFlow.values


@pytest.fixture
def flow(project: Json, consultant: Api) -> Json:
    values = {"project": project["id"], "kind": "flow", "title": "采购", "template": "purchasing"}
    return consultant.create("implementation.confirmation", values)


def steps_of(name: str) -> list[FlowStep]:
    return [FlowStep(**{"kind": "step", **values}) for values in templates.flow(name)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", READY)
def test_every_ready_flow_is_sound_and_fits_its_columns(name: str, language: str):
    with override(language):
        steps = steps_of(name)
    number(steps)
    assert check(steps) == []
    assert all(len(step.lane) <= 20 and len(step.what) <= 40 for step in steps)


@pytest.mark.parametrize("name", READY)
def test_no_line_crosses_a_step(name: str):
    told = drawing.draw(steps_of(name))
    for edge in told["edges"]:
        for (x1, y1), (x2, y2) in pairwise(edge["path"]):
            assert x1 == x2 or y1 == y2
            for row, node in enumerate(told["nodes"]):
                left, top = 100 * node["lane"] + 12 + drawing.SLANT, 100 * row + 18
                inside = max(x1, x2) > left and min(x1, x2) < left + 76 - 2 * drawing.SLANT
                assert not (inside and max(y1, y2) > top and min(y1, y2) < top + 64), (edge, node)


def test_each_decision_has_both_ways_on():
    told = drawing.draw(steps_of("quote_to_cash"))
    labels = [edge["label"] for edge in told["edges"]]
    assert labels.count("yes") == labels.count("no") == sum(node["kind"] == "decision" for node in told["nodes"]) == 4
    assert told["lanes"] and len(told["edges"]) == len(told["nodes"]) - 1 + 4


def test_rows_are_numbered_and_drawn_as_they_are_typed(project: Json, consultant: Api):
    rows = [{"lane": "销售部", "what": "报价"}, {"lane": "财务部", "kind": "end", "what": "开票"}]
    values = {"project": project["id"], "kind": "flow", "title": "x", "steps": rows}
    shown = consultant.post("/implementation/confirmations/preview/", values)
    assert shown["drawing"]["lanes"] == ["销售部", "财务部"]
    assert [step["no"] for step in shown["steps"]] == [10, 20]
    made = consultant.create("implementation.confirmation", values)
    assert made["drawing"] == shown["drawing"]


@pytest.mark.parametrize(
    ("row", "path", "code"),
    [
        ({"no": 10}, "steps.0.no", "duplicate"),
        ({"then": 99}, "steps.1.then", "not_found"),
        ({"no": 20, "then": 20}, "steps.1.then", "not_found"),
        ({"kind": "decision"}, "steps.1.otherwise", "required"),
        ({"otherwise": 10}, "steps.1.otherwise", "not_decision"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_its_cell(project: Json, consultant: Api, row: Json, path: str, code: str):
    rows = [{"no": 10, "lane": "A", "what": "First"}, {"lane": "A", "what": "Second", **row}]
    told = consultant.create("implementation.confirmation", {"project": project["id"], "title": "x", "steps": rows}, 422)
    assert (path, code) in {(error["path"], error["code"]) for error in told["errors"]}


def test_the_picture_and_the_signature_are_on_the_paper(flow: Json, api: Api, consultant: Api):
    consultant.act(flow, "offer")
    api.act(api.again(flow), "sign", name="王建国")
    answer = api.client.get(f"{PREFIX}{where(flow)}print/?language=zh-hans")
    assert answer.status_code == 200
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert all("".join(node["text"].split()) in text for node in flow["drawing"]["nodes"])
    assert "王建国" in text and api.again(flow)["seal"] in text
