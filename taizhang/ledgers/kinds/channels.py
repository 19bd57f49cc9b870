"""线上教育渠道 (L20): groups and accounts by which members are taught."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import NOBODY, Lasting, LedgerKind, PaperForm, entry_facts, in_days
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class OnlineChannel(Entry):
    """One channel."""

    class Kind(models.TextChoices):
        QQ = "qq", "QQ群"
        WECHAT = "wechat", "微信群"
        ACCOUNT = "account", "微信公众号"
        PLATFORM = "platform", "学习平台"
        OTHER = "other", "其他"

    kind = models.CharField("渠道类别", max_length=10, choices=Kind)
    name = models.CharField("渠道名称", max_length=60)
    opened_on = models.DateField("开通日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)
    keeper = person_key(null=True, label="管理员")
    member_count = models.PositiveIntegerField("成员数", null=True, blank=True)

    also_written: ClassVar = {
        "kind": {
            "QQ": "QQ群",
            "微信": "微信群",
            "微信工作群": "微信群",
            "公众号": "微信公众号",
            "微信公众平台": "微信公众号",
            "网络学习平台": "学习平台",
            "在线学习平台": "学习平台",
        },
    }

    class Meta:
        verbose_name = "线上渠道"

    def __str__(self) -> str:
        """The name."""
        return self.name


def _prepare(draft: Draft) -> None:
    in_days(draft, "opened_on", "closed_on", "停用日期", "开通日期")


KIND = LedgerKind(
    slug="channels",
    title="线上教育渠道",
    section="党员教育",
    titles=("线上教育阵地登记表", "线上教育渠道", "线上教育渠道登记表", "线上教育平台登记表", "线上学习渠道登记表", "党员教育网络平台登记表", "线上教育渠道一览表", "线上学习平台登记表"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="closed_on"),
    model=OnlineChannel,
    asked=("kind", "name", "opened_on", "closed_on", "keeper", "member_count"),
    listed=("name", "kind", "opened_on", "closed_on", "keeper", "member_count"),
    day="opened_on",
    prepare=_prepare,
    items=("L20",),
    unique=("name",),
    facts=(entry_facts("channels", OnlineChannel, "kind", "opened_on", "closed_on"),),
    also_called={
        "渠道形式": "渠道类别", "阵地类别": "渠道类别", "账号名称": "渠道名称", "阵地名称": "渠道名称", "公众号名称": "渠道名称", "创建时间": "开通日期", "开设时间": "开通日期", "注册时间": "开通日期",
        "关注人数": "成员数", "用户数": "成员数", "粉丝数": "成员数",
        "类别": "渠道类别", "平台类别": "渠道类别", "渠道类型": "渠道类别", "平台类型": "渠道类别", "平台名称": "渠道名称", "名称": "渠道名称", "群名称": "渠道名称", "建立日期": "开通日期", "建群日期": "开通日期",
        "建群时间": "开通日期", "建立时间": "开通日期", "管理人": "管理员", "群主": "管理员", "负责人": "管理员", "成员人数": "成员数", "人数": "成员数", "群成员数": "成员数",
        "渠道种类": "渠道类别", "阵地类型": "渠道类别", "类型": "渠道类别", "载体类型": "渠道类别", "载体类别": "渠道类别", "载体名称": "渠道名称", "渠道": "渠道名称", "账号": "渠道名称", "平台": "渠道名称",
        "公众号（群）名称": "渠道名称", "阵地": "渠道名称", "启用日期": "开通日期", "上线日期": "开通日期", "建成日期": "开通日期", "开设日期": "开通日期", "成立日期": "开通日期", "创建日期": "开通日期", "注册日期": "开通日期",
        "停止日期": "停用日期", "关闭日期": "停用日期", "注销日期": "停用日期", "关停日期": "停用日期", "管理者": "管理员", "管理人员": "管理员", "维护人": "管理员", "运营人": "管理员", "管理员姓名": "管理员",
        "负责人员": "管理员", "关注数": "成员数", "人员数": "成员数", "群人数": "成员数", "订阅人数": "成员数", "用户人数": "成员数", "覆盖人数": "成员数", "党员数": "成员数", "成员数量": "成员数", "关注人员数": "成员数",
    },
    example={"渠道类别": "微信群", "渠道名称": "示例支部党员群", "开通日期": "2015-03-01", "成员数": "32"},
)  # fmt: skip
