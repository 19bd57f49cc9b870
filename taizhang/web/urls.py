from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from taizhang.web import admin_views, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="web:login"), name="logout"),
    path("password/", views.password, name="password"),
    path("password/address/", views.address, name="address"),
    path("accounts/", admin_views.all_accounts, name="accounts"),
    path("accounts/<int:key>/", admin_views.one_account, name="account"),
    path("accounts/<int:key>/<slug:verb>/", admin_views.account_step, name="account-step"),
    path("duties/<int:key>/end/", admin_views.end_duty, name="end-duty"),
    path("journal/", admin_views.the_journal, name="journal"),
    path("healthy/", views.healthy, name="healthy"),
]
