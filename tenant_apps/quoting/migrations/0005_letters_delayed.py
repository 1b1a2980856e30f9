from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quoting", "0004_letters_of_contracts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="quotelink",
            name="delivery",
            field=models.CharField(
                choices=[("queued", "On its way"), ("sent", "Sent"), ("delayed", "Delayed"), ("bounced", "Not delivered")],
                default="queued",
                max_length=10,
            ),
        ),
    ]
