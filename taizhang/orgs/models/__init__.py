"""Committee, branches, units, persons and their spells; accounts and their duties."""

from __future__ import annotations

from taizhang.orgs.models.accounts import ADMINS, Duty, Role, User
from taizhang.orgs.models.attempts import AddressTries, KnownDevice, LoginTries
from taizhang.orgs.models.lists import ListColumns, SavedFilter
from taizhang.orgs.models.login import (
    ApiToken,
    EndedThere,
    LoginRules,
    LoginSession,
    PastPassword,
    SecondFactor,
    SignOn,
)
from taizhang.orgs.models.papers import (
    OF_BRANCHES,
    OF_COMMITTEES,
    GivenNumber,
    PaperHead,
    PaperKind,
)
from taizhang.orgs.models.people import (
    CommitteePost,
    CommitteeTerm,
    GroupLeader,
    GroupMember,
    Membership,
    NotCounted,
    PartyGroup,
    Person,
    PersonalData,
    Post,
    RightsLimit,
    StageSpell,
)
from taizhang.orgs.models.units import (
    Alias,
    Area,
    AreaMembership,
    CalendarDay,
    FormerName,
    Organisation,
    Succession,
    Unit,
)

__all__ = [
    "ADMINS",
    "OF_BRANCHES",
    "OF_COMMITTEES",
    "AddressTries",
    "Alias",
    "ApiToken",
    "Area",
    "AreaMembership",
    "CalendarDay",
    "CommitteePost",
    "CommitteeTerm",
    "Duty",
    "EndedThere",
    "FormerName",
    "GivenNumber",
    "GroupLeader",
    "GroupMember",
    "KnownDevice",
    "ListColumns",
    "LoginRules",
    "LoginSession",
    "LoginTries",
    "Membership",
    "NotCounted",
    "Organisation",
    "PaperHead",
    "PaperKind",
    "PartyGroup",
    "PastPassword",
    "Person",
    "PersonalData",
    "Post",
    "RightsLimit",
    "Role",
    "SavedFilter",
    "SecondFactor",
    "SignOn",
    "StageSpell",
    "Succession",
    "Unit",
    "User",
]
