from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_shares")]

    operations = [
        migrations.AddField(
            "message",
            "kind",
            models.CharField(
                choices=[("approval", "Approval"), ("alert", "Alert"), ("mention", "Mention"), ("notice", "Notice"), ("job", "Job")],
                db_default="notice",
                default="notice",
                max_length=10,
            ),
        ),
        migrations.AddField("message", "level", models.CharField(blank=True, db_default="", default="", max_length=10)),
        migrations.AddField("message", "ack", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("message", "acknowledged_at", models.DateTimeField(null=True)),
        migrations.AddField("message", "snoozed_until", models.DateTimeField(null=True)),
        migrations.AddField("message", "reason", models.CharField(blank=True, db_default="", default="", max_length=300)),
    ]
