"""The scaffold of a document type is code that passes the project's own checks, and it never overwrites."""

from __future__ import annotations

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from infra import new
from infra.programs import BIN, ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tenant_apps/inventory", tmp_path / "tenant_apps/inventory")
    (tmp_path / "tenant_apps/fresh").mkdir()
    return tmp_path


def declared(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef | ast.FunctionDef)}


@pytest.mark.parametrize("app", ["fresh", "inventory"])
def test_three_files_that_pass_the_linter(project: Path, app: str) -> None:
    folder = project / "tenant_apps" / app
    before = {path.name: declared(path) for path in folder.glob("*.py")}
    files = new.add(app, "ReturnOrder", project)
    assert [path.name for path in files] == ["models.py", "actions.py", "resources.py"]
    gained = [declared(path) - before.get(path.name, set()) for path in files]
    assert gained == [{"ReturnOrder"}, {"confirm"}, {"ReturnOrderResource"}]
    assert all(before.get(path.name, set()) <= declared(path) for path in files)
    subprocess.run([BIN / "ruff", "check", "--config", ROOT / "pyproject.toml", "--ignore", "I,E501", *files], check=True)


def test_a_second_type_in_one_app_has_a_verb_of_its_own(project: Path) -> None:
    new.add("fresh", "ReturnOrder", project)
    new.add("fresh", "Claim", project)
    assert declared(project / "tenant_apps/fresh/actions.py") == {"confirm", "confirm_"}


@pytest.mark.parametrize(
    ("app", "doc", "said"), [("nowhere", "Claim", "no app"), ("fresh", "claim", "like a class"), ("inventory", "Move", "there already")]
)
def test_it_refuses_what_would_not_work(project: Path, app: str, doc: str, said: str) -> None:
    with pytest.raises(SystemExit, match=said):
        new.add(app, doc, project)
