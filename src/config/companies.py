"""Settings of the life of companies: how long each state lasts, what founding and copying call, backups and migrations."""

import os


def number(name: str, usual: int) -> int:
    return int(os.environ.get(name, usual))


TRIAL_DAYS, GRACE_DAYS, DELETION_DAYS = number("TRIAL_DAYS", 14), number("GRACE_DAYS", 14), number("DELETION_DAYS", 30)
BACKUP_BUCKET = os.environ.get("BACKUP_BUCKET", "")
BACKUP_ENDPOINT = os.environ.get("BACKUP_ENDPOINT") or os.environ.get("S3_ENDPOINT") or None
BACKUP_KEYS = os.environ.get("BACKUP_KEYS", "")
BACKUP_DAYS, BACKUP_WEEKS, BACKUP_MONTHS = number("BACKUP_DAYS", 7), number("BACKUP_WEEKS", 4), number("BACKUP_MONTHS", 12)
MIGRATION_CONNECTIONS = number("MIGRATION_CONNECTIONS", 3)
SPARE_SCHEMAS = number("SPARE_SCHEMAS", 8)
DOMAIN_DAYS = number("DOMAIN_DAYS", 7)
DNS_SERVER = os.environ.get("DNS_SERVER", "")

TRADES = ("testing_instruments", "machine_tools", "blank")
TENANT_DEFAULTS = "config.founding.install"
TENANT_REPLACED = "config.founding.replaced"
TENANT_IMPORTED = "config.founding.imported"
MEMBER_JOIN = "tenant_apps.organization.joining"
