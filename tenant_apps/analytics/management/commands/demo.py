"""`manage.py demo`: the two demo companies, made when they are not there yet, and who can log in."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tenant_apps.analytics.demo import book, crew
from tenant_apps.analytics.demo.filling import fill
from tenants.directory import url_of


class Command(BaseCommand):
    help = "Makes the demo companies where they are missing and prints their addresses and log-ins."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the log-ins as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        companies: list[dict[str, Any]] = []
        for slug in book.COMPANIES:
            told = book.read(slug)
            started = time.monotonic()
            if fill(told) and not options["json"]:
                self.stdout.write(f"{told.name}: two years of business in {time.monotonic() - started:.0f} s")
            companies.append({"name": told.name, "url": url_of(slug), "logins": crew.logins(told)})
        if options["json"]:
            self.stdout.write(json.dumps({"password": crew.PASSWORD, "companies": companies}, ensure_ascii=False, indent=1))
            return
        for company in companies:
            self.stdout.write(f"{company['name']}  {company['url']}")
            for person in company["logins"]:
                self.stdout.write(f"    {person['email']:<30} {person['name']} {person['position']}")
        self.stdout.write(f"Password of everybody: {crew.PASSWORD}")
