"""Committee, branches, units, persons and their spells; accounts and their duties."""

from __future__ import annotations

from taizhang.orgs.models_accounts import ADMINS, Duty, Role, User
from taizhang.orgs.models_people import (
    CommitteePost,
    CommitteeTerm,
    GroupLeader,
    GroupMember,
    Membership,
    NotCounted,
    PartyGroup,
    Person,
    Post,
    RightsLimit,
    StageSpell,
)
from taizhang.orgs.models_units import Alias, Area, AreaMembership, CalendarDay, Organisation, Unit

__all__ = [
    "ADMINS",
    "Alias",
    "Area",
    "AreaMembership",
    "CalendarDay",
    "CommitteePost",
    "CommitteeTerm",
    "Duty",
    "GroupLeader",
    "GroupMember",
    "Membership",
    "NotCounted",
    "Organisation",
    "PartyGroup",
    "Person",
    "Post",
    "RightsLimit",
    "Role",
    "StageSpell",
    "Unit",
    "User",
]
