from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0009_several_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name="printtemplate",
            name="stands_for",
            field=models.CharField(blank=True, db_default="", default="", help_text="A layout: printed instead of this form for the product series that name it, or for all when none does. Empty: a form of its own.", max_length=40, verbose_name="In place of"),
        ),
        migrations.AddField(
            model_name="printtemplate",
            name="language",
            field=models.CharField(blank=True, choices=[("zh-hans", "Chinese"), ("en", "English"), ("both", "Chinese and English")], db_default="", default="", help_text="A layout for papers in this language only; empty: for all.", max_length=8, verbose_name="Language"),
        ),
    ]
