from django.db import migrations, models

import kernel.fields

TERM_HELP = "Instead of a percentage; the last stage takes what is left"


class Migration(migrations.Migration):

    dependencies = [
        ("contracts", "0004_terms_deliveries_signatures"),
    ]

    operations = [
        migrations.AlterField(
            "contract", "currency",
            models.CharField(blank=True, default="", help_text="Three letters; empty: the company's own", max_length=3, verbose_name="Currency"),
        ),
        migrations.AddField("contract", "rate_until", models.DateField(editable=False, null=True, verbose_name="Rate valid until")),
        migrations.AddField("change", "level", models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="Authority needed")),
        migrations.AddField(
            "change", "facts", models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, editable=False)
        ),
        migrations.AddField(
            "planline", "fixed_amount",
            kernel.fields.MoneyField(blank=True, default=None, help_text=TERM_HELP, null=True, verbose_name="Fixed amount"),
        ),
    ]
