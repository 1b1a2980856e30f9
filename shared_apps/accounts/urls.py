from django.urls import path

from shared_apps.accounts import outside, security, views

urlpatterns = [
    path("signup/", views.SignUpView.as_view()),
    path("signup/check/", views.SlugView.as_view()),
    path("login/", views.LogInView.as_view()),
    path("logout/", views.LogOutView.as_view()),
    path("session/", views.SessionView.as_view()),
    path("login/companies/", outside.Companies.as_view()),
    path("login/second/", security.Second.as_view()),
    path("login/second/key/", security.SecondKey.as_view()),
    path("join/<str:token>/", views.JoinView.as_view()),
    path("password/reset/", views.ForgottenView.as_view()),
    path("password/reset/<str:key>/", views.ResetView.as_view()),
    path("security/", security.Overview.as_view()),
    path("security/confirm/", security.Confirm.as_view()),
    path("security/password/", security.Password.as_view()),
    path("security/email/", security.Mail.as_view()),
    path("security/app/begin/", security.BeginApp.as_view()),
    path("security/app/", security.AddApp.as_view()),
    path("security/keys/begin/", security.BeginKey.as_view()),
    path("security/keys/", security.AddKey.as_view()),
    path("security/factors/<int:pk>/", security.Factor.as_view()),
    path("security/recovery-codes/", security.Codes.as_view()),
    path("security/devices/", security.Devices.as_view()),
    path("security/devices/<int:pk>/", security.OneDevice.as_view()),
    path("security/outside/<slug:name>/", security.Outside.as_view()),
]
