"""Work flows down: foreign keys too, which Import Linter cannot see because they are strings."""

from __future__ import annotations

import re
import tomllib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from infra.programs import ROOT

CONTRACT = "Work flows down"
OURS = [config for config in apps.get_app_configs() if config.name in settings.TENANT_APPS]
MODELS = [model for config in OURS for model in config.get_models()]
every = pytest.mark.parametrize("model", MODELS, ids=[model._meta.label_lower for model in MODELS])


def layers() -> dict[str, int]:
    """{app: how high it stands}, as Import Linter is told."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in told if contract["name"] == CONTRACT)
    return {name: len(lines) - position for position, line in enumerate(lines) for name in re.findall(r"[\w.]+", line)}


HEIGHT = layers()


def test_every_app_has_its_layer():
    assert {config.name for config in OURS} <= HEIGHT.keys()


@every
def test_a_foreign_key_points_down(model: type[models.Model]):
    """An app that points up cannot be moved, tested or left out alone."""
    here = model._meta.app_config.name
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model is not None:
            there = field.related_model._meta.app_config.name
            assert there == here or HEIGHT.get(there, 99) < HEIGHT[here], f"{field} points to {there}"


@every
def test_no_foreign_key_leaves_the_companys_schema(model: type[models.Model]):
    """A key to the public schema makes one dead worker block every log-in, and a company that cannot be moved (SCALE 1)."""
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model is not None:
            assert field.related_model._meta.app_config.name in settings.TENANT_APPS, field


@every
def test_a_foreign_key_protects_or_belongs(model: type[models.Model]):
    """Deleting one document never takes others along: only lines go with their document."""
    from kernel.documents import Line

    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE:
            belongs = getattr(model, "parent", "") == field.name
            assert belongs or (not issubclass(model, Line) and model._meta.label in ("organization.Token",)), field


def test_shared_apps_know_no_business():
    for config in apps.get_app_configs():
        if config.name.startswith("shared_apps."):
            for model in config.get_models():
                for field in model._meta.get_fields():
                    if field.is_relation and field.related_model is not None and field.concrete:
                        assert not field.related_model._meta.app_config.name.startswith("tenant_apps."), field
