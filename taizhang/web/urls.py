from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from taizhang.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="web:login"), name="logout"),
    path("password/", views.password, name="password"),
    path("password/address/", views.address, name="address"),
    path("healthy/", views.healthy, name="healthy"),
]
