"""What every line of the product keeps to. Each message says what goes wrong otherwise."""

from __future__ import annotations

import ast
import re
from statistics import median

import pytest
from django.apps import apps

from infra.programs import ROOT
from kernel.fields import MoneyField
from tests.architecture.sources import PRODUCT, called, imported, nodes, place, python, texts, tree

BUSINESS = ("tenant_apps", "shared_apps", "src/config")
CLOCKS = re.compile(r"\b(now|today|utcnow|localtime|localdate|time\.time)$")
LONGEST = 300
LONG: dict[str, str] = {}
"""Longer files, each with its reason."""


def test_only_the_kernel_sets_a_state():
    """A state that is set by hand has no event, no gate and no permission behind it."""
    found = []
    for path, node in nodes(*BUSINESS):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        found += [place(path, node) for target in targets if isinstance(target, ast.Attribute) and target.attr == "state"]
        if called(node) == "setattr" and any(texts(argument) == "state" for argument in node.args):
            found.append(place(path, node))
        if called(node).endswith(".update") and any(keyword.arg == "state" for keyword in node.keywords):
            found.append(place(path, node))
    assert found == []


def actions() -> list[tuple[str, ast.AST]]:
    return [
        (place(path, node), node)
        for path, node in nodes("tenant_apps")
        if path.name in ("actions.py", "models.py", "gates.py", "stock.py", "priced.py")
    ]


def test_no_action_asks_the_clock():
    """An action is told the instant: a replayed or imported one happens when it happened."""
    assert [where for where, node in actions() if CLOCKS.search(called(node))] == []


def test_no_action_knows_a_request():
    """The same action is called by the API, an import, the scheduler and other actions."""
    asked = [
        where
        for where, node in actions()
        if isinstance(node, ast.Name | ast.arg) and getattr(node, "id", getattr(node, "arg", "")) == "request"
    ]
    brought = [
        where for where, node in actions() for name in imported(node) if name.startswith(("django.http", "rest_framework", "kernel.api"))
    ]
    assert asked + brought == []


def test_company_code_asks_for_no_accounts():
    """Accounts are people of all companies: a query on them is put as the platform, so code of one company must not make any."""
    places = ("allauth", "django.contrib.auth", "django.contrib.sessions", "shared_apps.accounts.models")
    code = [(path, node) for path, node in nodes("src/kernel", "tenant_apps") if "demo" not in path.parts]
    found = [place(path, node) for path, node in code for name in imported(node) if name.startswith(places)]
    assert found == []


def test_there_are_no_model_signals():
    """News are events: written with the change, seen in the history, delivered again after a crash. Signals are none of that."""
    found = [
        (place(path, node), name)
        for path, node in nodes(*PRODUCT)
        for name in imported(node)
        if name.startswith(("django.db.models.signals", "django.dispatch", "django.core.signals"))
    ]
    assert found == []


def test_sentences_name_amounts_to_those_who_may_see_them():
    """Whoever's role hides a price reads it in a refusal otherwise: `kernel.figures.figure` puts dots there."""
    money = {field.name for model in apps.get_models() for field in model._meta.get_fields() if isinstance(field, MoneyField)}
    money |= {"open", "rest", "floor", "missing"}
    told = [
        (place(path, value), value)
        for path, node in nodes("tenant_apps")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.right, ast.Dict)
        for value in node.right.values
    ]
    bare = [where for where, value in told if getattr(value, "attr", getattr(value, "id", "")) in money or isinstance(value, ast.BinOp)]
    assert told and bare == []


def test_money_is_never_a_float():
    """0.1 + 0.2 is not 0.3; an invoice is."""
    found = []
    for path, node in nodes("tenant_apps", "src/kernel"):
        if called(node) == "float" or called(node).endswith("FloatField"):
            found.append(place(path, node))
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and "tenant_apps" in path.parts:
            found.append(place(path, node))
    assert found == []


def test_nothing_is_evaluated():
    """Formulas of customers are data."""
    assert [place(path, node) for path, node in nodes(*PRODUCT) if called(node) in ("eval", "exec", "compile", "__import__")] == []


def test_no_sql_is_made_from_input():
    """A value reaches SQL as a parameter. Names of schemas and tables are quoted by Django."""
    found = []
    for path, node in nodes("tenant_apps", "src/kernel", "shared_apps"):
        if called(node).endswith((".execute", ".raw", ".extra", "RawSQL")) and any(
            composed(part) for given in node.args[:1] for part in ast.walk(given)
        ):
            found.append(place(path, node))
    assert found == []


def composed(node: ast.AST) -> bool:
    """Whether text is put together here."""
    return isinstance(node, ast.JoinedStr | ast.BinOp) or called(node).endswith(".format")


@pytest.mark.parametrize("app", sorted(path.parent.name for path in (ROOT / "tenant_apps").glob("*/apps.py")))
def test_an_app_is_made_of_the_usual_files(app: str):
    """Whoever knows one app finds their way in every other."""
    usual = {
        "models",
        "actions",
        "resources",
        "defaults",
        "handlers",
        "gates",
        "cards",
        "api",
        "apps",
        "tasks",
        "events",
        "prints",
        "__init__",
    }
    files = {path.stem for path in (ROOT / "tenant_apps" / app).glob("*.py")}
    assert not files & {"utils", "helpers", "common", "misc", "services", "views", "serializers", "signals", "admin"}
    assert "apps" in files and files & usual


def test_files_are_short():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in python()}
    lengths |= {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in client()}
    assert {path for path, lines in lengths.items() if lines > LONGEST} - LONG.keys() == set()
    assert {path for path in LONG if lengths.get(path, 0) <= LONGEST} == set(), "a reason that is no longer needed"
    assert median(lengths.values()) < 80


def client() -> list:
    return [path for kind in ("*.ts", "*.tsx") for path in (ROOT / "src/web").rglob(kind) if "node_modules" not in path.parts]


def test_functions_are_short():
    long = []
    for path in python("src/kernel", "tenant_apps", "tenants", "shared_apps"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60:
                long.append(place(path, node))
    assert long == []
