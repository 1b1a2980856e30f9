import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contracts", "0004_terms_deliveries_signatures"),
        ("quoting", "0003_authority_estimates_links"),
    ]

    operations = [
        migrations.AlterField(
            "quotelink", "quote",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="quoting.quote"),
        ),
        migrations.AddField(
            "quotelink", "contract",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"),
        ),
    ]
