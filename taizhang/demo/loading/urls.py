from __future__ import annotations

from django.urls import path

from taizhang.demo.loading import views

app_name = "demo"
urlpatterns = [path("demo/loading/", views.loading, name="loading")]
