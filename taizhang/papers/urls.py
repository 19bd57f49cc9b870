from __future__ import annotations

from django.urls import path

from taizhang.papers import views

app_name = "papers"
urlpatterns = [
    path("papers/book/<int:key>/", views.branch_book, name="book"),
    path("papers/sign-sheet/<int:key>.<str:form>", views.sign_sheet, name="sign-sheet"),
    path("papers/blank/<ledger:kind>.<str:form>", views.blank, name="blank"),
    path(
        "papers/<ledger:kind>/<int:key>/<slug:paper>.<str:form>", views.of_record, name="of-record"
    ),
    path("papers/<ledger:kind>/<int:key>.<str:form>", views.record, name="record"),
]
