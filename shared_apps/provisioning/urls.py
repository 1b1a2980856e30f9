from django.urls import path

from shared_apps.provisioning import views

urlpatterns = [
    path("company/", views.CompanyView.as_view()),
    path("company/export/", views.ExportView.as_view()),
    path("company/archives/<int:pk>/", views.ArchiveView.as_view()),
    path("company/import/", views.ImportView.as_view()),
    path("company/sandbox/", views.SandboxView.as_view()),
    path("company/promotion/", views.PromotionView.as_view()),
    path("company/domains/", views.DomainsView.as_view()),
    path("company/domains/<int:pk>/", views.DomainView.as_view()),
    path("company/cancel/", views.CancelView.as_view()),
]
