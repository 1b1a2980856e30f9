"""The API's description says of billing what it takes and answers, and what it answers is as described."""

from __future__ import annotations

import jsonschema

from tests.api import Api
from tests.billing.conftest import order


def test_what_is_answered_is_what_is_described(buyer: Api):
    order(buyer, method="bank_transfer")
    described = buyer.get("/schema/")
    for path in ("", "plans/", "invoices/", "title/"):
        shape = described["paths"][f"/api/v1/billing/{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(buyer.get(f"/billing/{path}"), shape)
    shown = buyer.post("/billing/preview/", {"plan": "team", "period": "month"})
    asked = described["paths"]["/api/v1/billing/preview/"]["post"]
    jsonschema.validate(shown, asked["responses"]["200"]["content"]["application/json"]["schema"])
    taken = asked["requestBody"]["content"]["application/json"]["schema"]
    assert {"starter", "team", "factory"} <= set(taken["properties"]["plan"]["enum"])
    assert set(taken["required"]) == {"plan", "period"}
