"""Where mail that could not be delivered comes back to, and how it is fetched; nothing of it is on until an address is given."""

import os

BOUNCE_ADDRESS = os.environ.get("BOUNCE_ADDRESS", "")
BOUNCE_IMAP_URL = os.environ.get("BOUNCE_IMAP_URL", "")
BOUNCE_IMAP_USER = os.environ.get("BOUNCE_IMAP_USER", "") or BOUNCE_ADDRESS
BOUNCE_IMAP_PASSWORD = os.environ.get("BOUNCE_IMAP_PASSWORD", "")

if BOUNCE_ADDRESS and not 0 < BOUNCE_ADDRESS.find("@") <= 15:
    raise RuntimeError("BOUNCE_ADDRESS is a mail address of which at most 15 characters stand before the @.")
