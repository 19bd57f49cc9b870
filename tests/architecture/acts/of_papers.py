"""What the organisation section can do with its own Word files."""

from __future__ import annotations

from taizhang.papers.models import PaperTemplate
from taizhang.papers.word_templates import actions as templates
from taizhang.papers.word_templates import kinds as template_kinds
from tests.architecture.acts.act import Do, World, act
from tests.papers import clerk

_STRANGERS = ("nobody", "foreign", "clerk", "secretary", "inspector", "team_leader", "system")


def _uploaded(w: World) -> PaperTemplate:
    return templates.upload_template(
        kind=template_kinds.named("letter"), name="x.docx", data=clerk.letter(), note="", actor=w.people.actor("office"),
        now=w.now,
    )  # fmt: skip


@act("papers.word_templates.upload_template", "papers.upload_template", "office", *_STRANGERS)
def _upload(w: World) -> Do:
    return lambda actor: templates.upload_template(
        kind=template_kinds.named("letter"), name="x.docx", data=clerk.letter(), note="", actor=actor, now=w.now
    )  # fmt: skip


@act("papers.word_templates.try_template", "papers.try_template", "office", *_STRANGERS)
def _try(w: World) -> Do:
    made = _uploaded(w)
    return lambda actor: templates.try_template(
        template=made, on="sample", form="docx", actor=actor, now=w.now
    )


@act("papers.word_templates.use_template", "papers.use_template", "office", *_STRANGERS)
def _use(w: World) -> Do:
    made = _uploaded(w)
    templates.try_template(
        template=made, on="sample", form="docx", actor=w.people.actor("office"), now=w.now
    )
    return lambda actor: templates.use_template(
        kind=template_kinds.named("letter"), template=made, note="", actor=actor, now=w.now
    )
