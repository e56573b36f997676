"""A year of invented meetings: who came, who paid, who borrowed, and cash counted by note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import timedelta
from random import Random

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.rules import SavingProduct
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.i18n.ledger_words import UNKNOWN_REASON
from shg_desk.tables import shipped_data

EXPENSES = ("Дептер, калем", "Чай", "Жол кире", "Кагаз")
FORTNIGHT = timedelta(days=14)


def meeting_days(first: date, until: date) -> list[date]:
    """Every second week from the first day, up to and with the last."""
    return [first + FORTNIGHT * k for k in range((until - first).days // 14 + 1)]


def record_invented(desk: Desk, group: str, on: date, chance: Random, *, short_minor: int = 0) -> str:
    """Records one invented meeting; `short_minor` is missing from the box and stays an open difference."""
    ground = ground_of(desk, group, on)
    sheet = invented_sheet(ground, chance, short_minor=short_minor)
    name = record_meeting(desk, sheet).value.name
    assert name is not None
    return name


def invented_sheet(ground: Ground, chance: Random, *, short_minor: int = 0) -> Sheet:
    """A sheet on this ground as such groups write them; snow keeps one in thirty from meeting."""
    if chance.random() < 1 / 30 and ground.seen is not None:
        return Sheet(ground.group, ground.on, held=False, reason="snow", next_on=ground.on + FORTNIGHT)
    rows = [_row(ground, member, chance) for member in ground.members]
    lines = []
    if chance.random() < 0.3:
        lines.append(GroupLine("expense", 100 * chance.randint(80, 250), text=chance.choice(EXPENSES)))
    sheet = Sheet(ground.group, ground.on, rows=tuple(rows), lines=tuple(lines), next_on=ground.on + FORTNIGHT)
    sheet = _with_loan(ground, sheet, chance)
    expected = cash_of(ground, sheet).expected_minor
    if expected < 0:
        sheet = replace(sheet, lines=())
        expected = cash_of(ground, sheet).expected_minor
    counted = expected - min(short_minor, expected)
    sheet = replace(sheet, counts=(Count(notes=in_notes(counted, ground.currency.code, ground.on)),))
    if counted != expected:
        named = NamedDifference(counted - expected, UNKNOWN_REASON, "open")
        sheet = replace(sheet, differences=(named,))
    return sheet


def _row(ground: Ground, member: MemberGround, chance: Random) -> SheetRow:
    marks: Sequence[Attendance] = (Attendance.PRESENT,) * 16 + (
        Attendance.LATE,
        Attendance.ABSENT,
        Attendance.EXCUSED,
        Attendance.REPRESENTED,
    )
    mark = chance.choice(marks)
    ins: list[In] = []
    rules = ground.rules
    if mark is not Attendance.ABSENT and mark is not Attendance.EXCUSED:
        if rules.share_price_minor:
            shares = chance.randint(max(rules.shares_min, 1), min(rules.shares_max, 3))
            ins.append(In("shares", shares * rules.share_price_minor, shares=shares))
        for product in rules.savings:
            if amount := _saving_minor(member, product, chance):
                ins.append(In("saving", amount, product=product.code))
        if rules.social_minor:
            ins.append(In("social", rules.social_minor))
        ins += _repayments(ground, member, chance)
    fine = rules.fine_minor(mark.value)
    if fine:
        ins.append(In("fine-owed" if mark is Attendance.ABSENT else "fine", fine, why=mark.value))
    elif member.fines_owed_minor and mark is Attendance.PRESENT:
        ins.append(In("fine", member.fines_owed_minor))
    by_whom = "күйөөсү" if mark is Attendance.REPRESENTED else None
    return SheetRow(member.id, mark, represented_by=by_whom, ins=tuple(ins))


def _saving_minor(member: MemberGround, product: SavingProduct, chance: Random) -> int:
    """What she brings: after an absence or a day of snow often both savings at once, else today's alone."""
    due = member.saving_due_minor.get(product.code)
    if due is None:
        return product.amount_minor
    owed = max(0, due - member.saved_minor.get(product.code, 0))
    return owed if chance.random() < 0.4 else min(owed, product.amount_minor)


def _repayments(ground: Ground, member: MemberGround, chance: Random) -> list[In]:
    found = []
    for loan in member.loans:
        due = loan.expected_minor(ground.on)
        left = loan_on(loan.loan, ground.on).left_to_pay_minor
        amount = min(due if chance.random() < 0.9 else due // 20000 * 10000, left)
        # the box holds no coins: what is due is rounded up to whole som, the next instalment gets the rest
        amount = min(-(-amount // 100) * 100, left // 100 * 100)
        if amount:
            found.append(In("repayment", amount, loan=loan.id))
    return found


def _with_loan(ground: Ground, sheet: Sheet, chance: Random) -> Sheet:
    """Now and then the group lends what is in the box to a member without a loan."""
    free = [member for member in ground.members if not member.loans and member.saved_in_all_minor]
    cash = cash_of(ground, sheet).expected_minor
    if not free or chance.random() < 0.45:
        return sheet
    member = chance.choice(free)
    multiple = ground.rules.loan_multiple or 1
    most = min(int(member.saved_in_all_minor * multiple), cash - 50_000)
    amount = most // 100_000 * 100_000
    if amount < 100_000:
        return sheet
    rows = tuple(replace(row, outs=(Out("loan", amount),)) if row.member == member.id else row for row in sheet.rows)
    decision = Decision(f"№ {member.number}: карыз {amount // 100} сом", len(ground.members) - 2, 0, 1, "loan-approved")
    return replace(sheet, rows=rows, decisions=(decision,))


def in_notes(amount_minor: int, currency: str, on: date) -> dict[int, int]:
    """The amount in the fewest notes and coins in use on that day; what no coin can pay is left out."""
    found = {}
    for note in shipped_data.banknotes(currency, on):
        number, amount_minor = divmod(amount_minor, note.value_minor)
        if number:
            found[note.value_minor] = number
    return found
