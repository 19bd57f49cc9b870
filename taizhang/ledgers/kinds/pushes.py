"""线上学习推送 (L20): what was sent, with its screenshot as a file of the record."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class OnlinePush(Entry):
    """One push."""

    channel = models.ForeignKey(
        "ledgers.OnlineChannel", verbose_name="渠道", on_delete=models.PROTECT, related_name="+"
    )
    pushed_on = models.DateField("推送日期")
    topic = models.CharField("推送内容", max_length=100)
    link = models.CharField("链接", max_length=300, blank=True)
    readers = models.PositiveIntegerField("阅读人数", null=True, blank=True)
    in_life = models.BooleanField(default=True, editable=False)
    year = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "线上推送"

    def __str__(self) -> str:
        """Day and topic."""
        return f"{self.pushed_on} {self.topic}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    channel, day = values["channel"], values["pushed_on"]
    values["year"] = day.year
    values["in_life"] = channel.opened_on <= day and (
        channel.closed_on is None or day <= channel.closed_on
    )


KIND = LedgerKind(
    slug="pushes",
    title="线上学习推送",
    section="党员教育",
    titles=("线上学习推送", "学习资料推送记录", "线上学习推送记录", "学习资料推送截图记录", "线上学习推送登记表", "网上学习推送情况表", "学习内容推送记录", "学习内容推送登记表"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=OnlinePush,
    asked=("channel", "pushed_on", "topic", "link", "readers"),
    listed=("pushed_on", "channel", "topic", "readers"),
    day="pushed_on",
    prepare=_prepare,
    items=("L20",),
    facts=(entry_facts("pushes", OnlinePush, "channel_id", "pushed_on", "in_life", "year", n_files="n_files"),),
    also_called={
        "阅读数": "阅读人数", "点击量": "阅读人数", "浏览量": "阅读人数", "阅读次数": "阅读人数", "学习人次": "阅读人数", "链接地址": "链接", "推送载体": "渠道", "推送途径": "渠道",
        "推送题目": "推送内容", "推送资料": "推送内容", "资料名称": "推送内容",
        "平台": "渠道", "推送渠道": "渠道", "推送平台": "渠道", "推送方式": "渠道", "日期": "推送日期", "时间": "推送日期", "推送时间": "推送日期", "主题": "推送内容", "推送主题": "推送内容",
        "推送标题": "推送内容", "标题": "推送内容", "内容": "推送内容", "学习内容": "推送内容", "网址": "链接", "推送链接": "链接", "阅读量": "阅读人数", "学习人数": "阅读人数", "浏览人数": "阅读人数",
        "推送阵地": "渠道", "载体": "渠道", "发布渠道": "渠道", "发布平台": "渠道", "推送账号": "渠道", "推送群": "渠道", "渠道名称": "渠道", "推送载体名称": "渠道", "推送群组": "渠道", "发布日期": "推送日期",
        "发送日期": "推送日期", "推荐日期": "推送日期", "推送资料名称": "推送内容", "推送文章": "推送内容", "推送文章标题": "推送内容", "发布内容": "推送内容", "推送学习内容": "推送内容", "学习资料": "推送内容", "文章标题": "推送内容",
        "资料标题": "推送内容", "推送文件": "推送内容", "学习主题": "推送内容", "推送内容标题": "推送内容", "网址链接": "链接", "文章链接": "链接", "推送网址": "链接", "内容链接": "链接", "网络链接": "链接",
        "阅读人次": "阅读人数", "阅览人数": "阅读人数", "浏览次数": "阅读人数", "浏览数": "阅读人数", "查看人数": "阅读人数", "已读人数": "阅读人数", "点击数": "阅读人数", "点击次数": "阅读人数", "阅读": "阅读人数",
        "浏览人次": "阅读人数",
    },
    example={"渠道": "示例支部党员群", "推送日期": "2016-03-15", "推送内容": "党章学习材料"},
    about="推送截图作为佐证材料附在记录上。",
)  # fmt: skip
