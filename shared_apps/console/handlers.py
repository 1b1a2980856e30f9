"""What the console gives the kernel."""

from __future__ import annotations

from kernel.people import platform
from shared_apps.console import people, visits

platform.load_members = people.load_members
platform.load_actor = people.load_actor
platform.guest = people.guest
platform.enter = people.enter
platform.admits = people.admits
platform.visitor = visits.visitor
platform.member_key = "console.person"
