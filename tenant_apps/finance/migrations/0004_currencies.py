from django.db import migrations, models

import kernel.fields

RATED = ("due", "invoice", "receipt")
CURRENCY = models.CharField(db_default="CNY", default="CNY", editable=False, max_length=3, verbose_name="Currency")


class Migration(migrations.Migration):

    dependencies = [
        ("finance", "0003_invoices_of_stages"),
    ]

    operations = [
        *(migrations.AddField(name, "rate", kernel.fields.PriceField(editable=False, null=True, verbose_name="Exchange rate")) for name in RATED),
        *(migrations.AddField(name, "currency", CURRENCY) for name in ("due", "receipt")),
    ]
