"""The product's settings, and one header more: how many SQL statements a request took."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.bench.counting.Counting", *MIDDLEWARE]
