"""The tables of states: every state can be come to, none is a trap, and the manual shows them as
they are.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from taizhang.inspection.flows import FINDING, HIGHLIGHT, ROLES, ROUND, VISIT
from taizhang.kernel.errors import NotAllowed, NotFound, WrongState
from taizhang.kernel.flow import Flow

MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "states.md"
ENDS = {
    "督查轮次": {"archived"},
    "现场督查": {"fed_back"},
    "问题": {"dropped", "cancelled"},
    "特色亮点": {"promoted"},
}
both = pytest.mark.parametrize(
    "flow", [ROUND, VISIT, FINDING, HIGHLIGHT], ids=lambda flow: flow.name
)


@both
def test_every_state_can_be_come_to(flow: Flow) -> None:
    assert flow.reachable() == set(flow.labels)


@both
def test_no_state_is_left_without_a_way_out_but_the_ends(flow: Flow) -> None:
    left = {state for step in flow.steps for state in step.before}
    assert set(flow.labels) - left <= ENDS[flow.name]


@both
def test_each_step_is_taken_from_its_states_by_its_roles_and_from_no_other(flow: Flow) -> None:
    for step in flow.steps:
        for state in flow.labels:
            for role in ROLES:
                if role not in step.roles:
                    with pytest.raises(NotAllowed):
                        flow.move(step.verb, standing=state, roles=[role])
                elif state not in step.before:
                    with pytest.raises(WrongState):
                        flow.move(step.verb, standing=state, roles=[role])
                else:
                    assert flow.move(step.verb, standing=state, roles=[role]) == step.after


def test_an_unknown_step_is_not_found() -> None:
    with pytest.raises(NotFound):
        ROUND.move("explode", standing="draft", roles=["office"])


def _page() -> str:
    lines = ["# 状态和办理", "", "本页由测试生成。"]
    for flow in (ROUND, VISIT, FINDING, HIGHLIGHT):
        lines += ["", f"## {flow.name}", "", "```mermaid", "stateDiagram-v2"]
        lines.append(f"  [*] --> {flow.labels[flow.first]}")
        lines += [
            f"  {flow.labels[b]} --> {flow.labels[s.after]}: {s.label}"
            for s in flow.steps
            for b in s.before
        ]
        lines += ["```", "", "| 办理 | 由谁 | 从 | 到 |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {s.label} | {'、'.join(ROLES[r] for r in s.roles)} | {'、'.join(flow.labels[b] for b in s.before)} | {flow.labels[s.after]} |"
            for s in flow.steps
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def test_the_manual_shows_the_states_as_they_are() -> None:
    if os.environ.get("TAIZHANG_ACCEPT"):
        MANUAL.write_text(_page(), "utf-8")
    assert MANUAL.read_text("utf-8") == _page()
