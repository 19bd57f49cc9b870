from __future__ import annotations

from django.urls import path

from taizhang.checks.by_ledger import views as by_ledger
from taizhang.checks.catalogue_versions import views as rule_views
from taizhang.checks.catalogue_versions import workshop
from taizhang.checks.views import changes, explanations, of_record
from taizhang.checks.views import exports as export_views
from taizhang.checks.views import verdicts as views

app_name = "checks"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/changes/", changes.changes, name="changes"),
    path("board/export/", export_views.board, name="board-export"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/export/", export_views.meetings, name="meetings-export"),
    path("branches/<int:key>/", views.branch, name="branch"),
    path("branches/<int:key>/export/", export_views.branch, name="branch-export"),
    path("todo/", views.todo, name="todo"),
    path("branches/<int:key>/todo/", views.branch_todo, name="branch-todo"),
    path("branches/<int:key>/expected/", views.expected, name="expected"),
    path("branches/<int:key>/at/<str:rule>/<str:window>/", views.at, name="at"),
    path("branches/<int:key>/items/<str:item>/", views.item, name="item"),
    path("items/<str:item>/", views.across, name="across"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/requirements/", workshop.requirements, name="requirements"),
    path("rules/requirements/<str:key>/", workshop.requirement, name="requirement"),
    path("rules/requirements/<str:key>/rule/", workshop.rule, name="rule"),
    path("rules/requirements/<str:key>/rule/example/", workshop.example, name="rule-example"),
    path("rules/trial/", rule_views.trial, name="rules-trial"),
    path("rules/trial/<int:key>/", rule_views.tried, name="rules-tried"),
    path("rules/publish/", rule_views.publish, name="rules-publish"),
    path("rules/drop/", rule_views.drop, name="rules-drop"),
    path("checks/scope/", views.scope, name="scope"),
    path("checks/waiting/", views.waiting, name="waiting"),
    path("checks/run/", views.check_all, name="run"),
    path("checks/runs/<int:key>/", views.run_state, name="run-state"),
    path("checks/runs/<int:key>/stop/", views.stop_run, name="run-stop"),
    path(
        "checks/<ledger:kind>/<int:key>/reasons/", of_record.record_reasons, name="record-reasons"
    ),
    path("checks/<ledger:kind>/<int:key>/withdrawing/", of_record.withdrawing, name="withdrawing"),
    path("suspicions/<int:key>/beside/", views.beside, name="beside"),
    path("suspicions/<int:key>/dismiss/", views.dismiss, name="dismiss"),
    path("suspicions/<int:key>/restore/", views.restore, name="restore"),
    path("suspicions/<int:key>/explain/", explanations.explain, name="explain"),
    path("suspicions/<int:key>/unexplain/", explanations.take_back, name="unexplain"),
    path("checks/<ledger:kind>/branches/", by_ledger.branches, name="by-ledger"),
    path("checks/<ledger:kind>/try/", of_record.tried, name="try"),
]
