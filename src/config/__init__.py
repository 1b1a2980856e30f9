"""Wiring. The task queue is set up with the settings, so that whoever can use a model can also send a task."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
