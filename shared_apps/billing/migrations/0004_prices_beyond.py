"""What goes on beyond the month's number costs; operators change it later."""

from decimal import Decimal

from django.db import migrations


def price(apps, schema_editor):
    plans = apps.get_model("billing", "Plan").objects.filter(code="team", document_price=None, call_price=None)
    plans.update(document_price=Decimal("0.20"), call_price=Decimal("2.00"))


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_beyond_coupons_milestones")]
    operations = [migrations.RunPython(price, migrations.RunPython.noop)]
