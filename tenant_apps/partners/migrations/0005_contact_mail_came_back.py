from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_credit_limit"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="bounced_on",
            field=models.DateField(
                editable=False,
                help_text="Goes when the address changes, or a later letter is opened.",
                null=True,
                verbose_name="Mail came back on",
            ),
        ),
    ]
