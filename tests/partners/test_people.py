"""Whom the people of a customer work with, and where their numbers are hidden."""

from __future__ import annotations

import pytest

from tenant_apps.partners.models.partner import phone_key
from tests import trade
from tests.api import Api, where


def test_only_colleagues_stand_beside_a_contact(api: Api):
    """In the customer's form as on the contact's own page; whoever leaves is beside nobody there any more."""
    old, new = trade.customer(api), trade.customer(api)
    stranger, boss = (api.create("partners.contact", {"name": "Zhao", "partner": one["id"]}) for one in (new, old))
    li = old["contacts"][0]["id"]
    for name, who in (("reports_to", stranger["id"]), ("influences", li)):
        told = api.change(api.again(old), {"contacts": [{"id": li, name: who}, {"id": boss["id"]}]}, 422)["errors"]
        assert [(one["path"], one["code"]) for one in told] == [(f"contacts.0.{name}", "other_company")]
    made = api.change(api.again(old), {"contacts": [{"id": li, "reports_to": boss["id"]}, {"id": boss["id"]}]})
    assert made["contacts"][0]["reports_to"]["id"] == boss["id"]
    api.act(boss, "change_company", to=new["id"])
    assert api.read("partners.contact", li)["reports_to"] is None


def test_a_number_hidden_at_the_contact_is_hidden_wherever_it_stands(api: Api):
    masks = {"partners.contact": {"phone": "hide", "email": "hide"}, "crm.activity": {"text": "hide"}, "crm.lead": {"need": "hide"}}
    name = trade.some("Role")
    api.create("organization.role", {"name": name, "grants": {"*": {"*": "all"}}, "masks": masks})
    who = trade.join(api, name)
    made = trade.customer(api, contacts=[{"name": "钱七", "phone": "13655554321", "email": "x@y9z.cn"}])
    said = {"subject": "Call", "partner": made["id"], "text": "SECRET", "day": "2026-03-20"}
    api.act(api.create("crm.activity", said), "finish")
    api.create("crm.lead", {"name": made["name"], "need": "SECRET"})
    pk, desk = made["contacts"][0]["id"], f"/partners/partners/{made['id']}/desk/"
    assert "SECRET" in str(api.get(desk)) and "13655554321" in str(api.get(desk))
    for path in (where(made), desk, f"/crm/contact-log/?about=partners.partner&id={made['id']}"):
        told = str(who.get(path))
        assert "13655554321" not in told and "y9z" not in told and "SECRET" not in told, path
    for sought in ("136555", "x@y9z", "y9z"):
        assert (api.rows("partners.contact", f"q={sought}")[0]["id"], who.rows("partners.contact", f"q={sought}")) == (pk, [])
        assert who.get(f"/search/?q={sought}")["rows"] == []
    assert [row["id"] for row in who.rows("partners.contact", f"q=qianqi&partner={made['id']}")] == [pk]


@pytest.mark.parametrize("text", ["021-12345678 转 8", "021-12345678 ext. 8", "(021) 1234 5678#8", "02112345678分机8", "021-12345678x8"])
def test_an_extension_is_no_part_of_a_number(text: str):
    assert phone_key(text) == "02112345678"
