from django.conf import settings
from django.db import migrations, models

APP = settings.TENANT_APPS[-1].rsplit(".", 1)[-1]


class Migration(migrations.Migration):
    dependencies = [(APP, "9001_later")]
    operations = [
        migrations.AddField("later", "share", models.DecimalField(max_digits=5, decimal_places=2, default="12.50", db_default="0.00")),
        migrations.AlterField("later", "name", models.CharField(max_length=30, unique=True)),
        migrations.RemoveConstraint("later", "later_name"),
        migrations.RunSQL("UPDATE later SET note = '50% sure'"),
    ]
