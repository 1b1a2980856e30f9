"""Wiring. The task queue is set up with the settings, so that whoever can use a model can also send a task."""

import os

from config.vault import open_up

open_up(os.environ)

from config.celery import app as celery_app  # noqa: E402 - the settings ask for secrets

__all__ = ["celery_app"]
