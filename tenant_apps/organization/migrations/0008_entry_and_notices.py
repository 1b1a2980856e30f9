from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organization", "0007_handovers"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="notice",
            field=models.CharField(blank=True, choices=[("", "Nobody is told"), ("zh-hans", "In Chinese"), ("en", "In English")], db_default="", default="", help_text="A mail to the contacts of the customers that are handed over introduces the new colleague.", max_length=10, verbose_name="Tell customers"),
        ),
        migrations.AddField(
            model_name="handover",
            name="subject",
            field=models.CharField(blank=True, db_default="", default="", max_length=150, verbose_name="Subject of the mail"),
        ),
        migrations.AddField(
            model_name="handover",
            name="letter",
            field=models.TextField(blank=True, db_default="", default="", help_text="May name {contact}, {customer}, {before}, {after}, {phone}, {email}, {company}.", verbose_name="Text of the mail"),
        ),
        migrations.AddField(
            model_name="handover",
            name="told",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list, editable=False, verbose_name="Mails to customers"),
        ),
        migrations.AddField(
            model_name="member",
            name="entry",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict, help_text="Takes the place of what their roles say; empty: as their roles say.", verbose_name="From where and when"),
        ),
        migrations.AddField(
            model_name="role",
            name="entry",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict, help_text="Networks and hours in which whoever has the role may work; empty: everywhere and always.", verbose_name="From where and when"),
        ),
    ]
