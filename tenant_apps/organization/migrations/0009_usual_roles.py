from django.db import migrations, models

ADOPT = """
UPDATE organization_role SET usual = jsonb_build_object('key', CASE
    WHEN name IN ('Administrator', '系统管理员') THEN 'administrator'
    WHEN name IN ('General manager', '总经理') THEN 'general_manager'
    WHEN name IN ('Sales engineer', '销售工程师') THEN 'sales_engineer'
    WHEN name IN ('Sales manager', '销售经理') THEN 'sales_manager'
    WHEN name IN ('Production', '生产') THEN 'production'
    WHEN name IN ('Warehouse', '仓管') THEN 'warehouse'
    ELSE 'finance' END)
    || CASE WHEN version = 1 AND created_by IS NULL THEN jsonb_build_object('grants', grants, 'masks', masks) ELSE '{}' END
WHERE usual = '{}' AND name IN (
    'Administrator', '系统管理员', 'General manager', '总经理', 'Sales engineer', '销售工程师', 'Sales manager', '销售经理',
    'Production', '生产', 'Warehouse', '仓管', 'Finance', '财务')
"""
"""Roles that companies were founded with. One that was never changed says itself what was usual then; of the others nobody knows."""


class Migration(migrations.Migration):

    dependencies = [
        ("organization", "0008_entry_and_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="role",
            name="usual",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict, editable=False),
        ),
        migrations.RunSQL(ADOPT, migrations.RunSQL.noop),
    ]
