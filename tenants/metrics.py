"""Figures for those who watch the platform: how long requests take, how many fail, what waits. Prometheus reads them at `/metrics`."""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, generate_latest, multiprocess
from redis import Redis
from redis.exceptions import RedisError

from tenants import observing
from tenants.context import public_context

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
QUEUE = "celery"
REPORTS = "csp"
"""Under which name the reports of browsers about our content security policy are counted."""
seconds = Histogram("millwright_request_seconds", "Time to answer a request", ["method", "status"], buckets=BUCKETS)


class MetricsMiddleware:
    """Counts how long requests take and how they end; by kind of answer only, so that nothing tells who asked for what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/metrics":
            return answer(request)
        started = time.perf_counter()
        response = self.get_response(request)
        seconds.labels(request.method, f"{response.status_code // 100}xx").observe(time.perf_counter() - started)
        return response


def answer(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever has the token; without one only on this machine itself."""
    if not allowed(request):
        return HttpResponse(status=404)
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(seconds)
    _now(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def allowed(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        return hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers


def _now(registry: CollectorRegistry) -> None:
    """What can be told at this moment: companies by state, spare schemas, jobs that wait."""
    from tenants.models import SpareSchema, Tenant

    companies = Gauge("millwright_companies", "Companies by state", ["state"], registry=registry)
    spares = Gauge("millwright_spare_schemas", "Schemas that wait for a sign-up", registry=registry)
    waiting = Gauge("millwright_waiting_tasks", "Tasks that wait for a worker", registry=registry)
    with public_context():
        for state, count in Tenant.objects.order_by().values_list("state").annotate(Count("pk")):
            companies.labels(state).set(count)
        spares.set(SpareSchema.objects.count())
    refused = Gauge("millwright_policy_reports", "What browsers refused in the last day", ["rule", "refused", "page"], registry=registry)
    try:
        for one in observing.last_day(REPORTS):
            refused.labels(**one.told).set(one.count)
        waiting.set(Redis.from_url(settings.CELERY_BROKER_URL).llen(QUEUE))
    except RedisError:
        waiting.set(float("nan"))
