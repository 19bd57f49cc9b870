from __future__ import annotations

from django.urls import path

from taizhang.checks import views

app_name = "checks"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("meetings/", views.meetings, name="meetings"),
    path("branches/<int:key>/", views.branch, name="branch"),
    path("todo/", views.todo, name="todo"),
    path("branches/<int:key>/todo/", views.branch_todo, name="branch-todo"),
    path("branches/<int:key>/items/<str:item>/", views.item, name="item"),
    path("items/<str:item>/", views.across, name="across"),
    path("checks/scope/", views.scope, name="scope"),
    path("checks/run/", views.check_all, name="run"),
    path("checks/<ledger:kind>/<int:key>/reasons/", views.record_reasons, name="record-reasons"),
    path("suspicions/<int:key>/dismiss/", views.dismiss, name="dismiss"),
    path("suspicions/<int:key>/restore/", views.restore, name="restore"),
    path("checks/<ledger:kind>/try/", views.tried, name="try"),
]
