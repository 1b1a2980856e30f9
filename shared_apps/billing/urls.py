from django.urls import path

from shared_apps.billing import views
from shared_apps.billing.stripe_door import StripeDoor

urlpatterns = [
    path("billing/", views.Overview.as_view()),
    path("billing/plans/", views.Plans.as_view()),
    path("billing/preview/", views.Preview.as_view()),
    path("billing/order/", views.Orders.as_view()),
    path("billing/change/", views.Change.as_view()),
    path("billing/stop/", views.Stop.as_view()),
    path("billing/resume/", views.Resume.as_view()),
    path("billing/keep/", views.Keep.as_view()),
    path("billing/portal/", views.Portal.as_view()),
    path("billing/title/", views.Title.as_view()),
    path("billing/invoices/", views.Invoices.as_view()),
    path("billing/invoices/<int:pk>/pay/", views.PayInvoice.as_view()),
    path("billing/invoices/<int:pk>/transferred/", views.TellTransfer.as_view()),
    path("billing/invoices/<int:pk>/einvoice/", views.AskEInvoice.as_view()),
    path("billing/stripe/", StripeDoor.as_view()),
]
