from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0007_print_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name="numberrule",
            name="by_hand",
            field=models.BooleanField(db_default=False, default=False, help_text="Whoever has the permission “Type the number” may give a new document its number.", verbose_name="May be typed by hand"),
        ),
        migrations.AddField(
            model_name="numberrule",
            name="by_hand_fits",
            field=models.BooleanField(db_default=False, default=False, help_text="Otherwise any text that no other document of the kind has.", verbose_name="What is typed must fit the pattern"),
        ),
        migrations.AddField(
            model_name="printtemplate",
            name="seal",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict, help_text="In which states the company\'s seal may be printed on it, and where.", verbose_name="Seal"),
        ),
    ]
