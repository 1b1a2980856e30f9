from django.urls import path

from shared_apps.accounts import views

urlpatterns = [
    path("signup/", views.SignUpView.as_view()),
    path("signup/check/", views.SlugView.as_view()),
    path("login/", views.LogInView.as_view()),
    path("logout/", views.LogOutView.as_view()),
    path("session/", views.SessionView.as_view()),
    path("join/<str:token>/", views.JoinView.as_view()),
    path("password/reset/", views.ForgottenView.as_view()),
    path("password/reset/<str:key>/", views.ResetView.as_view()),
]
