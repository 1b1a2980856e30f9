"""A quote kept as a template, and quotes made of it (P-3.2, record 0188)."""

from __future__ import annotations

from tests import trade
from tests.api import PREFIX, Api, Json


def kept(api: Api, made: Json, name: str = "") -> Json:
    return api.made(made, "keep", "quoting.quotetemplate", name=name or trade.some("Standard"))


def test_a_template_has_everything_but_customer_and_prices(api: Api):
    item, option = trade.item(api), trade.item(api, "50")
    lines = [{"item": item["id"], "unit_price": "900", "discount": "5", "remark": "with jaws"}, {"item": option["id"], "kind": "optional"}]
    made = trade.quote(api, *lines, remark="Freight included", warranty_months=24, delivery_days=45)
    template = kept(api, made, "UTM standard")
    assert (template["_label"], template["remark"], template["warranty_months"], template["delivery_days"]) == (
        "UTM standard", "Freight included", 24, 45,
    )  # fmt: skip
    assert [(line["discount"], line["amount"], line["kind"], line["remark"]) for line in template["lines"]] == [
        ("0", "1000.00", "normal", "with jaws"), ("0", "50.00", "optional", ""),
    ]  # fmt: skip
    assert not {"customer", "state", "quote_date"} & set(template)
    assert template["id"] not in {row["id"] for row in api.rows("quoting.quote")}, "it is no quote"
    assert api.client.get(f"{PREFIX}/quoting/quotes/{template['id']}/").status_code == 404

    template = api.change(template, {"lines": [{"id": template["lines"][0]["id"], "discount": "3"}]})
    api.change(item, {"list_price": "1200"})
    first, second = trade.customer(api)["id"], trade.customer(api)
    offered = api.made(template, "offer", "quoting.quote", customer=first)
    assert (offered["lines"][0]["unit_price"], offered["lines"][0]["amount"], offered["state"]) == ("1200", "1164.00", "draft")
    assert (offered["customer"]["id"], offered["source_label"], offered["remark"]) == (first, "UTM standard", "Freight included")
    again = api.made(template, "offer", "quoting.quote", customer=second["id"], contact=second["contacts"][0]["id"])
    assert (again["number"] != offered["number"], again["contact"]["label"]) == (True, "Li")
    assert api.act(offered, "send")["document"]["state"] == "sent"


def test_a_template_is_named_and_a_quote_has_a_customer(api: Api):
    made = trade.quote(api)
    assert api.act(made, "keep", 422, name=" ")["errors"][0]["path"] == "name"
    assert api.create("quoting.quote", {"lines": []}, 422)["errors"][0]["path"] == "customer"
    assert api.create("quoting.quotetemplate", {"lines": []}, 422)["errors"][0]["path"] == "title"
    assert api.change(made, {"customer": None}, 422)["errors"][0]["path"] == "customer"


def test_templates_are_of_a_department_and_of_whom_they_are_shared_with(api: Api):
    maker, colleague = trade.join(api, "Sales engineer"), trade.join(api, "Sales engineer")
    elsewhere = trade.join(api, "Sales engineer", department="Service")
    item = trade.item(api)["id"]
    template = maker.create("quoting.quotetemplate", {"title": trade.some("Mine"), "lines": [{"item": item}]})
    assert colleague.again(template)["title"] == template["title"]
    colleague.patch(f"/quoting/templates/{template['id']}/", {"title": "Theirs"}, 403)
    elsewhere.get(f"/quoting/templates/{template['id']}/", 404)
    url = f"/quoting/templates/{template['id']}/shares/"
    api.post(url, {"member": elsewhere.member}, 201)
    customer = elsewhere.create("partners.partner", {"name": trade.some("Steel")})
    offered = elsewhere.made(template, "offer", "quoting.quote", customer=customer["id"])
    assert offered["lines"][0]["item"]["id"] == item
    elsewhere.patch(f"/quoting/templates/{template['id']}/", {"title": "Theirs"}, 403)


def test_lines_with_a_configuration_get_one_of_their_own(api: Api):
    table = {"options": [{"name": "size", "values": [{"code": "1", "price": "100"}]}]}
    rules = api.create("selection.ruleset", {"name": trade.some("Table"), "table": table})
    chosen = api.create("selection.configuration", {"rule_set": rules["id"], "choices": {"size": "1"}})
    made = trade.quote(api, {"item": trade.item(api)["id"], "configuration": chosen["id"]})
    template = kept(api, made)
    offered = api.made(template, "offer", "quoting.quote", customer=trade.customer(api)["id"])
    three = {one["lines"][0]["configuration"]["id"] for one in (made, template, offered)}
    assert len(three) == 3
    assert offered["lines"][0]["list_price"] == "100"
