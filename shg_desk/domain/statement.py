"""Statements as finished values, built once and shown by screen, paper, command line and tables alike.

A `Statement` is one member's booklet, a `GroupStatement` one account of the group; nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.domain.accounts import Holds
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.accounts import stands_on
from shg_desk.domain.ledger_fact import Balances
from shg_desk.domain.ledger_fact import LedgerFact
from shg_desk.domain.ledger_fact import balances_of
from shg_desk.domain.ledger_fact import cash_minor
from shg_desk.domain.ledger_fact import columns
from shg_desk.domain.ledger_fact import moved
from shg_desk.domain.ledger_fact import overpaid_of
from shg_desk.domain.ledger_fact import what_of_fact
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Fact

FOLDED = frozenset({"saving", "shares", "social", "repayment", "fine"})
"""What a group's statement may show as one line a meeting: the columns of the sheet."""

_LEFT_OF = {
    **dict.fromkeys(("repayment", "loan"), "debt"),
    "payable": "payable",
    **dict.fromkeys(("fine", "fine-owed"), "fines"),
    "hand": "hand",
    **dict.fromkeys(("saving", "shares", "withdrawal", "share-out"), "saved"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose booklet it is: the membership, the number and names in the group, the booklet's own number.

    `is_copy` is true for the booklet that replaces a lost one.
    """

    id: str
    number: str
    name: str | None
    father: str | None = None
    booklet: str | None = None
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of a booklet. `recorded` is given only where it differs from the effective day.

    `amount_minor` is what the entry moved (its debits); `in_minor` what she brought, `out_minor` what she was given: a
    correction stands in the column of what it corrects, with its sign. `left_of` names the balance the line is about.
    """

    line: int
    name: str
    effective: date
    recorded: date | None
    meeting: str | None
    what: str
    facts: Mapping[str, Fact]
    amount_minor: int
    in_minor: int
    out_minor: int
    after: Balances
    left_of: str | None
    state: str
    corrects_line: int | None = None
    is_correction: bool = False
    corrected_by_line: int | None = None

    @property
    def left_minor(self) -> int | None:
        """The one figure of the booklet's column *left*: of what the line is about; None where it is of nothing."""
        found = {
            "saved": self.after.saved_minor,
            "debt": self.after.debt_minor,
            "fines": self.after.fines_minor,
            "ahead": self.after.ahead_minor,
            "payable": self.after.payable_minor,
            "hand": self.after.hand_minor,
        }
        return None if self.left_of is None else found[self.left_of]


@dataclass(frozen=True, slots=True)
class Statement:
    """One member's booklet over a period: opening, lines in their lasting order, totals and closing.

    `overpaid_minor` is by code what was paid of a loan beyond its principal; the debt of the closing has it taken off.
    """

    group_name: str
    group_code: str
    currency: Currency
    holder: Holder
    rows: tuple[StatementRow, ...]
    opening: Balances
    closing: Balances
    in_minor: int
    out_minor: int
    since: date | None = None
    until: date | None = None
    overpaid_minor: Mapping[str, int] = field(default_factory=dict)


def _left_of(what: str, changes: Sequence[int]) -> str | None:
    names = ("saved", "debt", "fines", "ahead", "payable", "hand")
    if what == "share-out" and changes[names.index("payable")]:
        return "payable"  # her part waits for her
    if what in _LEFT_OF:
        return _LEFT_OF[what]
    return next((name for name, amount in zip(names, changes, strict=True) if amount), None)


def lasting_order(facts: Iterable[LedgerFact], printed: Sequence[str] = ()) -> list[LedgerFact]:
    """Entries in the order of their lines: first those already printed, as printed, then by day and place within it.

    So a late correction becomes a new line at the end of a printed booklet, and no printed line is ever another one.
    """
    place = {name: index for index, name in enumerate(printed)}
    last = len(place)
    return sorted(facts, key=lambda fact: (place.get(fact.name, last), fact.effective, fact.order))


def member_statement(
    facts: Iterable[LedgerFact],
    holder: Holder,
    *,
    group_name: str,
    group_code: str,
    currency: Currency,
    since: date | None = None,
    until: date | None = None,
    printed: Sequence[str] = (),
) -> Statement:
    """The booklet of one member from the group's entries (those of others are passed over).

    `printed` names the entries of lines already on her paper, in their order. Line numbers count from her first entry
    whatever the period; what is effective before `since` is in the opening.
    """
    own = lasting_order((fact for fact in facts if fact.member == holder.id), printed)
    lines = {fact.name: number for number, fact in enumerate(own, start=1)}
    whats = {fact.name: what_of_fact(fact) for fact in own}
    opening = balances_of(fact for fact in own if since is not None and fact.effective < since)
    running = list(opening.amounts())
    rows = []
    for fact in own:
        if (since is not None and fact.effective < since) or (until is not None and fact.effective > until):
            continue
        changes = moved(fact)
        running = [before + by for before, by in zip(running, changes, strict=True)]
        rows.append(_row(fact, lines, whats, changes, Balances(*running)))
    return Statement(
        group_name=group_name,
        group_code=group_code,
        currency=currency,
        holder=holder,
        rows=tuple(rows),
        opening=opening,
        closing=Balances(*running),
        in_minor=sum(row.in_minor for row in rows),
        out_minor=sum(row.out_minor for row in rows),
        since=since,
        until=until,
        overpaid_minor=overpaid_of(fact for fact in own if until is None or fact.effective <= until),
    )


def _row(
    fact: LedgerFact, lines: Mapping[str, int], whats: Mapping[str, str], changes: Sequence[int], after: Balances
) -> StatementRow:
    corrected = whats.get(fact.corrects) if fact.corrects else None
    what = corrected if corrected and fact.kind == "other" else whats[fact.name]
    came, went = columns(what, cash_minor(fact), corrected)
    return StatementRow(
        line=lines[fact.name],
        name=fact.name,
        effective=fact.effective,
        recorded=fact.recorded if fact.recorded != fact.effective else None,
        meeting=fact.meeting,
        what=what,
        facts=fact.facts,
        amount_minor=_amount(what, fact),
        in_minor=came,
        out_minor=went,
        after=after,
        left_of=_left_of(what, changes),
        state=fact.state,
        corrects_line=lines.get(fact.corrects) if fact.corrects else None,
        is_correction=fact.corrects is not None,
        corrected_by_line=lines.get(fact.corrected_by) if fact.corrected_by else None,
    )


def _amount(what: str, fact: LedgerFact) -> int:
    """What an entry moved; of a share-out of which nothing was put into her hands, what waits for her."""
    if what == "share-out" and not cash_minor(fact):
        return abs(sum(amount for code, _, amount in fact.postings if code == "payable"))
    return sum(amount for _, _, amount in fact.postings if amount > 0)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of an account: its entries (several where those of a meeting are folded), whose, in, out, balance.

    `member` is set where all entries are one member's, `members` counts how many they are of.
    """

    line: int
    names: tuple[str, ...]
    effective: date
    recorded: date | None
    meeting: str | None
    what: str
    facts: Mapping[str, Fact]
    member: str | None
    members: int
    in_minor: int
    out_minor: int
    balance_minor: int
    state: str
    corrects_line: int | None = None
    is_correction: bool = False
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class GroupStatement:
    """One account of a group over a period. Balances are positive on the account's own side (savings: owed to members).

    `names` gives the member's name for ids in the rows.
    """

    group_name: str
    group_code: str
    currency: Currency
    account: str
    opening_minor: int
    rows: tuple[GroupRow, ...]
    closing_minor: int
    in_minor: int
    out_minor: int
    since: date | None = None
    until: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)


_STATES = ("saved", "backed-up", "on-its-way", "received", "reconciled")


def account_statement(
    facts: Iterable[LedgerFact],
    account: str,
    *,
    group_name: str,
    group_code: str,
    currency: Currency,
    opening_minor: int = 0,
    first_line: int = 1,
    since: date | None = None,
    until: date | None = None,
    member: str | None = None,
    fold: bool = False,
    names: Mapping[str, str] | None = None,
) -> GroupStatement:
    """One place of money (`box`, without its bags) or family of accounts (`saving`: every product) of a group, in the
    order of display.

    `opening_minor` and `first_line` say what came before the entries given; entries before `since` are added to both.
    `fold` shows the equal entries of one meeting's column as one line. `member` takes her entries only.
    """
    sign = 1 if account_kind(account).holds in (Holds.ASSET, Holds.EXPENSE) else -1
    chosen = [fact for fact in facts if member is None or fact.member == member]
    amounts = {fact.name: sign * _on_account(fact, account) for fact in chosen}
    touched = sorted(
        (fact for fact in chosen if amounts[fact.name] and (until is None or fact.effective <= until)),
        key=lambda fact: (fact.effective, fact.order),
    )
    before = [fact for fact in touched if since is not None and fact.effective < since]
    opening_minor += sum(amounts[fact.name] for fact in before)
    bundles = _folded(touched, amounts, fold=fold)
    lines = {fact.name: first_line + place for place, bundle in enumerate(bundles) for fact in bundle}
    balance = opening_minor
    rows = []
    for bundle in bundles:
        if since is not None and bundle[0].effective < since:
            continue
        change = sum(amounts[fact.name] for fact in bundle)
        balance += change
        rows.append(_group_row(bundle, lines, change, balance))
    return GroupStatement(
        group_name=group_name,
        group_code=group_code,
        currency=currency,
        account=account,
        opening_minor=opening_minor,
        rows=tuple(rows),
        closing_minor=balance,
        in_minor=sum(row.in_minor for row in rows),
        out_minor=sum(row.out_minor for row in rows),
        since=since,
        until=until,
        names=names or {},
    )


def _on_account(fact: LedgerFact, account: str) -> int:
    return sum(amount for code, _, amount in fact.postings if stands_on(code, account))


def _folded(facts: Sequence[LedgerFact], amounts: Mapping[str, int], *, fold: bool) -> list[list[LedgerFact]]:
    """Entries as lines: where folding is asked, those of one operation, kind and direction stand together.

    What was taken back stands apart from what still counts.
    """
    bundles: dict[object, list[LedgerFact]] = {}
    for fact in facts:
        key: object = fact.name
        if fold and fact.kind in FOLDED and fact.corrects is None:
            key = (fact.name.partition("#")[0], fact.effective, fact.kind, amounts[fact.name] > 0, fact.corrected_by)
        bundles.setdefault(key, []).append(fact)
    return list(bundles.values())


def _group_row(bundle: Sequence[LedgerFact], lines: Mapping[str, int], change: int, balance: int) -> GroupRow:
    first = bundle[0]
    members = {fact.member for fact in bundle if fact.member}
    return GroupRow(
        line=lines[first.name],
        names=tuple(fact.name for fact in bundle),
        effective=first.effective,
        recorded=first.recorded if first.recorded != first.effective else None,
        meeting=first.meeting,
        what=what_of_fact(first),
        facts=first.facts if len(bundle) == 1 else {},
        member=next(iter(members)) if len(members) == 1 else None,
        members=len(members),
        in_minor=max(change, 0),
        out_minor=max(-change, 0),
        balance_minor=balance,
        state=min((fact.state for fact in bundle), key=_STATES.index),
        corrects_line=lines.get(first.corrects) if first.corrects else None,
        is_correction=first.corrects is not None,
        is_taken_back=first.corrected_by is not None,
    )
