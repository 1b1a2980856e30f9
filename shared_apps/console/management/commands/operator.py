"""`manage.py operator somebody@example.com --name 张三 --role admin`: open the console to somebody; asks for a password where they have no log-in yet."""

from __future__ import annotations

from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shared_apps.accounts.models import User
from shared_apps.console.models import Person
from shared_apps.console.people import hire


class Command(BaseCommand):
    help = "Make somebody an operator of the platform."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", default=Person.Role.ADMIN, choices=[role for role in Person.Role.values if role != Person.Role.GUEST])

    def handle(self, *args: Any, email: str, name: str, role: str, **options: Any) -> None:
        account = User.objects.filter(email=User.objects.normalize_email(email)).first() or self.made(email, name)
        person = hire(account, role)
        self.stdout.write(f"{person.name} <{person.email}>: {person.get_role_display()}")

    def made(self, email: str, name: str) -> User:
        from django.contrib.auth.password_validation import validate_password

        if not name:
            raise CommandError("There is no log-in with this e-mail yet: say --name too.")
        secret = getpass("Password: ")
        try:
            validate_password(secret)
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak
        return User.objects.create_user(email, secret, name=name)
