"""The one clock. Actions are told the instant; they never ask."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This instant in the company's time zone, so that its date is the company's business date."""
    return timezone.localtime()
