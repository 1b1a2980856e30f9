"""Lines and sums: VAT is taken out per line, and every document adds up (spec 2.3)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kernel.money import cents
from tenant_apps.catalog.priced import sum_up
from tenant_apps.quoting.models import Quote, QuoteLine

quantities = st.decimals(min_value=Decimal("0.000001"), max_value=10_000, places=6)
prices = st.decimals(min_value=0, max_value=1_000_000, places=6)
discounts = st.decimals(min_value=0, max_value=100, places=2)
rates = st.sampled_from([Decimal(rate) for rate in (0, 6, 9, 13)])
lines = st.lists(st.builds(QuoteLine, quantity=quantities, unit_price=prices, discount=discounts, tax_rate=rates), max_size=8)


@given(lines)
def test_a_document_adds_up(rows: list[QuoteLine]):
    quote = Quote()
    sum_up(quote, rows)
    assert quote.total == sum(row.amount for row in rows)
    assert quote.net_total + quote.tax_total == quote.total
    for row in rows:
        assert row.amount == cents(row.quantity * row.unit_price * (100 - row.discount) / 100)
        assert abs(row.net_amount * (100 + row.tax_rate) / 100 - row.amount) <= Decimal("0.01")
