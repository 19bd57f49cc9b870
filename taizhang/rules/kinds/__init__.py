"""The closed set of rule kinds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from taizhang.rules.kinds.agrees import Agrees
from taizhang.rules.kinds.belonged_then import BelongedThen
from taizhang.rules.kinds.bracket import Bracket
from taizhang.rules.kinds.burst import Burst
from taizhang.rules.kinds.complete import Complete
from taizhang.rules.kinds.dated import Dated
from taizhang.rules.kinds.document import Document
from taizhang.rules.kinds.each_has import EachHas
from taizhang.rules.kinds.headcount import Headcount
from taizhang.rules.kinds.in_a_row import InARow
from taizhang.rules.kinds.in_order import InOrder
from taizhang.rules.kinds.lapse import Lapse
from taizhang.rules.kinds.long_day import LongDay
from taizhang.rules.kinds.near_picture import NearPicture
from taizhang.rules.kinds.near_speech import NearSpeech
from taizhang.rules.kinds.never import Never
from taizhang.rules.kinds.no_overlap import NoOverlap
from taizhang.rules.kinds.no_repeat import NoRepeat
from taizhang.rules.kinds.pattern import Pattern
from taizhang.rules.kinds.periodic import Periodic
from taizhang.rules.kinds.ratio import Ratio
from taizhang.rules.kinds.reconcile import Reconcile
from taizhang.rules.kinds.rising import Rising
from taizhang.rules.kinds.share import Share
from taizhang.rules.kinds.similar_text import SimilarText
from taizhang.rules.kinds.standing import Standing
from taizhang.rules.kinds.tally import Tally
from taizhang.rules.kinds.term import Term
from taizhang.rules.kinds.total import Total
from taizhang.rules.kinds.wording import Wording

AnyRule = Annotated[
    Agrees
    | BelongedThen
    | Bracket
    | Burst
    | Complete
    | Dated
    | Document
    | EachHas
    | Headcount
    | InARow
    | InOrder
    | Lapse
    | LongDay
    | NearPicture
    | NearSpeech
    | Never
    | NoOverlap
    | NoRepeat
    | Pattern
    | Periodic
    | Ratio
    | Reconcile
    | Rising
    | Share
    | SimilarText
    | Standing
    | Tally
    | Term
    | Total
    | Wording,
    Field(discriminator="kind"),
]

__all__ = [
    "Agrees",
    "AnyRule",
    "BelongedThen",
    "Bracket",
    "Burst",
    "Complete",
    "Dated",
    "Document",
    "EachHas",
    "Headcount",
    "InARow",
    "InOrder",
    "Lapse",
    "LongDay",
    "NearPicture",
    "NearSpeech",
    "Never",
    "NoOverlap",
    "NoRepeat",
    "Pattern",
    "Periodic",
    "Ratio",
    "Reconcile",
    "Rising",
    "Share",
    "SimilarText",
    "Standing",
    "Tally",
    "Term",
    "Total",
    "Wording",
]
