"""One page for a unit over its rounds: what both sides signed, problems by kind, what came back,
records by year.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.inspection import queries
from taizhang.inspection.models import Finding
from taizhang.inspection.progress import profile
from tests.inspection.conftest import Scene
from tests.inspection.test_findings import _acknowledged
from tests.inspection.test_look_back import _next, _send, _visit_of
from tests.make import raw, save


def _of(scene: Scene, who: str) -> profile.Profile:
    actor = scene.people.actor(who)
    return profile.profile(scene.people.own, actor, queries.findings(actor))


def test_a_round_tells_verdicts_once_both_signed(scene: Scene) -> None:
    scene.send("inspector", "answer", item=2, verdict="mostly")
    assert [(one.signed, one.verdicts) for one in _of(scene, "secretary").rounds] == [(False, [])]

    _acknowledged(scene)

    for who in ("secretary", "office"):
        (one,) = _of(scene, who).rounds
        told = dict(one.verdicts)
        assert (one.signed, told["基本齐全"], len(one.findings)) == (True, 1, 1), who
    (kind, numbers) = _of(scene, "secretary").by_kind[0]
    assert (kind, [n for _, n in numbers]) == ("党内政治生活", [1])


@pytest.mark.parametrize(("standing", "word"), [("closed", "反弹"), ("acknowledged", "未整改")])
def test_what_a_later_round_saw_again_is_told_with_both_problems(
    scene: Scene, login: Any, standing: str, word: str
) -> None:
    earlier = _acknowledged(scene)
    Finding.objects.update(standing=standing)
    second = _next(scene)
    visit = _visit_of(second)
    told = {"item": 28, "facts": "又没有召开", "repeat_of": earlier.pk}
    _send(second, visit, scene.now, "look_back", earlier=earlier.pk, verdict="not_mended")
    _send(second, visit, scene.now, "finding", **told)

    draft = _of(scene, "secretary")
    assert [len(one.findings) for one in draft.rounds] == [1, 0], "a draft is nobody's business"
    Finding.objects.filter(repeat_of=earlier).update(standing="issued")

    (again,) = _of(scene, "secretary").seen_again
    assert (again.word, again.earlier) == (word, earlier)
    assert again.later is not None
    page = login(scene.people.users["clerk"]).get(f"/branches/{scene.people.own.pk}/profile/")
    for link in (earlier.pk, again.later.pk):
        assert f"/findings/{link}/" in page.content.decode()


def test_records_by_year_open_their_list(scene: Scene, login: Any) -> None:
    clerk = scene.people.actor("clerk")
    for day in ("2016-03-01", "2016-05-01", "2018-03-01"):
        save(scene.people.own, clerk, scene.now, "talks", **raw("talks") | {"held_on": day})

    of_kind = {kind.slug: dict(line) for kind, line in _of(scene, "office").records}

    assert (of_kind["talks"][2016], of_kind["talks"][2018]) == (2, 1)
    client = login(scene.people.users["office"])
    page = client.get(f"/branches/{scene.people.own.pk}/profile/").content.decode()
    assert "talks/?branch=" in page
    assert "from=2016-01-01&amp;to=2016-12-31" in page
    foreign = login(scene.people.users["foreign"])
    assert foreign.get(f"/branches/{scene.people.own.pk}/profile/").status_code in (403, 404)
