import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("finance", "0002_charge_items"),
    ]

    operations = [
        migrations.AddField(
            "invoice", "due",
            models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="finance.due", verbose_name="Stage"
            ),
        ),
    ]
