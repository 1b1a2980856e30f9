"""The door through which the web server calls the product."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from tenants.starting import check_database  # noqa: E402 - models are there from here on

check_database()
