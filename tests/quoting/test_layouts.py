"""Layouts of papers by the series of the goods, in one language or in both (record 0187)."""

from __future__ import annotations

import pytest

from kernel import printing, registry
from kernel.printing import bilingual, paper
from tests.api import PREFIX, Api, Json, where
from tests.kernel.test_papers import of_excel, of_pdf, of_word
from tests.trade import item, machine, quote, some

BLOCKS = [
    {"kind": "text", "title": "前言", "title_en": "Foreword", "text": "尊敬的{customer.name}", "text_en": "Dear {customer.name}"},
    {"kind": "ready", "form": "default"},
    {"kind": "signatures", "names": ["卖方"], "names_en": ["Seller"]},
]


def layout(api: Api, name: str, **values: object) -> Json:
    told = {"resource": "quoting.quote", "stands_for": "default", "blocks": BLOCKS}
    return api.create("kernel.printtemplate", {"name": some(name), **told, **values})


def sold(api: Api, *layouts: Json, price: str = "1000") -> int:
    series = api.create("catalog.series", {"name": some("Series"), "layouts": [one["id"] for one in layouts]})
    return int(api.change(machine(api, price), {"series": series["id"]})["id"])


def printed(api: Api, document: Json, query: str, way: str = "pdf") -> str:
    read = {"pdf": of_pdf, "docx": of_word, "xlsx": of_excel}[way]
    return read(api.client.get(f"{PREFIX}{where(document)}print/?as={way}&{query}").content)


def test_the_main_goods_choose_the_layout(api: Api):
    ours, theirs, english = layout(api, "Ours"), layout(api, "Theirs"), layout(api, "English", language="en")
    main, beside = sold(api, ours, english), sold(api, theirs, price="10")
    offer = quote(api, {"item": beside, "quantity": "2"}, {"item": main}, {"item": item(api, "9000")["id"]})
    key = {one["name"]: f"own-{one['id']}" for one in (ours, theirs, english)}
    told = api.get(f"{where(offer)}print/forms/")
    assert told["instead"]["default"] == {"zh-hans": key[ours["name"]], "en": key[english["name"]], "both": key[ours["name"]]}
    assert {one["key"] for one in told["forms"]} >= {"default", "technical", *key.values()}
    assert not set(key.values()) & {one["key"] for one in api.get("/meta/quoting/quotes/")["prints"]}, "the menu is not filled with them"

    text = printed(api, offer, "template=default&language=zh-hans")
    assert "".join(ours["name"].split()) in text and "前言" in text and "含税总价" in text, "its own words and the ready form in one"
    assert "前言" not in printed(api, offer, "template=default&language=zh-hans&exact=1")
    assert "".join(theirs["name"].split()) in printed(api, offer, f"template={key[theirs['name']]}&language=zh-hans")
    assert "Foreword" in printed(api, offer, "language=en")
    assert "前言" not in printed(api, quote(api), "language=zh-hans"), "goods of no series are printed as ever"


def test_a_layout_that_no_series_names_is_for_all(api: Api):
    everywhere = layout(api, "All", stands_for="technical", blocks=[{"kind": "text", "text": "Ours alone"}])
    offer = quote(api)
    assert "Oursalone" in printed(api, offer, "template=technical")
    api.change(everywhere, {"active": False})
    assert "Oursalone" not in printed(api, offer, "template=technical")


def test_what_cannot_be_a_layout_is_refused_and_one_in_use_stays(api: Api):
    wrong = {"resource": "quoting.quote", "name": some("X"), "blocks": BLOCKS, "stands_for": "napkin"}
    assert api.create("kernel.printtemplate", wrong, 422)["errors"][0]["path"] == "stands_for"
    used = layout(api, "Used")
    sold(api, used)
    assert api.delete(where(used), 409)["code"] == "in_use"


@pytest.mark.parametrize("way", ["pdf", "docx", "xlsx"])
def test_both_languages_beside_each_other(api: Api, way: str):
    offer = quote(api, {"item": machine(api, name="试验机")["id"]}, remark="急")
    text = printed(api, offer, "language=both", way)
    for part in (
        "报价单",
        "Quote",
        "含税总价Totalincl.VAT",
        "商务条款Terms",
        "感谢",
        "Thankyouforyourenquiry",
        "签字（盖章）Signature,stamp",
    ):
        assert part in text
    assert text.count("试验机") == 1, "what both say alike stands once"


def test_only_what_is_put_together_of_blocks_is_had_in_both_languages_and_as_word():
    every = [(one, form) for one in (*registry.everything().values(), *registry.of_platform().values()) for form in one.prints]
    told = {(bool(form.paper), bilingual.BOTH in printing.languages(one, form), "docx" in printing.ways(one, form)) for one, form in every}
    assert told == {(True, True, True), (False, False, False)}


def test_two_readings_are_joined_block_by_block():
    chinese = [paper.text("", "甲"), paper.text("", "乙"), paper.facts("客户", ("日期", "2026 年 1 月 2 日"), ("编号", "Q1"))]
    english = [paper.text("", "A"), paper.facts("To", ("Date", "2026-01-02"), ("No.", "Q1"))]
    alone, joined, about = bilingual.blocks(paper.ready(chinese), paper.ready(english))
    assert (alone["paragraphs"], joined["paragraphs"]) == (["甲"], [["乙", "A"]]), "what one of them says more is not lost"
    assert (about["title"], about["pairs"]) == ("客户 To", [["日期 Date", "2026-01-02"], ["编号 No.", "Q1"]])


def test_the_editor_shows_a_layout_on_a_document_of_its_series(api: Api):
    ours = layout(api, "Shown")
    meant = quote(api, {"item": sold(api, ours)})
    quote(api)
    tried = api.post("/print-templates/try/", {"resource": "quoting.quote", "blocks": BLOCKS, "template": ours["id"], "language": "both"})
    assert (tried["document"], len(tried["pages"]) > 0) == (meant["id"], True)
    assert api.post("/print-templates/try/", {"resource": "quoting.quote", "language": "xx"}, 400)["code"] == "bad_language"


def test_the_paper_beside_the_editor_has_the_layout_of_what_is_typed(api: Api, monkeypatch: pytest.MonkeyPatch):
    drawn: list[tuple[str, str]] = []
    monkeypatch.setattr(printing, "sketch", lambda _resource, form, _find, _actor, language: drawn.append((form.key, language)) or [])
    ours, theirs = layout(api, "Typed"), layout(api, "Saved")
    main, saved = sold(api, ours), quote(api, {"item": sold(api, theirs)})
    typed = {"customer": saved["customer"]["id"], "lines": [{"item": main}, {"item": sold(api, theirs, price="9000"), "kind": "optional"}]}
    asked = "/quoting/quotes/preview/print/?template=default&language="
    for language in ("en", "both"):
        api.post(asked + language, typed)
    line = saved["lines"][0]["id"]
    api.post(f"{asked}en", {"id": saved["id"], "lines": [{"id": line}, {"item": main, "quantity": "9"}]})
    api.post(f"{asked}en", {"id": saved["id"], "lines": [{"id": line, "quantity": "-1"}]})
    ours_key, theirs_key = (f"own-{one['id']}" for one in (ours, theirs))
    assert drawn == [(ours_key, "en"), (ours_key, "both"), (ours_key, "en"), (theirs_key, "en")]
