from __future__ import annotations

from django.urls import path

from taizhang.intake import views

app_name = "intake"
urlpatterns = [
    path("intake/", views.home, name="home"),
    path("intake/sheets/<slug:slug>/", views.sheet, name="sheet"),
    path("intake/<int:key>/", views.batch, name="batch"),
    path("intake/<int:key>/certain/", views.enter_certain, name="certain"),
    path("intake/<int:key>/undo/", views.undo, name="undo"),
    path("intake/papers/<int:key>/", views.paper, name="paper"),
    path("intake/papers/<int:key>/kind/", views.take_for, name="kind"),
    path("intake/papers/<int:key>/columns/", views.name_columns, name="name-columns"),
    path("intake/columns/", views.columns, name="columns"),
    path("intake/columns/<int:key>/forget/", views.forget_column, name="forget-column"),
    path("intake/papers/<int:key>/aside/", views.put_aside, name="aside"),
    path("intake/papers/<int:key>/add/", views.add_to, name="add"),
]
