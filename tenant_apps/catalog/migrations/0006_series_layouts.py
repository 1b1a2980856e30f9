from django.db import migrations, models

import kernel.fields


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0005_drawings_and_weights"),
        ("kernel", "0010_layouts"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="layouts",
            field=kernel.fields.RefsField(blank=True, db_default=models.Value([], kernel.fields.RefsField(blank=True, default=list, size=None)), default=list, help_text="Print templates that stand in the place of a ready form; chosen by the main goods of a quote or contract.", size=None, verbose_name="Layouts of its papers"),
        ),
    ]
