"""The operators' documents. Public schema."""

from shared_apps.console.models.announcement import Announcement, Reading
from shared_apps.console.models.client import Client
from shared_apps.console.models.log import PlatformLog
from shared_apps.console.models.material import Material
from shared_apps.console.models.opening import Opening
from shared_apps.console.models.person import Person
from shared_apps.console.models.support import Feedback, Release, SupportAccess
from shared_apps.console.models.uptime import Probe

__all__ = [
    "Announcement",
    "Client",
    "Feedback",
    "Material",
    "Opening",
    "Person",
    "PlatformLog",
    "Probe",
    "Reading",
    "Release",
    "SupportAccess",
]
