from __future__ import annotations

from django.urls import path

from taizhang.papers import burden_views, head_views, template_views, views

app_name = "papers"
urlpatterns = [
    path("papers/templates/", template_views.templates, name="templates"),
    path("papers/templates/<slug:kind>/", template_views.template, name="template"),
    path("papers/templates/<slug:kind>/start.docx", template_views.start, name="template-start"),
    path("papers/templates/<slug:kind>/use/", template_views.use, name="template-use"),
    path("papers/template-versions/<int:key>.docx", template_views.file, name="template-file"),
    path(
        "papers/template-versions/<int:key>/<slug:on>.<str:form>",
        template_views.trial,
        name="template-try",
    ),
    path("burden/", burden_views.of_all, name="burden-all"),
    path("branches/<int:key>/burden/", burden_views.of_branch, name="burden"),
    path("papers/book/<int:key>/", views.branch_book, name="book"),
    path("organisations/<int:key>/papers/", head_views.heads_of, name="heads"),
    path(
        "organisations/<int:key>/papers/<slug:kind>.<str:form>",
        head_views.sample,
        name="head-sample",
    ),
    path("papers/sign-sheet/<int:key>.<str:form>", views.sign_sheet, name="sign-sheet"),
    path("papers/blank/<ledger:kind>.<str:form>", views.blank, name="blank"),
    path("papers/<ledger:kind>/chosen.<str:form>", views.chosen, name="chosen"),
    path(
        "papers/<ledger:kind>/<int:key>/<slug:paper>.<str:form>", views.of_record, name="of-record"
    ),
    path("papers/<ledger:kind>/<int:key>.<str:form>", views.record, name="record"),
]
