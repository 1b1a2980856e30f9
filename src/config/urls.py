from django.urls import include, path, re_path

from config import pages
from config.complaints import complain
from shared_apps.accounts import outside
from shared_apps.accounts.verification import verify
from shared_apps.accounts.views import enter

handler400, handler403, handler404, handler500 = pages.bad_request, pages.forbidden, pages.not_found, pages.server_error

urlpatterns = [
    path("api/v1/", include("shared_apps.accounts.urls")),
    path("api/v1/", include("shared_apps.billing.urls")),
    path("api/v1/", include("shared_apps.provisioning.urls")),
    path("api/v1/", include("kernel.api.urls")),
    path("outside/<slug:name>/", outside.start),
    *(path(f"outside/{name}/callback/", outside.back, {"name": name}, name=f"{name}_callback") for name in outside.CALLBACKS),
    path("csp/", complain),
    path("enter/", enter),
    path("verify/<str:key>", verify),
    path("", pages.home),
    re_path(r"^w(?:/.*)?$", pages.home),
    path("status", pages.status),
    re_path(r"^(?:login|signup|join|reset|decide|q|sign-in)(?:/.*)?$", pages.door),
]
