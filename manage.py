#!/usr/bin/env python
"""Django's command line with the project's import roots in place."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as problem:
        from tenants.backend.checks import UnsafeDatabase

        if not isinstance(problem, UnsafeDatabase):
            raise
        sys.exit(str(problem))
