"""What a member has and owes in her group on the day she died, and what stands in the way of recording her death."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.correction_limits import refuse_day
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import refuse_odd_day
from shg_desk.actions.ground import rules_on
from shg_desk.actions.group_places import names_of
from shg_desk.actions.loans_standing import loan_of
from shg_desk.actions.loans_standing import state_of
from shg_desk.domain.accounts import is_place
from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.brought import brought_beyond
from shg_desk.domain.death import KEPT
from shg_desk.domain.death import Debt
from shg_desk.domain.death import Estate
from shg_desk.domain.death import in_order
from shg_desk.domain.death import loan_debt
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.share_record import SHARE_OUT
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store import loans as loan_store
from shg_desk.store import operations as operation_store
from shg_desk.store.after_death import records_after
from shg_desk.store.group_state import GroupState
from shg_desk.store.group_state import group_state
from shg_desk.store.groups import Membership


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A loan of somebody else that she answers for: its code, whose, and what is left to pay, minor units."""

    loan: str
    number: str
    name: str | None
    left_minor: int


@dataclass(frozen=True, slots=True)
class DeathView:
    """A member's account at her death: who, what she has and owes on `settled_on`, what else ends with her.

    `died` is the day where her death is recorded already, `posts` those she holds, `others` the names of other groups
    she is in. `could_vote` is how many members there are without her, `shares_out` whether the group shares out profit,
    `on_a_sheet` whether something is typed for her on a sheet that is begun.
    """

    group: str
    group_name: str
    group_code: str
    currency: Currency
    member: str
    number: str
    name: str | None
    person: str | None
    died: date | None
    on: date
    settled_on: date
    estate: Estate
    guarantees: tuple[Guarantee, ...]
    posts: tuple[str, ...]
    others: tuple[str, ...]
    social_minor: int
    places_minor: Mapping[str, int]
    place_names: Mapping[str, str]
    could_vote: int
    shares_out: bool
    today: date
    on_a_sheet: bool = False

    def answers(self, choices: Mapping[str, str]) -> dict[str, str]:
        """A choice for every debt of the account: those made, else it stays a debt."""
        return {debt.key: choices.get(debt.key, KEPT) for debt in self.estate.debts}


def death_view(desk: Desk, member: str, on: date | None = None, settled_on: date | None = None) -> DeathView:
    """Her account; days not said are the day of death recorded, else today. Raises KnownError MEMBER_UNKNOWN,
    DATE_UNREADABLE for a day no record may be of.
    """
    one = group_store.membership(desk.book, member)
    if one is None or one.removed:
        raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": member}))
    today = desk.today()
    died = on or one.died_on or today
    day = settled_on or max(died, today)
    for said in (died, day):
        refuse_odd_day(said)
    state = group_state(desk.book, one.group, day)
    group = state.group
    apart = beside_numbers(desk, one.group)
    rules = rules_on(desk, one.group, day, group.currency.minor_digits)
    living = [m for m in state.members if m.id != one.id and m.is_in(day)]
    return DeathView(
        group=one.group,
        group_name=group.name or group.code or "",
        group_code=group.code or "",
        currency=group.currency,
        member=one.id,
        number=one.number,
        name=apart.get(one.id) or one.name,
        person=one.person,
        died=one.died_on,
        on=died,
        settled_on=day,
        estate=_estate(state, one, died, day),
        guarantees=tuple(_guarantees(desk, state, one.id, day, apart)),
        posts=tuple(_posts(desk, one, died)),
        others=tuple(_others(desk, one)),
        social_minor=-state.balances_minor.get(("social", None), 0),
        places_minor={c: a for (c, owner), a in state.balances_minor.items() if owner is None and is_place(c)},
        place_names=names_of(group, state.members),
        could_vote=len(living),
        shares_out=(rules.lifecycle or group.lifecycle) == SHARE_OUT,
        today=today,
        on_a_sheet=_on_a_sheet(desk, one),
    )


def _estate(state: GroupState, one: Membership, died: date, day: date) -> Estate:
    mine = {code: amount for (code, owner), amount in state.balances_minor.items() if owner == one.id}
    debts = [Debt(key, mine[key]) for key in (HAND, FINES) if mine.get(key, 0) > 0]
    loans = []
    for row in state.loans:
        if row.member.id == one.id:
            loan = loan_of(row, state.group.currency.minor_digits)
            loans.append((row.code, row.id, state_of(row, loan, day)))
            debts += [loan_debt(*loans[-1], died)] if row.is_given else []
    return Estate(
        one.id,
        {code: -amount for code, amount in mine.items() if code.startswith("saving.") and amount < 0},
        max(-mine.get("ahead", 0), 0),
        max(-mine.get("payable", 0), 0),
        in_order(debts),
        {
            code: amount
            for code, amount in mine.items()
            if amount > 0 and (code == "ahead" or code.startswith("saving."))
        },
        max(mine.get("payable", 0), 0),
        brought_beyond(mine, loans),
    )


def _guarantees(
    desk: Desk, state: GroupState, member: str, day: date, apart: Mapping[str, str | None]
) -> Iterator[Guarantee]:
    """Loans of others that are given and not paid whole, for which she answers; a record is read once for its loans."""
    answered = dict[str, frozenset[str]]()
    for row in state.loans:
        if row.member.id == member or not row.is_given:
            continue
        left = loan_on(loan_of(row, state.group.currency.minor_digits), day).left_to_pay_minor
        if not left:
            continue
        if row.op not in answered:
            answered[row.op] = _answered(desk, row.op, member)
        if row.id in answered[row.op]:
            yield Guarantee(row.code, row.member.number, apart.get(row.member.id) or row.member.name, left)


def _answered(desk: Desk, op: str, member: str) -> frozenset[str]:
    """The loans of one record for which a member answers."""
    made = operation_store.operation(desk.book, op)
    if made is None:
        return frozenset()
    people = made.body.get("members", ())
    new_loans = made.body.get("new_loans", ())
    return frozenset(n["loan"] for n in new_loans if any(people[at] == member for at in n.get("guarantors", ())))


def _on_a_sheet(desk: Desk, one: Membership) -> bool:
    """True where an unfinished sheet of the group has money on her row."""
    found = (draft.content for draft in desk.drafts.every("meeting") if draft.key == one.group)
    return any(isinstance(said, dict) and any(cell[0] == one.id for cell in said.get("cells", ())) for said in found)


def _posts(desk: Desk, one: Membership, died: date) -> Iterator[str]:
    """The posts she held until she died, whether their terms were ended already or not."""
    last = (died - timedelta(days=1)).isoformat()
    for term in group_store.officers(desk.book, one.group):
        if term.membership == one.id and (term.since or last) <= last and (term.until or last) >= last:
            yield term.post or ""


def _others(desk: Desk, one: Membership) -> Iterator[str]:
    """Other groups this person is a member of."""
    for other in group_store.memberships_of_person(desk.book, one.person) if one.person else ():
        if other.id != one.id and not other.removed and other.left is None:
            group = group_store.group(desk.book, other.group)
            yield (group.name or group.code or "") if group is not None else ""


# what stands in the way ---------------------------------------------------------------------------------------------


def in_the_way(desk: Desk, view: DeathView, died: date) -> Iterator[Problem]:
    """Why her death cannot be recorded of that day, each with what to do first; another group of hers is a warning.

    Raises KnownError as `refuse_day`.
    """
    refuse_day(desk, view.group, died)
    one = group_store.membership(desk.book, view.member)
    assert one is not None
    if one.died_on is not None and one.died_on != died:
        yield Problem(Code.DEATH_RECORDED, "on", {"died": one.died_on.isoformat()})
        return
    if one.died_on is None and one.left_on is not None and one.left_on < died:
        yield Problem(Code.LEFT_BEFORE_DEATH, "on", {"left": one.left_on.isoformat()})
    if one.joined_on is not None and died < one.joined_on:
        yield Problem(Code.JOINED_AFTER_LEFT, "on", {"joined": one.joined_on.isoformat(), "left": died.isoformat()})
    days = set(records_after(desk.book, one, died).values())
    for day in sorted(days):
        yield Problem(Code.RECORDS_AFTER_DEATH, "on", {"date": day.isoformat(), "died": died.isoformat()})
    for name in view.others:
        yield Problem(Code.IN_ANOTHER_GROUP, "member", {"group": name}, Level.WARNING)


def last_moved(desk: Desk, group: str, member: str) -> date | None:
    """The last day that left an account of hers, or of a loan of hers, other than it was."""
    owners = (member, *loans_of(desk, member))
    accounts = [one.account for owner in owners for one in ledger_store.balances(desk.book, group, owner=owner)]
    moved = (ledger_store.moved_by_day(desk.book, account) for account in accounts)
    return max((day for by_day in moved for day, amount in by_day.items() if amount), default=None)


def loans_of(desk: Desk, member: str) -> dict[str, str]:
    """The codes of a member's loans by their ids."""
    return {row.id: row.code for row in loan_store.loans(desk.book, member=member)}
