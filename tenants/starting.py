"""What a program makes sure of before it serves anybody."""

from __future__ import annotations

import sys

from django.db import OperationalError, connection

from tenants.backend.checks import UnsafeDatabase
from tenants.context import public_context


def check_database() -> None:
    """End this program when its database would not keep companies apart. One that is away for the moment may come back."""
    try:
        with public_context():
            connection.ensure_connection()
    except UnsafeDatabase as problem:
        sys.exit(f"Millwright does not start. {problem}")
    except OperationalError:
        return
    finally:
        connection.close()
