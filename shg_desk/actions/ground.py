"""The ground a sheet stands on: a group on a day, put together from the book for the rules of `domain`."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.actions.group_places import names_of
from shg_desk.actions.group_places import own_places
from shg_desk.actions.loans_standing import NO_LOANS
from shg_desk.actions.loans_standing import LoansOf
from shg_desk.actions.loans_standing import loans_on
from shg_desk.actions.savings_standing import SavingsStanding
from shg_desk.actions.savings_standing import savings_standing
from shg_desk.domain.accounts import is_place
from shg_desk.domain.agenda import ends_soon
from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.brought import brought_beyond
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.money import Currency
from shg_desk.domain.planned import next_number
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.profiles import is_day_of_records
from shg_desk.domain.rules import NO_RULES
from shg_desk.domain.rules import SHARES
from shg_desk.domain.rules import Rules
from shg_desk.domain.rules import read_rules
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet_settling import OPEN
from shg_desk.store import groups as group_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.group_state import GroupState
from shg_desk.store.group_state import group_state
from shg_desk.store.groups import Membership
from shg_desk.store.groups import rules_versions
from shg_desk.store.share_outs import share_outs
from shg_desk.tables.shipped_data import banknotes

Saved = Mapping[str, Mapping[str, int]]
"""By member (id) what she has saved, by product."""


def ground_of(desk: Desk, group: str, on: date) -> Ground:
    """The group on that day, with everything recorded up to its end. Raises KnownError GROUP_UNKNOWN, and
    DATE_UNREADABLE for a day no record may be of.
    """
    refuse_odd_day(on)
    state = group_state(desk.book, group, on)
    end = group_state(desk.book, group) if state.last_day is not None and state.last_day > on else None
    return ground_from(desk, state, rules_on(desk, group, on, state.group.currency.minor_digits), on, end)


def refuse_odd_day(on: date) -> None:
    """Raises KnownError DATE_UNREADABLE for a day no record may be of: a year nobody means."""
    if not is_day_of_records(on.isoformat()):
        raise KnownError(Problem(Code.DATE_UNREADABLE, "date", {"text": on.isoformat()}))


def notes_in_use(currency: Currency, on: date) -> tuple[int, ...]:
    """Values of notes and coins, largest first, each once, in the minor units that are kept; none finer than these."""
    listed = {note.value_minor for note in banknotes(currency.code, on)}
    finer = 10 ** (MINOR_DIGITS.get(currency.code, currency.minor_digits) - currency.minor_digits)
    return tuple(sorted((value // finer for value in listed if value % finer == 0), reverse=True))


def ground_from(
    desk: Desk,
    state: GroupState,
    rules: Rules,
    on: date,
    end: GroupState | None = None,
    without: Collection[EntryRow] = (),
    was_there: Collection[str] = (),
) -> Ground:
    """A ground from a group's state already read; `end` is the state with later days, where there are any.

    `without` are entries the states do not have any more, though the book has them. `was_there` are the members (ids)
    whom a meeting of the day has as members, whatever was recorded of them since.
    """
    group = state.group
    loans = loans_on(state, on, end, {row.loan for row in without})
    standing = savings_standing(desk, state, rules, on, without)
    formed_on = date.fromisoformat(group.formed_on) if group.formed_on else None
    since = min((day for day in (formed_on, state.first_day) if day), default=None)
    last = state.last_meeting
    saved, saved_at_end = _saved(state), _saved(end) if end else None
    unsettled = {owner for (_, owner), amount in state.balances_minor.items() if amount}
    unsettled |= {gid for gid, hers in loans.items() if hers.open or brought_beyond({}, hers.stand)}
    in_use = notes_in_use(group.currency, on)
    return Ground(
        group=group.id,
        code=group.code or "",
        name=group.name or group.code or "",
        currency=group.currency,
        on=on,
        rules=rules,
        members=tuple(
            _still_there(
                _member(member, state, loans.get(member.id, NO_LOANS), end, standing, saved, saved_at_end),
                on if member.id in was_there else None,
            )
            for member in state.members
            if _could_be(member, on) or member.id in {*unsettled, *was_there}
        ),
        places_minor=_places(state),
        seen=state.seen,
        seen_on=last.on if last else None,
        number=next_number(last.number if last else None),
        codes=state.codes,
        loan_names=state.loan_names,
        lenders_minor=(lenders := _lenders(state)),
        since=since,
        is_keeper=group.keeper in (None, desk.book.device),
        social_minor=-state.balances_minor.get(("social", None), 0),
        notes_minor=in_use,
        coin_minor=min(in_use, default=1),
        today=desk.today(),
        open_difference_minor=_open_difference(state, end),
        places=own_places(group),
        place_names=names_of(group, state.members),
        lenders_at_end_minor={code: _lenders(end).get(code, 0) for code in lenders} if end else {},
        terms_ending=_terms_ending(desk, group.id, on),
        key_holder=_key_holder(desk, group.id, on),
        shared_on=max((one.on for one in share_outs(desk.book, group.id)), default=None) if end else None,
        later_on=end.last_day if end else None,
        places_at_end_minor=_places(end) if end else {},
    )


def ground_without(
    desk: Desk,
    group: str,
    on: date,
    rows: Sequence[EntryRow],
    later: Sequence[EntryRow] = (),
    was_there: Collection[str] = (),
) -> Ground:
    """The group on a day as if `rows` had not been made, and before the entries `later` of that day were."""
    state = group_state(desk.book, group, on)
    ended = bool(later) or (state.last_day is not None and state.last_day > on)
    end = _less(group_state(desk.book, group), rows) if ended else None
    gone = [*(row for row in rows if row.effective <= on), *later]
    rules = rules_on(desk, group, on, state.group.currency.minor_digits)
    ground = ground_from(desk, _less(state, gone), rules, on, end, [*rows, *later], was_there)
    return as_recorded(ground, rows)


def as_recorded(ground: Ground, rows: Iterable[EntryRow]) -> Ground:
    """The same ground where what `rows` were of can be written again: their savings, and shares at their price."""
    saved = [
        (row, posting.code.partition(".")[2], -posting.amount_minor)
        for row in rows
        for posting in row.postings
        if posting.code.startswith("saving.")
    ]
    bought = [(amount, row.facts["shares"]) for row, _, amount in saved if row.facts.get("shares")]
    return replace(
        ground,
        recorded_products=frozenset(product for _, product, _ in saved if product != SHARES),
        recorded_price_minor=next((amount // shares for amount, shares in bought if amount % shares == 0), 0),
    )


def ground_as_it_was(
    desk: Desk, group: str, on: date, later: Sequence[EntryRow] = (), was_there: Collection[str] = ()
) -> Ground:
    """The group on a day before the entries `later` of it, as its papers show it: nothing of later days is in it."""
    state = group_state(desk.book, group, on)
    rules = rules_on(desk, group, on, state.group.currency.minor_digits)
    return ground_from(desk, _less(state, later), rules, on, None, later, was_there)


def _less(state: GroupState, rows: Sequence[EntryRow]) -> GroupState:
    balances = dict(state.balances_minor)
    gone = {row.name for row in rows}
    given = {row.loan for row in rows if row.kind == "loan"}
    for posting in (posting for row in rows for posting in row.postings):
        key = posting.code, posting.owner
        balances[key] = balances.get(key, 0) - posting.amount_minor
    loans = tuple(
        replace(loan, movements=tuple(one for one in loan.movements if one.entry not in gone))
        for loan in state.loans
        if loan.id not in given
    )
    return replace(state, balances_minor={key: amount for key, amount in balances.items() if amount}, loans=loans)


def _terms_ending(desk: Desk, group: str, on: date) -> tuple[tuple[str, date], ...]:
    """Who holds a post on the day, and not much longer."""
    officers = group_store.officers(desk.book, group, on)
    ends = [(one.name or f"№ {one.number}", date.fromisoformat(one.until)) for one in officers if one.until]
    return tuple((name, until) for name, until in ends if ends_soon(until, on))


def _key_holder(desk: Desk, group: str, on: date) -> str:
    """Whose post it is to hold the key: the key holder's, the treasurer's where there is none."""
    posts = {one.post: one.membership or "" for one in group_store.officers(desk.book, group, on)}
    return posts.get("key-holder") or posts.get("treasurer") or ""


def _could_be(member: Membership, on: date) -> bool:
    """True for one who has not left before that day, whether she joins later or not; never for one taken away again."""
    return not member.removed and (member.left_on or on) >= on


def _still(code: str, state: GroupState, end: GroupState | None, member: str) -> int:
    """What she owes on an account on the day (fines, money in her hands) and did not bring on a later one."""
    found = state.balances_minor.get((code, member), 0)
    return min(found, end.balances_minor.get((code, member), 0)) if end else found


def _payable(state: GroupState, end: GroupState | None, member: str, *saved: Saved | None) -> int:
    """What was owed to her on the day and was not paid out on a later one; less what her savings in all are below
    nothing: where two laptops settled one thing the same money is owed twice until somebody says which record stays.
    Below zero it is what she got beyond all that was hers to take.
    """
    then = zip((state, end), saved, strict=True)
    return min(_owed(one, member, had) for one, had in then if one is not None and had is not None)


def _owed(state: GroupState, member: str, saved: Saved) -> int:
    in_all = sum(saved.get(member, {}).values()) + _ahead(state, member)
    return min(in_all, 0) - state.balances_minor.get(("payable", member), 0)


def _ahead(state: GroupState, member: str) -> int:
    return -state.balances_minor.get(("ahead", member), 0)


def _open_difference(state: GroupState, end: GroupState | None) -> int:
    """What is open on the day and was not settled on a later one."""
    found = state.balances_minor.get((OPEN, None), 0)
    later = end.balances_minor.get((OPEN, None), 0) if end else found
    return min(found, max(later, 0)) if found > 0 else max(found, min(later, 0))


def _places(state: GroupState) -> dict[str, int]:
    """Money by place of the group's own (what is in a person's hands is that person's)."""
    return {code: amount for (code, owner), amount in state.balances_minor.items() if owner is None and is_place(code)}


def _lenders(state: GroupState) -> dict[str, int]:
    """What the group owes on each lender's loan, those paid back left out."""
    return {
        code.partition(".")[2]: -amount
        for (code, _), amount in state.balances_minor.items()
        if code.startswith("lender.")
    }


def _saved(state: GroupState) -> Saved:
    found: dict[str, dict[str, int]] = {}
    for (code, owner), amount in state.balances_minor.items():
        if owner is not None and code.startswith("saving."):
            found.setdefault(owner, {})[code.partition(".")[2]] = -amount
    return found


def _member(
    member: Membership,
    state: GroupState,
    loans: LoansOf,
    end: GroupState | None,
    standing: SavingsStanding,
    had: Saved,
    had_at_end: Saved | None,
) -> MemberGround:
    saved = had.get(member.id, {})
    at_end = had_at_end.get(member.id, {}) if had_at_end is not None else {}
    balances = state.balances_minor
    payable = _payable(state, end, member.id, had, had_at_end)
    return MemberGround(
        id=member.id,
        number=member.number,
        name=member.name or member.household_code,
        father=member.father,
        nickname=member.nickname,
        joined=member.joined_on,
        left=member.last_day,
        died=member.died_on,
        is_removed=member.removed,
        saved_minor=saved,
        saving_due_minor=standing.due_minor(member, saved),
        fines_owed_minor=_still("fines", state, end, member.id),
        in_hand_minor=_still("hand", state, end, member.id),
        payable_minor=max(payable, 0),
        loans=loans.open,
        saved_at_end_minor={product: at_end.get(product, 0) for product in {**saved, **at_end}} if end else {},
        ahead_minor=_ahead(state, member.id),
        overdrawn_minor=max(-payable, 0),
        brought=brought_beyond({code: balances.get((code, member.id), 0) for code in (HAND, FINES)}, loans.stand),
    )


def _still_there(member: MemberGround, on: date | None) -> MemberGround:
    """A member who was one at a meeting of that day: her last day is then not before it, taken away or not."""
    if on is None or not member.has_left(on):
        return member
    return replace(member, left=member.left and max(member.left, on), is_removed=False)


def rules_on(desk: Desk, group: str, on: date, minor_digits: int) -> Rules:
    """The version of the rules in force on a day, or none."""
    found = [version for version in rules_versions(desk.book, group) if version.starts <= on]
    if not found:
        return NO_RULES
    rules, _ = read_rules(found[-1].content, minor_digits, found[-1].name)
    return rules
