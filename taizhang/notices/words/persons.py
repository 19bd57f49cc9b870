"""Who stands in a list: persons with their posts, units, and what is neither for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.kernel.text import HAN
from taizhang.notices.values import half_width, outside_brackets
from taizhang.notices.words.labels import VERBS

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝"
    "孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁"
    "时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来全褚"
    "廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙"
    "伏岑习胥保和蔺示某裘缪贲嵇滑储邴钮惠芮羿隗宓郗栾厉戎束韶蓟蒲邰鄂籍闻莘贡逄堵宰郦雍璩濮扈郏浦茹宦庾"
    "样例暨寇阙殳蔚夔巩晁訾阚蒯逯桓昝"
)
_NEVER_A_NAME = re.compile(
    r"[组局室股部委办片]$|片区$|^(?:党建|党群|党务|党办|组织|宣传|人事|纪检|综合|教育|教学|安全)[科处]?$"
)
"""党办, 纪委, 司法局 begin with a surname and are offices."""
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2}[部局科处室办委院股所站]$|中心$")
_COMPOUND = re.compile(
    r"^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫|轩辕|宇文|长孙)"
)
_POST = re.compile(
    r"(?:党组成员|班子成员|书记|局长|主任|科长|副?处长|主席|校长|园长|院长|部长|会长|股长|站长|所长|委员|干部|组织员|专员|调研员|督学|干事|科员|教研员|"
    r"负责人|主管|教师"
    r"|老师|专家|秘书|常委|局党委|党务工作者|讲师|教授|工程师|医师|会计师|宣传员|总监|经理|董事长|指导员|辅导员|代表|(?<!副)组长)"
)
_POST_ENDS = re.compile(
    rf"(?:{_POST.pattern}|[{HAN}]{{2}}(?:长|员|主任|主席|理事|书记|助理|代表|民警|干警|职工|护士|医生|会计|律师))$"
)
"""How any post ends, also one that no list knows: 县长, 教育长, 巡视员."""
_UNIT_END = re.compile(
    r"(?:学校|学院|大学|小学|中学|高中|初中|职校|技校|幼儿园|附小|附中"
    r"|分校|校区|学区|[小中园幼校院所局科室股处站部会村镇乡街馆队厂店委办社联]|[一二三四五六七八九十]初|中心"
    r"|社区|街道|公司|集团|总支|支部|机关|党组|团|银行)$"
)
_NOBODY = re.compile(
    r"支部|总支|党委|党组|党工委|各|全体|相关|有关|人员|若干|另行|负责|抽调|选派|单位|待定|另定|暂定|空缺|同上"
    r"|名单|电话|邮箱|信箱|网站|微信|平台|会审|附件|^见|[详参可]见|见附|以上|"
    r"通知|不少于|一名|两名|牵头|参加|参与|派员|配合|协助|工作|督查|检查|部门|科室|处室|兼任|领导|资料员|记录员|一般"
    r"|^(?:副?组长|成员|组员|队员|领队|联络员)$|^样[板本表品式]$|^样板|^例[会行如外]$"
)
_COMMON = re.compile(r"[务业党政基层骨村校社区部组员工作各和等的责领导镇街乡站所局科处室会委办院]")
"""What is in words and in no name of four characters that no surname proves."""
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MADE_UP = re.compile(
    rf"(?:工作|督查|检查)(?![组员团队人室科处所站点项表各等部会办])[{HAN}]|[{HAN}]{{1,3}}[{_STEMS}]"
)
"""督查甲: what stands where a name belongs, and is no word for a group, an office or a thing."""
_PLACEHOLDER = re.compile(rf"(?![第附])[{HAN}]{{2,3}}[{_STEMS}]")
"""示例甲: nobody's name, and nothing else either."""
_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,12}}(?:·[{HAN}]{{1,12}})+")
_LATIN = re.compile(r"[A-Za-z]{1,3}")


@dataclass
class Listed:
    """What a list holds."""

    persons: list[tuple[str, str]] = field(default_factory=list)
    """(name, post); the post is empty where none is written."""
    units: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    def names(self) -> list[str]:
        """The persons' names."""
        return [name for name, _ in self.persons]


def like_unit(text: str) -> bool:
    """Whether it ends as the name of a school, office or branch does."""
    plain = re.sub(r"[（(].*", "", text).strip()
    return bool(_UNIT_END.search(plain)) and len(plain) >= 2


def like_person(text: str) -> bool:
    """Two to four characters that begin with a surname and end as no unit does; blanks that pad a
    name do not count.
    """
    plain = re.sub(r"\s+|[（(].*", "", text)
    if _PLACEHOLDER.fullmatch(plain) and not like_unit(plain[:-1]):
        return True
    if not _NAME.fullmatch(plain) or _NOBODY.search(plain) or _POST.search(plain):
        return False
    if _NEVER_A_NAME.search(plain):
        return False
    short = len(plain) <= 3 or bool(_COMPOUND.match(plain)) or "·" in plain
    return short and plain[0] in SURNAMES and (len(plain) > 2 or not like_unit(plain))


def may_be_person(text: str) -> bool:
    """Whether a text where persons are listed may be a name."""
    if _MADE_UP.fullmatch(text):
        return True
    if len(text) > 3 and re.match(VERBS, text):
        return False
    if not _NAME.fullmatch(text) or _NOBODY.search(text) or _POST.search(text):
        return False
    if like_unit(text) and not (text[0] in SURNAMES and len(text) <= 3):
        return False
    if _NEVER_A_NAME.search(text):
        return False
    return len(text) <= 3 or bool(_COMPOUND.match(text)) or "·" in text or _is_long_name(text)


def _is_long_name(text: str) -> bool:
    """Four characters, of which a surname or the want of any common word tells that they are a
    name.
    """
    return len(set(text)) == 4 and (text[0] in SURNAMES or not _COMMON.search(text))


def people(text: str) -> Listed:
    """The persons and units of a list whose label says that it is one of people."""
    found = Listed()
    plain = re.sub(r"(?<=:)[ \t]+", "", half_width(text).replace("\u3000", " "))
    listed = outside_brackets(_in_lines(plain), "、,;；，\n\t/|。")
    pieces = [_after_office(re.sub(r"^\s*[（(]?\d{1,2}\s*[.．、)）]\s*", "", p)) for p in listed]
    waiting = ""
    for at, piece in enumerate(pieces):
        if _add_both(piece, found):
            continue
        plain = piece.strip(" .。:：等")
        if not found.persons and _goes_on_in(plain, pieces[at + 1 :]):
            waiting += f"{plain}、"
            continue
        _add_piece(plain, found)
        if waiting and found.persons:
            name, post = found.persons[0]
            found.persons[0], waiting = (name, f"{waiting}{post}"), ""
    return found


def units(text: str) -> list[str]:
    """The units of a list whose label says that it is one of units: 纪委 is one, though 纪 is a
    surname.
    """
    plain = half_width(text).replace("\u3000", " ")
    found: list[str] = []
    for piece in outside_brackets(plain, "、,;；，\n\t/|。 "):
        name = re.sub(r"[（(][^（）()]*[）)]|等$", "", piece).strip(" .:：")
        person = may_be_person(name) and not like_unit(name)
        if name and not person and not re.fullmatch(r"[-—–/略无]+|待定|另定|另行通知", name):
            found.append(name)
    return found


def _goes_on_in(piece: str, following: list[str]) -> bool:
    """`市委常委、组织部部长某某`: a post that the next of them, with a name behind it, goes on."""
    after = following[0].strip(" .。:：等") if following else ""
    kind = _kind(after) if after and " " not in after else None
    titled = isinstance(kind, tuple) and bool(kind[1])
    parted = after.split()
    titled |= len(parted) == 2 and _is_post(parted[0]) and may_be_person(parted[1])
    return _is_post(piece) and (titled or (_is_post(after) and _goes_on_in(after, following[1:])))


def _is_post(token: str) -> bool:
    """A post that stands alone: it ends as one and is no name."""
    ends = _POST.search(token) or not _NOBODY.search(token)
    return bool(_POST_ENDS.search(token) and ends) and len(token) > 2 and not may_be_person(token)


def _in_lines(text: str) -> str:
    """Posts and names on lines in turn: each post goes to the name below it, or to the one above
    it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first, second = lines[::2], lines[1::2]
    if not second or len(first) != len(second):
        return text
    for names, others, put in ((second, first, "{1} {0}"), (first, second, "{0} {1}")):
        if all(map(may_be_person, map(_tight, names))) and all(map(_is_post, others)):
            return "\n".join(put.format(_tight(n), o) for n, o in zip(names, others, strict=True))
    return text


def _after_office(piece: str) -> str:
    """`党建部：某某`: an office or a post before a name, with a blank in place of the colon."""
    headed = re.match(r"^\s*([^:()\s]{2,14})\s*:\s*(?=\S)", piece)
    known = headed and (like_unit(headed[1]) or _OFFICE.search(headed[1]) or _is_post(headed[1]))
    return f"{headed[1]} {piece[headed.end() :]}" if headed and known else piece


def _tight(name: str) -> str:
    return re.sub(r"\s+", "", name)


def _add_both(piece: str, found: Listed) -> bool:
    """`张三和李四`."""
    both = re.fullmatch(rf"\s*([{HAN}]{{2,3}})(?:和|及|与)([{HAN}]{{2,3}})\s*(?:同志)?", piece)
    if both and all(like_person(one) for one in both.groups()):
        found.persons += [(one, "") for one in both.groups()]
        return True
    return False


def _add_piece(piece: str, found: Listed) -> None:
    """One place of a list: a name, with its post before, behind or in brackets."""
    bracket = next(_brackets(piece), None)
    post = bracket[1].strip() if bracket else ""
    for one in reversed(list(_brackets(piece))):
        piece = f"{piece[: one.start()]} {piece[one.end() :]}"
    tokens = _unpadded(piece)
    kinds = _kinds(tokens)
    lead = ""
    leads = bool(tokens) and not isinstance(kinds[0], tuple) and isinstance(kinds[-1], tuple)
    for token, kind in zip(tokens, kinds, strict=True):
        if isinstance(kind, tuple):
            found.persons.append((kind[0], post or kind[1] or lead))
            lead = post = ""
        elif not (lead or leads) and _belongs_above(token, kind, tokens, found):
            name, known = found.persons[-1]
            found.persons[-1] = (name, f"{known}、{token}" if known else token)
        elif (kind in ("post", "unit") or _is_post(token)) and len(tokens) > 1:
            lead = f"{lead} {token}".strip()
        elif kind == "unit":
            found.units.append(token)
        elif token and not re.fullmatch(r"[-—–/略无]+|待定|另定|空缺|另行通知", token):
            found.unsure.append(token)


def _brackets(piece: str) -> Iterator[re.Match[str]]:
    """The brackets of a piece; one inside a post belongs to it: 组织部（人力资源部）副部长."""
    for one in re.finditer(r"[（(]((?:[^（）()]|[（(][^（）()]*[）)])*)[）)]", piece):
        behind = re.match(rf"[{HAN}]+", piece[one.end() :])
        if not (behind and one.start() and _POST_ENDS.search(behind[0])):
            yield one


def _kinds(tokens: list[str]) -> list[str | tuple[str, str]]:
    """What the tokens are beside each other: 党群部 before a name is an office, 政治处民警 behind one a
    post.
    """
    kinds = [_kind(token) for token in tokens]
    if len(tokens) > 1 and _OFFICE.search(tokens[0]) and isinstance(kinds[1], tuple):
        kinds[0] = "unit"
    named = bool(kinds) and isinstance(kinds[0], tuple) and not kinds[0][1]
    alone = named and not any(isinstance(one, tuple) and not one[1] for one in kinds[1:])
    works = ["post" if alone and one == "unit" else one for one in kinds[1:]]
    return kinds[:1] + ["post" if named and _is_behind(one) else one for one in works]


def _is_behind(kind: object) -> bool:
    """Whether a word behind a name parts into an office and nobody's name."""
    return isinstance(kind, tuple) and bool(kind[1]) and not like_person(kind[0])


def _belongs_above(token: str, kind: object, tokens: list[str], found: Listed) -> bool:
    """A post behind a name, or behind a comma and a post; one of a kind that no list knows only
    right behind.
    """
    titled = bool(found.persons and found.persons[-1][1])
    known = kind == "post" or (_is_post(token) and (len(tokens) > 1 or titled))
    return known and bool(found.persons)


def _kind(token: str) -> str | tuple[str, str]:
    """(name, post) of a person, or what else a token is."""
    token = re.sub(rf"(?<=[{HAN}]{{2}})(?:同志|老师|等)$", "", token)
    if _PLACED.search(token):
        return "unsure"
    headed = len(token) > 3 and _HEAD.match(token)
    if may_be_person(token) and not headed and not _splits(token):
        return token, ""
    posts = list(_POST.finditer(token))
    if posts:
        rest = token[posts[-1].end() :]
        if may_be_person(rest):
            return rest, token[: posts[-1].end()]
        return (_titled(token) or "unsure") if rest else "post"
    split = _splits(token) or _titled(token)
    if split:
        return split
    return "unit" if like_unit(token) else "unsure"


_PLACED = re.compile(r"(?:地点|时间)[设定安排]*[为是在于]|集中地|(?<=.)地点")
"""What says where or when; its end is nobody's name, though it begins as a surname does."""


def _titled(token: str) -> tuple[str, str] | None:
    """`县政府副县长某某`: any post and, behind it, a name."""
    ways = [(token[-size:], token[:-size]) for size in (3, 2)]
    titled = [way for way in ways if _is_post(way[1]) and may_be_person(way[0])]
    titled += [way for way in ways if _HEAD.fullmatch(way[1]) and may_be_person(way[0])]
    return next((way for way in titled if like_person(way[0])), titled[0] if titled else None)


_HEAD = re.compile(rf"(?![组队成增加])[{HAN}]长")
"""段长, 矿长: who heads something."""


def _splits(token: str) -> tuple[str, str] | None:
    """`区教育局张三`: a unit and, behind it, a name."""
    if len(token) < 4 or _COMPOUND.match(token):
        return None
    for size in (3, 2):
        unit, name = token[:-size], token[-size:]
        if len(unit) >= 2 and like_unit(unit) and like_person(name) and name[0] in SURNAMES:
            return name, unit
    for size in (2, 3):
        unit, name = token[:-size], token[-size:]
        if (
            len(unit) >= 3
            and may_be_person(name)
            and re.search(r"[局科室处部院会办股]$|中心$|学校$|[小中]学$|幼儿园$", unit)
            and not like_unit(token)
        ):
            return name, unit
    return None


def _unpadded(piece: str) -> list[str]:
    """Tokens; single characters that blanks part belong to one name: `何 群`, `欧阳 锋` stays two tokens
    at most.
    """
    tokens = piece.split()
    found: list[str] = []
    at = 0
    while at < len(tokens):
        one = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        compound = len(one) == 2 and bool(_COMPOUND.match(one)) and len(following) in (1, 2)
        if (len(one) == 1 and following and not _LATIN.fullmatch(one)) or compound:
            found.append(one + following)
            at += 2
        else:
            found.append(one)
            at += 1
    return found
