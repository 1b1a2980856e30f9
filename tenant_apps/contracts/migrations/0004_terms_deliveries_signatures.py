from django.db import migrations, models

import kernel.fields

BILL = [
    ("any", "At any time"), ("before", "Before payment"), ("receipt", "Once paid"), ("delivery", "With delivery"), ("acceptance", "After acceptance"),
]
GATE = [
    ("none", "Nothing"), ("production", "Production release"), ("purchase", "Purchase release"), ("delivery", "Shipment"),
    ("install", "Start of installation"), ("invoice", "Invoicing"),
]
BY_TERM = {
    "bill": models.CharField(choices=BILL, db_default="any", default="any", max_length=10, verbose_name="Invoice"),
    "bill_rate": kernel.fields.PercentField(
        blank=True, help_text="Its invoice is made of what is sold at this rate; empty: of everything in proportion", null=True, verbose_name="VAT % of its invoice"
    ),
}


def empty(kind):
    return models.Value(kind(), models.JSONField())


class Migration(migrations.Migration):

    dependencies = [
        ("contracts", "0003_kinds_clauses_changes"),
    ]

    operations = [
        *(migrations.AddField(model, name, field.clone()) for model in ("planline", "schemeline") for name, field in BY_TERM.items()),
        *(
            migrations.AlterField(model, "gate", models.CharField(choices=GATE, default="none", max_length=10, verbose_name="Blocks"))
            for model in ("planline", "schemeline")
        ),
        migrations.AddField("planline", "due_date", models.DateField(editable=False, null=True, verbose_name="To be paid on")),
        migrations.AddField("planline", "paid", kernel.fields.MoneyField(db_default=0, editable=False, verbose_name="Paid")),
        migrations.AddField("contract", "rate", kernel.fields.PriceField(editable=False, null=True, verbose_name="Exchange rate")),
        migrations.AddField("contract", "level", models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="Authority needed")),
        migrations.AddField("contract", "facts", models.JSONField(db_default=empty(dict), default=dict, editable=False)),
        migrations.AddField("contract", "deliveries", models.JSONField(blank=True, db_default=empty(list), default=list, verbose_name="Delivery plan")),
        migrations.AddField("contract", "invoiced", kernel.fields.MoneyField(db_default=0, editable=False, verbose_name="Invoiced")),
        migrations.AddField("contract", "collected_rate", kernel.fields.PercentField(db_default=0, editable=False, verbose_name="Collected %")),
        migrations.AddField(
            "contract", "stages_in", models.CharField(blank=True, db_default="", default="", editable=False, max_length=12, verbose_name="Stages paid")
        ),
        migrations.AddField(
            "change", "plan",
            models.JSONField(
                blank=True, db_default=empty(list), default=list,
                help_text="Stages that were paid stay; the others share what is left by their percentages", verbose_name="Payment plan",
            ),
        ),
    ]
