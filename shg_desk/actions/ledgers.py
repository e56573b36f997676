"""Reading the ledger for people and programs outside: balances and entries with the numbers and codes groups use."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import BY_WORD
from shg_desk.domain.accounts import is_account
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import PostingRow
from shg_desk.store.groups import Group
from shg_desk.store.ledger import balances
from shg_desk.store.loans import loans
from shg_desk.store.states import States


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One account as it stands: group's code, account, the member's number and loan's code where it has an owner."""

    group: str
    account: str
    member: str | None
    loan: str | None
    currency: Currency
    amount_minor: int


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One side of an entry. `member` is whose account it is (None: the group's own), `of` whose entry it is."""

    id: str
    effective: date
    recorded: date | None
    group: str
    member: str | None
    of: str | None
    account: str
    kind: str
    amount_minor: int
    currency: Currency
    state: str
    corrects: str | None
    source: str | None
    loan: str | None


def groups_meant(desk: Desk, code: str | None) -> list[Group]:
    """The groups of a code (two laptops may have used the same), or all by code. Raises KnownError GROUP_UNKNOWN."""
    if code is None:
        return group_store.groups(desk.book)
    found = group_store.groups_by_code(desk.book, code)
    if not found:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, "group", {"group": code}))
    return found


def group_meant(desk: Desk, code: str) -> Group:
    """The one group of a code. Raises KnownError GROUP_UNKNOWN, and GROUP_AMBIGUOUS where several groups have it."""
    found = groups_meant(desk, code)
    if len(found) > 1:
        raise KnownError(_ambiguous(code, found))
    return found[0]


def codes_of_several(desk: Desk, codes: Iterable[str]) -> dict[str, Problem]:
    """Of these codes those that several groups have, each with the problem that says so."""
    found = {}
    for code in dict.fromkeys(codes):
        groups = group_store.groups_by_code(desk.book, code)
        if len(groups) > 1:
            found[code] = _ambiguous(code, groups)
    return found


def _ambiguous(code: str, groups: Sequence[Group]) -> Problem:
    names = [f"{one.name or code} ({one.village_name})" if one.village_name else one.name or code for one in groups]
    return Problem(Code.GROUP_AMBIGUOUS, "group", {"group": code, "names": ", ".join(names)})


def balance_lines(desk: Desk, code: str | None = None, at: date | None = None) -> list[BalanceLine]:
    """Every account of a group (or of all) at the end of a day, debit positive; a group's lines add up to zero.

    Raises KnownError GROUP_UNKNOWN.
    """
    found = []
    for group in groups_meant(desk, code):
        owners = _Owners(desk, group)
        lines = []
        for balance in balances(desk.book, group.id, at):
            member, loan = owners.of(balance.account.owner)
            line = BalanceLine(owners.code, balance.account.code, member, loan, group.currency, balance.amount_minor)
            lines.append(line)
        found += sorted(lines, key=lambda line: (line.account, owners.place(line.member), line.loan or ""))
    return found


def entry_lines(desk: Desk, code: str | None = None, account: str | None = None) -> Iterator[EntryLine]:
    """Every side of every entry in the one order of display; `account` is a code or a family's word.

    Raises KnownError GROUP_UNKNOWN, ACCOUNT_UNKNOWN.
    """
    if account is not None and not is_account(account):
        raise KnownError(Problem(Code.ACCOUNT_UNKNOWN, "account", {"account": account, "known": ", ".join(BY_WORD)}))
    return _entry_lines(desk, code, account)


def _entry_lines(desk: Desk, code: str | None, account: str | None) -> Iterator[EntryLine]:
    states = States(desk.book)
    for group in groups_meant(desk, code):
        owners = _Owners(desk, group)
        for row in entry_store.entries(desk.book, group.id, entry_store.ALL, account=account):
            state = states.of_entry(row).value
            for posting in row.postings:
                if account is None or posting.code == account or posting.code.startswith(f"{account}."):
                    yield _line(row, posting, group, owners, state)


def _line(row: EntryRow, posting: PostingRow, group: Group, owners: _Owners, state: str) -> EntryLine:
    member, loan = owners.of(posting.owner)
    return EntryLine(
        id=row.name,
        effective=row.effective,
        recorded=row.recorded,
        group=owners.code,
        member=member,
        of=row.member.number if row.member else None,
        account=posting.code,
        kind=row.kind,
        amount_minor=posting.amount_minor,
        currency=group.currency,
        state=state,
        corrects=row.corrects,
        source=row.source,
        loan=loan,
    )


class _Owners:
    """Whose an account is, in the numbers and codes of one group."""

    def __init__(self, desk: Desk, group: Group) -> None:
        self.code = group.code or group.id
        members = group_store.memberships(desk.book, group.id)
        self._numbers = {member.id: member.number or member.id for member in members}
        self._places = {number: place for place, number in enumerate(self._numbers.values())}
        self._loans = {loan.id: (loan.member.number, loan.code) for loan in loans(desk.book, group.id)}

    def of(self, owner: str | None) -> tuple[str | None, str | None]:
        """The number of the member and the code of the loan that own an account."""
        if owner in self._loans:
            return self._loans[owner]
        return (self._numbers.get(owner, owner) if owner else None), None

    def place(self, number: str | None) -> int:
        """Where a member stands in the group's order; the group itself first."""
        return -1 if number is None else self._places.get(number, len(self._places))
