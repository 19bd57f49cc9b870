from __future__ import annotations

from django.urls import path

from taizhang.inspection.views import findings, opening, printing, rounds, scoring, site

app_name = "inspection"
urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="new"),
    path("rounds/<int:key>/", rounds.one, name="round"),
    path("rounds/<int:key>/steps/<slug:verb>/", rounds.advance, name="advance"),
    path("rounds/<int:key>/plan/", rounds.planned, name="plan"),
    path("rounds/<int:key>/plan/propose/", rounds.propose, name="propose"),
    path("rounds/<int:key>/plan/share-out/", rounds.share_out, name="share-out"),
    path("rounds/<int:key>/head/", rounds.head, name="head"),
    path("rounds/<int:key>/items/", rounds.items, name="items"),
    path("rounds/<int:key>/follow-up/", rounds.follow_up, name="follow-up"),
    path("rounds/<int:key>/progress/", rounds.progress, name="progress"),
    path("rounds/<int:key>/compare/", rounds.compared, name="compare"),
    path("rounds/<int:key>/questions/", rounds.ask, name="ask"),
    path("rounds/<int:key>/findings/", findings.listed, name="findings"),
    path("rounds/<int:key>/issue/", findings.issue, name="issue"),
    path("rounds/<int:key>/rectification/", findings.rectification, name="rectification"),
    path("rounds/<int:key>/papers/<slug:paper>.<str:form>", printing.of_round, name="round-paper"),
    path("questions/<int:key>/answer/", rounds.answer, name="answer"),
    path("preparations/<int:key>/confirm/", rounds.prepared, name="prepared"),
    path("visits/<int:key>/consultation/", findings.consult, name="consult"),
    path("visits/<int:key>/consultation/<slug:verb>/", findings.consult_step, name="consult-step"),
    path("rounds/<int:key>/scored/", scoring.scored, name="scored"),
    path("visits/<int:key>/scores/", scoring.sheet, name="scores"),
    path("visits/<int:key>/sign/", findings.sign, name="sign"),
    path("visits/<int:key>/checklist.xlsx", site.checklist_sheet, name="checklist-sheet"),
    path("visits/<int:key>/papers/<slug:paper>.<str:form>", printing.of_visit, name="visit-paper"),
    path("highlights/<int:key>/promote/", findings.promote, name="promote"),
    path("findings/<int:key>/", findings.finding, name="finding"),
    path("findings/<int:key>/steps/<str:verb>/", findings.finding_step, name="finding-step"),
    path("branches/<int:key>/inspections/", findings.own, name="own"),
    path("branches/<int:key>/inspections/due/", findings.own_due, name="own-due"),
    path("inspections/due/", findings.office_due, name="office-due"),
    path("site/", site.shell, name="site"),
    path("site/worker.js", site.worker, name="site-worker"),
    path("site/pack/", site.pack, name="site-pack"),
    path("site/sync/", site.sync, name="site-sync"),
    path("site/photos/", site.photo, name="site-photo"),
    path("site/photos/<int:key>/<slug:size>.jpg", site.picture, name="site-picture"),
    path("notices/import/", opening.take_in, name="import"),
    path("notices/<int:key>/", opening.review, name="review"),
]
