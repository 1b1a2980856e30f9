"""Old code beside a new schema: no migration takes away what an earlier release still uses."""

from __future__ import annotations

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tenants.expanding import faults, ours, released

KEY = ("id", models.BigAutoField(primary_key=True))


def test_no_migration_of_ours_breaks_the_release_before():
    loader = MigrationLoader(None)
    found = [why for one in ours(loader) for why in faults(one, loader.project_state((one.app_label, one.name), at_end=False), released())]
    assert found == []


def test_what_is_released_exists():
    loader = MigrationLoader(None)
    assert released() <= {f"{one.app_label}.{one.name}" for one in ours(loader)}


def migration(*operations, contracts=None) -> migrations.Migration:
    made = migrations.Migration("0002_next", "sales")
    made.operations = list(operations)
    if contracts:
        made.contracts = contracts
    return made


def before() -> ProjectState:
    state = ProjectState()
    state.add_model(ModelState("sales", "Order", [KEY, ("note", models.TextField(null=True)), ("name", models.CharField(max_length=9))]))
    return state


def add(field: models.Field) -> migrations.AddField:
    return migrations.AddField("order", "extra", field)


def alter(name: str, field: models.Field) -> migrations.AlterField:
    return migrations.AlterField("order", name, field)


ALLOWED = {
    "null": [add(models.TextField(null=True))],
    "a default of the database": [add(models.TextField(db_default=""))],
    "a new table, filled at will": [migrations.CreateModel("Line", [KEY]), migrations.AddField("line", "name", models.TextField())],
    "wider": [alter("name", models.CharField(max_length=99))],
    "no longer required": [alter("name", models.CharField(max_length=9, null=True))],
    "an index": [migrations.AddIndex("order", models.Index(fields=["name"], name="by_name"))],
    "raw SQL that adds": [migrations.RunSQL("CREATE INDEX x ON y (z)")],
}
REFUSED = {
    "required without a default": [add(models.TextField(default="only Django knows"))],
    "a column gone": [migrations.RemoveField("order", "note")],
    "a column renamed": [migrations.RenameField("order", "note", "remark")],
    "a table gone": [migrations.DeleteModel("Order")],
    "a table renamed": [migrations.RenameModel("Order", "Sale")],
    "required from now on": [alter("note", models.TextField())],
    "by raw SQL": [migrations.RunSQL("ALTER TABLE sales_order DROP COLUMN note")],
    "hidden": [migrations.SeparateDatabaseAndState([migrations.RunSQL("ALTER TABLE a RENAME TO b")], [])],
}


@pytest.mark.parametrize("operations", ALLOWED.values(), ids=ALLOWED)
def test_what_adds_is_allowed(operations):
    assert faults(migration(*operations), before(), frozenset()) == []


@pytest.mark.parametrize("operations", REFUSED.values(), ids=REFUSED)
def test_what_takes_away_is_refused(operations):
    (why,) = faults(migration(*operations), before(), frozenset())
    assert why.startswith("sales.0002_next: ")


def test_it_is_allowed_a_release_later():
    taking = migration(migrations.RemoveField("order", "note"), contracts=("sales", "0001_does_without"))
    assert len(faults(taking, before(), frozenset())) == 2
    assert faults(taking, before(), frozenset({"sales.0001_does_without"})) == []


def test_a_required_column_is_never_contracted():
    asking = migration(add(models.TextField()), contracts=("sales", "0001_x"))
    assert faults(asking, before(), frozenset({"sales.0001_x"}))


def test_what_is_released_is_not_judged_again():
    gone = migration(migrations.RemoveField("order", "note"))
    assert faults(gone, before(), frozenset({"sales.0002_next"})) == []
