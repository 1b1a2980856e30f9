"""`manage.py restore <slug> [--at 2026-11-22T12:00] [--as <new slug>]`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tenants import slugs
from tenants.backups import restoring
from tenants.backups.sealed import Damaged, NoKey
from tenants.directory import url_of
from tenants.management.commands.backup import company_at
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Takes one company back to its last backup before a moment; the others are not touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the address of the company")
        parser.add_argument("--at", type=moment, help="the last backup before this moment (2026-11-22T12:00); the latest without")
        parser.add_argument("--as", dest="beside", help="leave the company as it is and make a copy at this address")
        parser.add_argument("--yes", action="store_true", help="do not ask whether what came after the backup may go")

    def handle(self, *args: Any, **options: Any) -> None:
        company, beside = company_at(options["slug"]), options["beside"]
        try:
            backup = restoring.backup_at(company, options["at"])
            if beside:
                copy = restoring.restore_as(company, free(beside), options["at"])
                self.stdout.write(f"{url_of(copy.slug)} shows {company.slug} as of {backup.taken_at.isoformat(timespec='seconds')}")
                return
            if (
                not options["yes"]
                and input(f"All that {company.slug} did after {backup.taken_at} goes. Type the address: ") != company.slug
            ):
                raise CommandError("Nothing was done.")
            restoring.restore(company, options["at"])
        except (restoring.NothingToRestore, restoring.NotBroughtUp, Damaged, NoKey) as error:
            raise CommandError(str(error) or type(error).__name__) from error
        self.stdout.write(f"{company.slug} is as of {backup.taken_at.isoformat(timespec='seconds')}")


def moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def free(slug: str) -> str:
    try:
        slugs.check(slug)
    except ValidationError as error:
        raise CommandError(error.messages[0]) from error
    if Tenant.objects.filter(slug=slug).exists():
        raise CommandError(f"The address “{slug}” is taken.")
    return slug
