from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sales", "0001_initial")]
    operations = [migrations.RunSQL("ALTER TABLE sales_order ADD COLUMN bench_note text")]
