from django.db import migrations

import kernel.fields


class Migration(migrations.Migration):

    dependencies = [
        ("sales", "0003_delivery_plan"),
    ]

    operations = [
        migrations.AddField("order", "rate", kernel.fields.PriceField(editable=False, null=True, verbose_name="Exchange rate")),
    ]
