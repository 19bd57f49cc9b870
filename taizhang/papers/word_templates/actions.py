"""What the organisation section does with its own Word files: upload one, try it, put it in use or
take it out of use.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from taizhang.kernel import libreoffice
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.writing import columns, file_names
from taizhang.orgs.actor import Actor
from taizhang.papers.models import PaperTemplate, TemplateUse
from taizhang.papers.word_templates import check as template_check
from taizhang.papers.word_templates import file as template_file
from taizhang.papers.word_templates import fill as template_word
from taizhang.papers.word_templates import kinds as template_kinds
from taizhang.papers.word_templates import queries as template_queries
from taizhang.papers.word_templates.kinds import TemplateKind
from taizhang.papers.writers import pdf

SAMPLE = "sample"


@transaction.atomic
def upload_template(
    *, kind: TemplateKind, name: str, data: bytes, note: str, actor: Actor, now: datetime
) -> PaperTemplate:
    """Keep another version of the file for a kind. It is read, and printed once with the sample,
    before it is kept.
    """
    actor.must_run_office()
    template_file.must_be_harmless(data)
    used = template_check.must_be_readable(kind, data)
    try:
        template_word.written(kind, data, kind.sample())
    except WrongState as lacking:
        raise BadInput(f"用样例试印：{lacking}") from lacking
    sha256 = hashlib.sha256(data).hexdigest()
    same = PaperTemplate.objects.filter(kind=kind.slug, sha256=sha256).first()
    if same is not None:
        raise WrongState(f"这个文件与{same}完全相同，没有重复保存。")
    last = PaperTemplate.objects.filter(kind=kind.slug).aggregate(last=Max("number"))["last"] or 0
    made = PaperTemplate.objects.create(
        kind=kind.slug,
        number=last + 1,
        name=file_names.clean(PaperTemplate.name, name, "模板.docx"),
        content=data,
        sha256=sha256,
        note=columns.taken(PaperTemplate.note, note),
        unused=template_check.unused(kind, used),
        uploaded_at=now,
        uploaded_by=actor.user,
    )
    journal.note(
        "papers.upload_template",
        f"template:{kind.slug}",
        by=actor.user,
        now=now,
        template=str(made),
        name=made.name,
        sha256=sha256,
    )
    return made


def try_template(
    *, template: PaperTemplate, on: str, form: str, actor: Actor, now: datetime
) -> bytes:
    """A print of the sample, or of a paper that is there, made from a version that need not be in
    use.
    """
    actor.must_run_office()
    if form not in ("docx", "pdf"):
        raise BadInput("只能试印 docx 或 pdf。")
    if form == "pdf" and libreoffice.program() is None:
        raise WrongState("服务器上没有 LibreOffice，模板只能试印为 Word。")
    kind = template_kinds.named(template.kind)
    paper = kind.sample() if on == SAMPLE else kind.paper(on, actor)
    made = template_queries.document(template, paper)
    if form == "pdf":
        made = libreoffice.pdfs([made], pdf.fonts_for_office())[0]
    with transaction.atomic():
        if template.tried_at is None:
            template.tried_at = now
            template.save(update_fields=["tried_at"])
        journal.note(
            "papers.try_template",
            f"template:{template.kind}",
            by=actor.user,
            now=now,
            template=str(template),
            on=on,
            form=form,
        )
    return made


@transaction.atomic
def use_template(
    *, kind: TemplateKind, template: PaperTemplate | None, note: str, actor: Actor, now: datetime
) -> TemplateUse:
    """From now on make papers of the kind from a version, also an older one; without one, in the
    built-in form.
    """
    actor.must_run_office()
    if template is not None and template.kind != kind.slug:
        raise WrongState("这一版是别的文书的模板。")
    if template is not None and template.tried_at is None:
        raise WrongState("请先试印并看过，再启用。")
    if template_queries.in_use(kind.slug) == template:
        told = f"{template}已经在用。" if template else "现在用的就是内置格式。"
        raise WrongState(told)
    use = TemplateUse.objects.create(
        kind=kind.slug,
        template=template,
        since_at=now,
        by=actor.user,
        note=columns.taken(TemplateUse.note, note),
    )
    journal.note(
        "papers.use_template",
        f"template:{kind.slug}",
        by=actor.user,
        now=now,
        template=str(use),
        note=use.note,
    )
    return use
