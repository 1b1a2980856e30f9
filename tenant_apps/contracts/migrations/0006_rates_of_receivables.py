from django.db import migrations

FOREIGN = "contract.currency <> 'CNY' AND contract.rate IS NOT NULL"
RATES = (
    f"""UPDATE finance_due AS due SET currency = contract.currency, rate = contract.rate
FROM contracts_planline AS stage JOIN contracts_contract AS contract ON contract.id = stage.contract_id
WHERE stage.due_id = due.id AND {FOREIGN}""",
    f"""UPDATE sales_order AS placed SET rate = contract.rate FROM contracts_contract AS contract
WHERE placed.source = 'contracts.contract' AND placed.source_id = contract.id AND {FOREIGN}""",
    f"""UPDATE finance_invoice AS invoice SET rate = due.rate FROM finance_due AS due
WHERE invoice.due_id = due.id AND invoice.state = 'draft' AND due.rate IS NOT NULL""",
    f"""UPDATE finance_invoice AS invoice SET rate = placed.rate FROM sales_order AS placed
WHERE invoice.source = 'sales.order' AND invoice.source_id = placed.id AND invoice.state = 'draft' AND placed.rate IS NOT NULL""",
)
"""Receivables, orders and invoices not yet issued know the rate of their contract; what stands in the ledger stays as it was booked."""


class Migration(migrations.Migration):

    dependencies = [
        ("contracts", "0005_currency_authority_fixed_amounts"),
        ("finance", "0004_currencies"),
        ("sales", "0004_rate"),
    ]

    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in RATES
    ]
