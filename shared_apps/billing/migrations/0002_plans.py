"""The first offers. Operators change them later; nothing here is read again."""

from decimal import Decimal

from django.db import migrations

PLANS = [
    {
        "code": "starter", "name": "起步版", "name_en": "Starter", "seats": 5, "storage_gb": 10, "api_calls": 20_000, "documents": 1_000,
        "monthly": "399", "yearly": "3990", "seat_monthly": "69", "seat_yearly": "690", "position": 1,
    },
    {
        "code": "team", "name": "标准版", "name_en": "Team", "seats": 15, "storage_gb": 100, "api_calls": 200_000, "documents": 10_000,
        "monthly": "1299", "yearly": "12990", "seat_monthly": "79", "seat_yearly": "790", "position": 2,
    },
    {
        "code": "factory", "name": "工厂版", "name_en": "Factory", "seats": 50, "storage_gb": 500, "api_calls": None, "documents": None,
        "monthly": "3999", "yearly": "39990", "seat_monthly": "69", "seat_yearly": "690", "position": 3,
    },
]
MONEY = ("monthly", "yearly", "seat_monthly", "seat_yearly")


def offer(apps, schema_editor):
    plans = apps.get_model("billing", "Plan")
    for told in PLANS:
        values = {name: Decimal(value) if name in MONEY else value for name, value in told.items() if name != "code"}
        plans.objects.get_or_create(code=told["code"], defaults=values)


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(offer, migrations.RunPython.noop)]
