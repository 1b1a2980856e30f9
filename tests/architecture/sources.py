"""The project's own code, for rules about it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from infra.programs import ROOT

FOLDERS = ("src/kernel", "src/config", "tenants", "shared_apps", "tenant_apps", "infra", "tests")
PRODUCT = FOLDERS[:5]


def python(*folders: str, migrations: bool = False) -> list[Path]:
    """Python files below these folders (all of the project's), without migrations unless asked."""
    found = [path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if migrations or "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def nodes(*folders: str) -> Iterator[tuple[Path, ast.AST]]:
    for path in python(*folders):
        for node in ast.walk(tree(path)):
            yield path, node


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def called(node: ast.AST) -> str:
    """`timezone.now` of `timezone.now()`; empty for anything else."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def imported(node: ast.AST) -> list[str]:
    """The modules and names that an import brings, dotted."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def texts(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
