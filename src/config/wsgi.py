"""The door through which the web server calls the product."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What was loaded stays: looking through it again and again for garbage costs a twelfth of every request.
gc.freeze()
gc.set_threshold(100_000, 50, 100)
