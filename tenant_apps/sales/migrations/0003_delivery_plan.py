from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sales", "0002_lines_of_contracts"),
    ]

    operations = [
        migrations.AddField(
            "order", "deliveries",
            models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, verbose_name="Delivery plan"),
        ),
    ]
