"""A company of a trade starts with that trade's words; a blank one without."""

from __future__ import annotations

import json

import pytest
from django.conf import settings

from config import trades
from tenant_apps.catalog.models import Category, Item, Measure, Series
from tenant_apps.contracts.models import Scheme
from tenant_apps.inventory.models import Warehouse
from tenant_apps.organization.models import Role
from tenant_apps.selection.models import RuleSet
from tenants.context import tenant_context
from tests.founding import browser

MODELS = (Category, Item, Measure, Scheme, Warehouse, Role, Series, RuleSet)


def counted(company) -> dict[str, int]:
    with tenant_context(company):
        return {model.__name__: model.objects.count() for model in MODELS}


def told(trade: str) -> dict[str, int]:
    parts = json.loads((trades.FOLDER / f"{trade}.json").read_text(encoding="utf-8"))
    return {part["resource"]: len(part["rows"]) for part in parts}


def test_what_sign_up_offers_is_there():
    assert set(settings.TRADES) - {"blank"} == set(trades.names())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("trade", trades.names())
def test_a_trade_brings_its_own_rows(found, trade, language):
    blank, company = counted(found(language=language, template="blank")), found(language=language, template=trade)
    more = {name.lower(): count - blank[name] for name, count in counted(company).items()}
    assert more == {key.partition(".")[2]: count for key, count in told(trade).items()}
    with tenant_context(company):
        spare = Category.objects.get(name={"zh-hans": "备件", "en": "Spare parts"}[language])
        ((name, english),) = RuleSet.objects.values_list("item__name", "item__name_en")
        assert (english if language == "zh-hans" else name).startswith(("UTM-E electronic", "VMC vertical"))
        assert spare.parent is None and Category.objects.exclude(parent=None).count() > 6
        for scheme in Scheme.objects.all():
            assert sum(line.percent for line in scheme.lines.all()) == 100


def test_sign_up_takes_the_trades_it_offers_and_no_other(platform):
    told = {
        "company": "Test",
        "slug": "trade-test",
        "name": "A",
        "email": "a@example.com",
        "password": "Long-enough-4-me",
        "template": "bakery",
    }
    refused = browser().post("/api/v1/signup/", told, content_type="application/json")
    assert refused.status_code == 422
    assert [error["path"] for error in refused.json()["errors"]] == ["template"]
