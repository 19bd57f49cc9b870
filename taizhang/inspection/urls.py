from __future__ import annotations

from django.urls import path

from taizhang.inspection import views

app_name = "inspection"
urlpatterns = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/<int:key>/", views.one, name="round"),
    path("rounds/<int:key>/publish/", views.publish, name="publish"),
    path("notices/import/", views.take_in, name="import"),
    path("notices/<int:key>/", views.review, name="review"),
]
