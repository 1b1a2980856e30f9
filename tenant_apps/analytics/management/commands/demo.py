"""`manage.py demo`: the two demo companies and the operator who serves them, made when they are not there yet, and who can log in.

A platform that the world reaches gets no operator whose password everybody knows.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shared_apps.console.demo import EMAIL, SECOND_FACTOR
from tenant_apps.analytics.demo import book, crew, platform
from tenant_apps.analytics.demo.filling import fill
from tenants.directory import url_of


class Command(BaseCommand):
    help = "Makes the demo companies where they are missing and prints their addresses and log-ins."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the log-ins as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        companies: list[dict[str, Any]] = []
        ops = None if settings.PUBLIC_SCHEME == "https" else platform.operate()
        for slug in book.COMPANIES:
            told = book.read(slug)
            started = time.monotonic()
            if fill(told) and not options["json"]:
                self.stdout.write(f"{told.name}: two years of business in {time.monotonic() - started:.0f} s")
            if ops is not None:
                platform.serve(told, ops)
            companies.append({"name": told.name, "url": url_of(slug), "logins": crew.logins(told)})
        operator = None if ops is None else {"url": url_of("console"), "email": EMAIL, "second_factor": SECOND_FACTOR}
        if options["json"]:
            told_all = {"password": crew.PASSWORD, "companies": companies, "operator": operator}
            self.stdout.write(json.dumps(told_all, ensure_ascii=False, indent=1))
            return
        for company in companies:
            self.stdout.write(f"{company['name']}  {company['url']}")
            for person in company["logins"]:
                self.stdout.write(f"    {person['email']:<30} {person['name']} {person['position']}")
        if operator is not None:
            self.stdout.write(f"Operators' console  {operator['url']}")
            self.stdout.write(f"    {EMAIL:<30} authenticator app: {SECOND_FACTOR}")
        self.stdout.write(f"Password of everybody: {crew.PASSWORD}")
