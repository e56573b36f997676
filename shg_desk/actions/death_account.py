"""The account of a member who died, read back from the ledger: for the page, the paper to sign, and for taking it back.

Wrongly recorded, it is undone in one transaction: a correction takes the money back, and membership and posts are
written again as they were said before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.correction_limits import accepted_as_it_stood
from shg_desk.actions.correction_limits import refuse_below_zero
from shg_desk.actions.correction_writing import append_plan
from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.corrections import settled_plan
from shg_desk.actions.death_estate import DeathView
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.death_estate import loans_of
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import LEDGER
from shg_desk.actions.printing import printed_now
from shg_desk.actions.profiles import Drafted
from shg_desk.actions.views_entry import Preview
from shg_desk.actions.views_entry import preview_of
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.corrections import Plan
from shg_desk.domain.death import BELOW
from shg_desk.domain.death import BROUGHT
from shg_desk.domain.death import FORGIVEN_ACCOUNT
from shg_desk.domain.death import PASSED_OVER
from shg_desk.domain.death import Settled
from shg_desk.domain.death import settle
from shg_desk.domain.entries import pointed
from shg_desk.domain.leaving import DIED
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.share_record import LET_OFF
from shg_desk.i18n.catalog import Words
from shg_desk.reports.death_account import AccountLine
from shg_desk.reports.death_account import DeathAccount
from shg_desk.reports.death_account import PaidOut
from shg_desk.reports.death_account import death_paper
from shg_desk.store import entries as entry_store
from shg_desk.store import operations as operation_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.entries import EntryRow


@dataclass(frozen=True, slots=True)
class DeathSheet:
    """The page's whole: the account now, what the answers given so far come to, what was settled already, and to whom
    the rest goes as far as it is open.
    """

    view: DeathView
    settled: Settled
    account: DeathAccount

    def decided(self, choices: Mapping[str, str], grant_minor: int = 0) -> DeathSheet:
        """The same account with these answers; a debt that is not among them, or no more, is kept."""
        return replace(self, settled=settle(self.view.estate, self.view.answers(choices), grant_minor))


def settled_rows(desk: Desk, member: str) -> list[EntryRow]:
    """The entries of her settlement that count today."""
    return [row for row in _standing_rows(desk, member) if _is_settlement(row)]


def _standing_rows(desk: Desk, member: str) -> list[EntryRow]:
    rows = entry_store.member_entries(desk.book, member, entry_store.ALL)
    return [row for row in rows if not row.corrects and not row.corrected_by]


def _is_settlement(row: EntryRow) -> bool:
    return row.facts.get("why") == DIED and row.op_kind == "between"


def death_sheet(desk: Desk, member: str, on: date | None = None, settled_on: date | None = None) -> DeathSheet:
    """Her account with what was settled of it. Raises as `death_view`."""
    view = death_view(desk, member, on, settled_on)
    return DeathSheet(view, settle(view.estate, {}), _account(desk, view))


def _account(desk: Desk, view: DeathView) -> DeathAccount:
    standing, codes = _standing_rows(desk, view.member), loans_of(desk, view.member)
    rows = [row for row in standing if _is_settlement(row)]
    ops = list(dict.fromkeys(row.op for row in rows))
    read = [one for op in ops if (one := operation_store.operation(desk.book, op)) is not None]
    decisions: list[tuple[str, int | None, int | None]] = []
    heir = ""
    for one in read:
        texts = operation_store.texts(desk.book, one)
        heir = pointed(texts, one.body.get("text")) or heir
        for said in one.body.get("decisions", ()):
            decisions.append((pointed(texts, said.get("text")) or "", said.get("for"), said.get("against")))
    paid = tuple(_paid(row) for row in standing if _is_paid_out(row, view))
    lines = tuple(line for row in rows for line in _lines(row, codes))
    before = (
        view.estate.payable_minor - view.estate.overpaid_minor + sum(one.taken_minor for one in paid) - _left_of(rows)
    )
    waited = (AccountLine("had" if before > 0 else BELOW, PAYABLE, abs(before)),) if before else ()
    kept = tuple(AccountLine("kept", debt.said, debt.owed_minor) for debt in view.estate.debts)
    return DeathAccount(
        group=view.group_name,
        code=view.group_code,
        currency=view.currency,
        number=view.number,
        name=view.name,
        died=view.died or view.on,
        settled_on=max((row.effective for row in rows), default=view.settled_on),
        lines=(*waited, *lines, *kept),
        paid=paid,
        payable_minor=view.estate.payable_minor,
        guarantees=tuple((one.loan, one.number, one.name, one.left_minor) for one in view.guarantees),
        posts=view.posts,
        decisions=tuple(decisions),
        heir=heir,
        shares_out=view.shares_out,
    )


def _is_paid_out(row: EntryRow, view: DeathView) -> bool:
    """Whether an entry took from what is owed to her (or her heirs) since she died, by the day the account is of."""
    since = view.died is not None and view.died <= row.effective <= view.settled_on
    return since and not _is_settlement(row) and any(p.code == PAYABLE and p.amount_minor > 0 for p in row.postings)


def _paid(row: EntryRow) -> PaidOut:
    taken = sum(posting.amount_minor for posting in row.postings if posting.code == PAYABLE)
    return PaidOut(row.effective, taken, max(-row.cash_minor, 0), row.receipt or "")


def _left_of(rows: Sequence[EntryRow]) -> int:
    """What the settlement alone left to her heirs."""
    return -sum(posting.amount_minor for row in rows for posting in row.postings if posting.code == PAYABLE)


def _lines(row: EntryRow, codes: Mapping[str, str]) -> Iterator[AccountLine]:
    """What one entry of the settlement says on the account."""
    by_code = {posting.code: posting.amount_minor for posting in row.postings}
    loan = codes.get(row.loan or "", "")
    if row.kind == "grant":
        yield AccountLine("grant", "social", by_code.get("social", 0))
    elif LET_OFF in by_code:
        yield AccountLine("to-come", loan, by_code[LET_OFF])
    elif FORGIVEN_ACCOUNT in by_code:
        key = loan or next((code for code in by_code if code != FORGIVEN_ACCOUNT), "")
        to_come = "interest" in by_code and "principal" not in by_code  # as older records have it
        yield AccountLine("to-come" if to_come else "forgiven", key, by_code[FORGIVEN_ACCOUNT])
    elif row.kind == "repayment":
        yield AccountLine("set-off", loan, by_code.get(PASSED_OVER, 0))
    elif row.loan and by_code.get(PASSED_OVER, 0) < 0:
        yield AccountLine(BROUGHT, loan, -by_code[PASSED_OVER])
    elif by_code.get("payable", 0) < 0:
        for code, amount in by_code.items():
            if code not in ("payable", PASSED_OVER):
                yield AccountLine(BROUGHT if code in (HAND, FINES) else "had", code, amount)
    elif PASSED_OVER not in by_code:
        for code, amount in by_code.items():
            if code != "payable":
                yield AccountLine("set-off" if code in (HAND, FINES) else BELOW, code, -amount)


def print_death(desk: Desk, member: str, out: Path, words: Words) -> Path:
    """The account on a page to sign. Raises KnownError DEATH_NOT_RECORDED, MEMBER_UNKNOWN."""
    sheet = death_sheet(desk, member)
    if sheet.view.died is None:
        raise KnownError(Problem(Code.DEATH_NOT_RECORDED, "member"))
    death_paper(sheet.account, words, printed_now(desk, sheet.account.group)).write(out)
    return out


# taking it back -----------------------------------------------------------------------------------------------------


def plan_undo(desk: Desk, member: str) -> Preview | None:
    """What taking her death back would do to the money; None where no money was settled.

    Raises KnownError DEATH_NOT_RECORDED, and BELOW_ZERO_THEN where the heirs were paid already.
    """
    view = death_view(desk, member)
    if view.died is None:
        raise KnownError(Problem(Code.DEATH_NOT_RECORDED, "member"))
    rows = settled_rows(desk, member)
    return preview_of(desk, view.group, _plan(desk, view, rows)) if rows else None


def _plan(desk: Desk, view: DeathView, rows: list[EntryRow]) -> Plan:
    """What stood below zero before her account was settled may stand so again, and no lower."""
    group = view.group
    gone = [recorded_of(row) for row in rows]
    found = settled_plan(desk, group, "reverse", gone, [], IN_DIFFERENCES, accepted=True)
    stood = {account: -amount for account, amount in _stood_below(view, rows).items()}
    return accepted_as_it_stood(desk, group, found, stood)


def _stood_below(view: DeathView, rows: Sequence[EntryRow]) -> Counter[tuple[str, str | None]]:
    """By (account code, owner) what of hers stands below zero, or stood so before it was settled."""
    found = Counter[tuple[str, str | None]]()
    for code, amount in view.estate.below_minor.items():
        found[code, view.member] += amount
    for one in view.estate.brought:
        found["principal" if one.loan else one.said, one.loan or view.member] += one.amount_minor
    for row in rows:
        principal = sum(posting.amount_minor for posting in row.postings if posting.code == "principal")
        for line in _lines(row, {}):
            if line.what == BROUGHT and row.loan:
                found["principal", row.loan] += principal
            elif line.what in (BELOW, BROUGHT):
                found[line.key, view.member] += line.amount_minor
    return found


def undo_death(desk: Desk, member: str, reason: str) -> Outcome[str | None]:
    """Takes a death back that was recorded by mistake: money, membership and posts, in one transaction.

    Gives the correction's name, None where no money was settled. Raises KnownError REASON_MISSING and as `plan_undo`.
    """
    if not reason.strip():
        raise KnownError(Problem(Code.REASON_MISSING, "reason"))
    preview, view = plan_undo(desk, member), death_view(desk, member)
    drafted = Drafted(desk)
    for kind, gid, field_group, fields in _as_before(desk, member):
        drafted.revise(kind, gid, field_group, fields)
    name = None
    with desk.book.writing() as writer:
        if preview is not None:
            refuse_below_zero(desk, view.group, preview.plan)
            name = append_plan(desk, writer, view.group, preview.plan, reason)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(name, LEDGER | Changed.GROUPS | Changed.PEOPLE, frozenset({view.group}))


Said = tuple[str, str, str, dict[str, Any]]
"""A thing's type and id, a field group of it, and its fields."""


def _as_before(desk: Desk, member: str) -> Iterator[Said]:
    """Membership and posts as they are now, but for what the record of her death said of them."""
    made = _record_of_death(desk, member)
    now = revision_store.shown(desk.book.db, "membership", member, "interval")
    if made is None:
        yield "membership", member, "interval", {**now, "left": None, "why": None}
        return
    for kind, gid, field_group, _fields, saw, *_ in made.body["revisions"]:
        words = ("left", "why") if kind == "membership" else ("until",)
        before: Mapping[str, Any] = {}
        for name in saw:
            before = _revision(desk, name, kind, gid, field_group) or before
        shown = revision_store.shown(desk.book.db, kind, gid, field_group)
        yield kind, gid, field_group, {**shown, **{word: before.get(word) for word in words}}


def _record_of_death(desk: Desk, member: str) -> operation_store.Operation | None:
    """The first record that says she died, of those that stand today."""
    found = None
    names = revision_store.to_be_seen(desk.book.db, "membership", member, "interval")
    while names:
        read = operation_store.operation(desk.book, names[-1])
        lines = read.body.get("revisions", ()) if read is not None else ()
        mine = next((one for one in lines if list(one[:3]) == ["membership", member, "interval"]), None)
        if mine is None or mine[3].get("why") != DIED:
            break
        found, names = read, list(mine[4])
    return found


def _revision(desk: Desk, name: str, kind: str, gid: str, field_group: str) -> Mapping[str, Any] | None:
    read = operation_store.operation(desk.book, name)
    lines = read.body.get("revisions", ()) if read is not None else ()
    return next((one[3] for one in lines if list(one[:3]) == [kind, gid, field_group]), None)
