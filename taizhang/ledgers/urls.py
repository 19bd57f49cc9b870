from __future__ import annotations

from django.urls import path, register_converter

from taizhang.ledgers.disposal import views as disposal_views
from taizhang.ledgers.dues import views as dues_views
from taizhang.ledgers.evidence import views as evidence_views
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.links import views as link_views
from taizhang.ledgers.mine import views as own_views
from taizhang.ledgers.office import account_views, workbook_views
from taizhang.ledgers.office import views as office_views
from taizhang.ledgers.pages import group_views, lists, reveal_views, views


class KindConverter:
    """A ledger's slug in an address; an unknown one is a 404 before any view runs."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> LedgerKind:
        """The kind."""
        if value not in KINDS:
            raise ValueError(value)
        return KINDS[value]

    def to_url(self, value: LedgerKind | str) -> str:
        """The slug."""
        return str(value)


register_converter(KindConverter, "ledger")
app_name = "ledgers"
urlpatterns = [
    path("ledgers/", lists.kinds, name="kinds"),
    path("search/", views.find, name="search"),
    path("go/", views.go, name="go"),
    path("mine/", own_views.mine, name="mine"),
    path("organisations/", office_views.organisations, name="organisations"),
    path(
        "organisations/template/", office_views.organisation_template, name="organisation-template"
    ),
    path("organisations/export/", office_views.organisation_export, name="organisation-export"),
    path("mine/objections/", own_views.object_to, name="object"),
    path("objections/", own_views.waiting, name="objections"),
    path("objections/<int:key>/answer/", own_views.answer, name="answer-objection"),
    path("disposals/", disposal_views.all_disposals, name="disposals"),
    path("disposals/<int:key>/", disposal_views.disposal, name="disposal"),
    path("disposals/<int:key>/sheet/", disposal_views.disposal_sheet, name="disposal-sheet"),
    path("disposals/<int:key>/<slug:verb>/", disposal_views.disposal_step, name="disposal-step"),
    path("accounts/template/", account_views.template, name="account-template"),
    path("accounts/import/", account_views.bring_in, name="account-import"),
    path("first-workbook/", workbook_views.bring_in, name="workbook"),
    path("first-workbook/empty/", workbook_views.empty, name="workbook-empty"),
    path("organisations/import/", office_views.organisation_import, name="organisation-import"),
    path("organisations/<int:key>/", office_views.organisation, name="organisation"),
    path("branches/<int:key>/chart/", office_views.org_chart, name="chart"),
    path("declarations/<int:key>/confirm/", office_views.confirm, name="confirm"),
    path("calendar/<int:year>/", office_views.calendar, name="calendar"),
    path("ledgers/meetings/read/", views.read_minutes, name="read-minutes"),
    path("ledgers/meetings/groups/", group_views.together, name="group-meetings"),
    path("ledgers/meetings/roster/", views.roster, name="roster"),
    path("ledgers/dues-payments/month/", dues_views.month, name="dues-month"),
    path("ledgers/<ledger:kind>/", lists.ledger, name="list"),
    path("ledgers/<ledger:kind>/new/", views.record, name="record"),
    path("ledgers/<ledger:kind>/template/", views.template, name="template"),
    path("ledgers/<ledger:kind>/export/", lists.export, name="export"),
    path("ledgers/<ledger:kind>/export/chosen/", lists.export_chosen, name="export-chosen"),
    path("ledgers/<ledger:kind>/withdraw/", lists.withdraw_chosen, name="withdraw-chosen"),
    path("ledgers/<ledger:kind>/<int:key>/", views.entry, name="entry"),
    path("ledgers/<ledger:kind>/<int:key>/correct/", views.correct, name="correct"),
    path("ledgers/<ledger:kind>/<int:key>/files/", evidence_views.of_record, name="files"),
    path("ledgers/<ledger:kind>/<int:key>/files/attach/", evidence_views.attach, name="attach"),
    path(
        "ledgers/<ledger:kind>/<int:key>/files/<int:link>/detach/",
        evidence_views.detach,
        name="detach",
    ),
    path(
        "ledgers/<ledger:kind>/<int:key>/files/<int:link>/replace/",
        evidence_views.replace,
        name="replace-file",
    ),
    path("ledgers/<ledger:kind>/<int:key>/related/", link_views.of_record, name="related"),
    path("ledgers/<ledger:kind>/<int:key>/derive/<ledger:to>/", link_views.derive, name="derive"),
    path("ledgers/<ledger:kind>/<int:key>/end-spell/", link_views.end_spell, name="end-spell"),
    path(
        "ledgers/<ledger:kind>/<int:key>/links/<int:link>/unlink/", link_views.unlink, name="unlink"
    ),
    path("evidence/unused/", evidence_views.unused, name="unused"),
    path("evidence/<int:key>/", evidence_views.file, name="file"),
    path("evidence/<int:key>/look/", evidence_views.look, name="look"),
    path("evidence/<int:key>/throw-away/", evidence_views.throw_away, name="throw-away"),
    path("evidence/<int:key>/<str:size>/", evidence_views.picture, name="picture"),
    path("ledgers/<ledger:kind>/<int:key>/reveal/", reveal_views.reveal, name="reveal"),
    path("ledgers/<ledger:kind>/<int:key>/withdraw/", views.withdraw, name="withdraw"),
    path("ledgers/<ledger:kind>/<int:key>/put-back/", views.put_back, name="put-back"),
]
