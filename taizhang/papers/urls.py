from __future__ import annotations

from django.urls import path

from taizhang.papers import head_views, views

app_name = "papers"
urlpatterns = [
    path("papers/book/<int:key>/", views.branch_book, name="book"),
    path("organisations/<int:key>/papers/", head_views.heads_of, name="heads"),
    path(
        "organisations/<int:key>/papers/<slug:kind>.<str:form>",
        head_views.sample,
        name="head-sample",
    ),
    path("papers/sign-sheet/<int:key>.<str:form>", views.sign_sheet, name="sign-sheet"),
    path("papers/blank/<ledger:kind>.<str:form>", views.blank, name="blank"),
    path(
        "papers/<ledger:kind>/<int:key>/<slug:paper>.<str:form>", views.of_record, name="of-record"
    ),
    path("papers/<ledger:kind>/<int:key>.<str:form>", views.record, name="record"),
]
