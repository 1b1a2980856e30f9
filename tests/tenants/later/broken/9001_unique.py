from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [
        migrations.RunSQL("CREATE TABLE half (id bigint PRIMARY KEY)"),
        migrations.RunSQL("CREATE UNIQUE INDEX trap_once ON trap (text)"),
    ]
