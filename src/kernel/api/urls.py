"""All addresses of a company's API: those of every resource, made from the registry, and those around them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from kernel import registry
from kernel.api import around, changes, configuration, exchange, home, inbox, me, openapi, printing, sharing, views
from kernel.resources import Resource

Pattern = URLPattern | URLResolver


def of_resource(resource: Resource) -> list[Pattern]:
    def at(route: str, view: type[views.ResourceView], **more: object) -> URLPattern:
        return path(route, view.as_view(resource=resource, **more))

    found: list[Pattern] = [
        at("", views.Collection),
        at("preview/", views.Preview),
        at("bulk/", views.Bulk),
        at("lookup/", views.Lookup),
        at("export/", exchange.Export),
        at("<int:pk>/", views.Single),
        at("<int:pk>/events/", around.Events),
        at("<int:pk>/notes/", around.Notes),
        at("<int:pk>/notes/lookup/", around.Nameable),
        at("<int:pk>/files/", around.Attachments),
        at("<int:pk>/files/<int:file>/", around.Attachment),
        at("<int:pk>/shares/", sharing.Shares),
        at("<int:pk>/shares/<int:share>/", sharing.OneShare),
    ]
    if resource.importable and resource.creatable:
        found += [at("import/", exchange.Import), at("import/inspect/", exchange.Inspect), at("import/template/", exchange.Template)]
    if resource.prints or not resource.platform:
        found += [at("<int:pk>/print/", printing.Print), at("<int:pk>/print/forms/", printing.Forms), at("preview/print/", printing.Sketch)]
    return found + [at(f"<int:pk>/{verb}/", views.Act, action=action) for verb, action in resource.verbs.items()]


def bespoke(app: str, name: str = "urlpatterns") -> list[Pattern]:
    """An app's own addresses from its `api.py`: `urlpatterns` stand below the app's, `mine` below `me/`."""
    config = apps.get_app_config(app)
    if app == "kernel" or not find_spec(f"{config.name}.api"):
        return []
    return list(getattr(import_module(f"{config.name}.api"), name, ()))


def of_all(name: str) -> list[Pattern]:
    """Addresses that apps declare outside their own: below `me/` (`mine`), or beside other apps' resources (`beside`)."""
    return [pattern for config in apps.get_app_configs() if getattr(config, "business", False) for pattern in bespoke(config.label, name)]


def of_apps() -> list[Pattern]:
    every = [*registry.everything().values(), *registry.of_platform().values()]
    found: list[Pattern] = []
    for app in sorted({resource.app for resource in every}):
        mine = [resource for resource in every if resource.app == app]
        found.append(
            path(f"{app}/", include([*bespoke(app), *(path(f"{resource.path}/", include(of_resource(resource))) for resource in mine)]))
        )
    return found


urlpatterns: list[Pattern] = [
    path("meta/", me.Meta.as_view()),
    path("meta/<str:app>/<str:path>/", me.ResourceMeta.as_view()),
    path("search/", me.Search.as_view()),
    path("me/", include(of_all("mine"))),
    path("me/drafts/", me.Drafts.as_view()),
    path("me/drafts/<path:name>/", me.Draft.as_view()),
    path("me/settings/<path:name>/", me.Setting.as_view()),
    path("me/messages/", inbox.Messages.as_view()),
    path("me/messages/stamp/", inbox.Stamp.as_view()),
    path("me/messages/handle/", inbox.Handle.as_view()),
    path("me/messages/read-all/", inbox.Read.as_view()),
    path("me/messages/<int:pk>/read/", inbox.Read.as_view()),
    path("jobs/", me.Jobs.as_view()),
    path("jobs/<int:pk>/", me.OneJob.as_view()),
    path("jobs/<int:pk>/cancel/", me.CancelJob.as_view()),
    path("jobs/<int:pk>/undo/", exchange.Undo.as_view()),
    path("files/", me.Files.as_view()),
    path("files/<int:pk>/", me.OneFile.as_view()),
    path("files/<int:pk>/content/", me.FileContent.as_view()),
    path("changes/", changes.Changes.as_view()),
    path("print-templates/try/", printing.TryOut.as_view()),
    path("configuration/", configuration.Configuration.as_view()),
    path("configuration/compare/", configuration.Comparison.as_view()),
    path("home/", home.Home.as_view()),
    path("home/<str:name>/", home.Card.as_view()),
    path("schema/", openapi.Schema.as_view(), name="openapi"),
    path("docs/", openapi.Docs.as_view()),
    *of_apps(),
    *of_all("beside"),
]
