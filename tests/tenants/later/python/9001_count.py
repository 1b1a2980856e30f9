from django.db import connection, migrations


def leave_a_mark(apps, schema_editor):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mark AS SELECT current_schema()::text AS made_in")


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [migrations.RunPython(leave_a_mark)]
