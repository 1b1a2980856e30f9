from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_units_and_tracking"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="name_en",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="On English papers and in lists for readers of English; empty: the name.",
                max_length=120, verbose_name="Name in English",
            ),
        ),
    ]  # fmt: skip
