from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [
        migrations.CreateModel(
            name="Later",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=20)),
                ("note", models.TextField(default="100% sure")),
            ],
            options={"db_table": "later", "constraints": [models.UniqueConstraint(fields=["name"], name="later_name")]},
        ),
    ]
