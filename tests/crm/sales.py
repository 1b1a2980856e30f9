"""Leads and opportunities that tests of the market need first."""

from __future__ import annotations

import secrets

from tests import trade
from tests.api import Api, Json
from tests.trade import some

LEAD, DEAL, PROJECT, CAMPAIGN = "crm.lead", "crm.opportunity", "crm.registration", "crm.campaign"


def lead(api: Api, **values: object) -> Json:
    return api.create(
        LEAD,
        {
            "name": some("Works"),
            "contact_name": "Wang",
            "phone": f"1{secrets.randbelow(10**10):010d}",
            "need": "A testing machine",
            **values,
        },
    )


def pool(api: Api) -> None:
    if not api.rows("partners.pool"):
        api.create("partners.pool", {"name": some("Pool")})


def deal(api: Api, **values: object) -> Json:
    return api.create(DEAL, {"title": some("Machine"), "customer": trade.customer(api)["id"], "amount": "1000", **values})


def tick_all(api: Api, one: Json) -> Json:
    for item in api.get(f"/crm/opportunities/{one['id']}/desk/")["stages"]:
        for point in item["items"]:
            one = api.act(one, "tick", item=point["text"])["document"]
    return one
