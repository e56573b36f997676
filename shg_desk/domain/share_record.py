"""A planned share-out as the one record that is written: every member's part, what is set off, the vote.

What she had saved goes to nothing against what she is handed (or is owed), the difference over `surplus`; a debt set
off goes over `surplus` too, for no money moved. So `surplus` holds what was shared out as profit or borne as loss, and
income, expenses and interest stay as they were written.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.share_plan import LoanSetOff
from shg_desk.domain.share_plan import MemberPart
from shg_desk.domain.share_plan import SharePlan
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_posting import Written
from shg_desk.domain.sheet_posting import ledger_body

SHARE_OUT = "share-out"
LET_OFF = "expense.interest"
"""Interest to come of a loan that is paid by the share-out: nobody asks it, so it is no income that came."""

BOX = "box"


@dataclass(frozen=True, slots=True)
class Vote:
    """By how many the share-out was decided, and the decision in words."""

    text: str
    votes_for: int | None = None
    votes_against: int | None = None


@dataclass(slots=True)
class _Writing:
    texts: list[str]
    writer: BlockWriter = field(default_factory=BlockWriter)
    members: dict[str, int] = field(default_factory=dict)
    loans: dict[str, int] = field(default_factory=dict)

    def add(self, postings: Sequence[tuple[str, int]], owner: int, by: str, text: str = "") -> None:
        facts: dict[str, Any] | None = None
        if text:
            facts = {"text": len(self.texts)}
            self.texts.append(text)
        self.writer.add(SHARE_OUT, [one for one in postings if one[1]], owner, by=by, facts=facts)


def moves_into_box(plan: SharePlan, places_minor: Mapping[str, int]) -> list[tuple[str, int]] | None:
    """What of the group's bags is put into the box so that everybody can be handed hers: (bag, minor units).

    The bag of the social fund is not touched. None where box and bags do not hold enough.
    """
    missing = plan.handed_minor - places_minor.get(BOX, 0)
    found = []
    for place in sorted(places_minor):
        if missing > 0 and place.startswith(f"{BOX}.") and place != f"{BOX}.social" and places_minor[place] > 0:
            found.append((place, min(missing, places_minor[place])))
            missing -= found[-1][1]
    return None if missing > 0 else found


def has_bags(places_minor: Mapping[str, int]) -> bool:
    """Whether a group keeps money in bags apart from its box."""
    return any(place.startswith(f"{BOX}.") for place in places_minor)


def in_box_minor(places_minor: Mapping[str, int]) -> int:
    """What the box and all bags hold together, the social fund's among them: the cash that is counted."""
    return sum(amount for place, amount in places_minor.items() if place.partition(".")[0] == BOX)


def box_after_minor(plan: SharePlan, places_minor: Mapping[str, int]) -> int:
    """What of that stays when everybody has hers; with what is handed out it is the cash that was counted."""
    return in_box_minor(places_minor) - plan.handed_minor


def write_share_out(ground: Ground, plan: SharePlan, vote: Vote, said: Mapping[str, str]) -> Written:
    """The record of a plan whose money lies in box and bags; `said` is by member (id) what stands at her line."""
    state = _Writing([vote.text])
    moves = moves_into_box(plan, ground.places_minor)
    if moves is None:
        raise ValueError("the box does not hold what is handed out")
    for place, amount in moves:
        state.writer.add("transfer", [(BOX, amount), (place, -amount)])
    for part in plan.parts:
        if (
            part.saved_minor
            or part.overdrawn_minor
            or part.hand_minor
            or part.fines_minor
            or part.loans
            or part.net_minor
        ):
            _write_member(state, part, said.get(part.member.id, ""))
    body = ledger_body(ground, state.writer, state.members, state.loans)
    body["decisions"] = [_decided(vote)]
    return Written(body, tuple(state.texts), ())


def _decided(vote: Vote) -> dict[str, Any]:
    votes = {"for": vote.votes_for, "against": vote.votes_against}
    return {"text": 0, "template": SHARE_OUT, **{name: n for name, n in votes.items() if n is not None}}


def _write_member(state: _Writing, part: MemberPart, said: str) -> None:
    owner = state.members.setdefault(part.member.id, len(state.members))
    postings = [*sorted(part.saved_minor.items()), ("surplus", part.net_minor - part.saved_in_all_minor)]
    if any(amount for _, amount in postings):
        state.add([*postings, (PAYABLE if part.is_absent else BOX, -part.net_minor)], owner, "member", said)
    for account, amount in ((PAYABLE, part.overdrawn_minor), (HAND, part.hand_minor), (FINES, part.fines_minor)):
        if amount:
            state.add([("surplus", amount), (account, -amount)], owner, "member")
    for loan in part.loans:
        _write_loan(state, loan)


def _write_loan(state: _Writing, loan: LoanSetOff) -> None:
    owner = state.loans.setdefault(loan.loan, len(state.loans))
    interest, principal = loan.interest_minor, loan.principal_minor
    if interest or principal:
        postings = [("surplus", interest + principal), ("interest", -interest), ("principal", -principal)]
        state.add(postings, owner, "loan")
    if loan.let_off_minor:
        state.add([(LET_OFF, loan.let_off_minor), ("interest", -loan.let_off_minor)], owner, "loan")
