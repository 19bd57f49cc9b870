from __future__ import annotations

from django.urls import path

from taizhang.intake import views
from taizhang.intake.sheets import views as sheets

app_name = "intake"
urlpatterns = [
    path("intake/", views.home, name="home"),
    path("intake/sheets/<slug:slug>/", sheets.sheet, name="sheet"),
    path("intake/sheets/<slug:slug>/template/", sheets.template, name="template"),
    path("intake/<int:key>/", views.batch, name="batch"),
    path("intake/<int:key>/certain/", views.enter_certain, name="certain"),
    path("intake/<int:key>/rows/", sheets.enter_right, name="rows"),
    path("intake/<int:key>/undo/", views.undo, name="undo"),
    path("intake/papers/<int:key>/", views.paper, name="paper"),
    path("intake/papers/<int:key>/kind/", views.take_for, name="kind"),
    path("intake/papers/<int:key>/columns/", sheets.name_columns, name="name-columns"),
    path("intake/columns/", views.columns, name="columns"),
    path("intake/columns/<int:key>/forget/", views.forget_column, name="forget-column"),
    path("intake/papers/<int:key>/aside/", views.put_aside, name="aside"),
    path("intake/papers/<int:key>/add/", views.add_to, name="add"),
]
