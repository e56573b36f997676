"""Loans and schedules as cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shg_desk.actions.views_loans import LoanLine
from shg_desk.actions.views_loans import LoanSheet
from shg_desk.actions.views_loans import LoanTotals
from shg_desk.actions.views_loans import ScheduleLine
from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money


def loan_columns(words: Words, currency: Currency | None, *, whose: bool = True) -> tuple[Column, ...]:
    """Heads of the list; without a currency each sum says its own. `whose` adds borrower and group."""
    unit = formats.unit(words, currency.code) if currency is not None else ""

    def head(name: str) -> str:
        return words._("{what}, {unit}").format(what=name, unit=unit) if unit else name

    first = (
        (
            Column(words._("Who"), 190, grows=2, wraps=True, fixed=True),
            Column(words._("Group"), 120, grows=1, wraps=True),
        )
        if whose
        else ()
    )
    return (
        *first,
        Column(words._("Loan"), 66, fixed=not whose, grows=0 if whose else 1),
        Column(words._("Given"), 100),
        Column(head(words._("Given sum")), 100, right=True),
        Column(head(words._("Debt left")), 100, right=True),
        Column(words._("Next due"), 100, divider=True),
        Column(head(words._("Due")), 90, right=True),
        Column(head(words._("Overdue")), 100, right=True, divider=True),
        Column(words._("Late"), 110),
    )


def _sum(words: Words, amount_minor: int, currency: Currency, *, unit: bool, weight: int = tokens.REGULAR) -> Cell:
    write = formats.money if unit else formats.amount
    return money(write(words, amount_minor, currency), weight=weight) if amount_minor else EMPTY


def loan_row(words: Words, one: LoanLine, today: date, *, whose: bool = True, unit: bool = False) -> Row:
    """One loan of the list."""
    who = f"{one.number} {one.name}" if one.name else f"№ {one.number}"
    first = (link(who), Cell(one.group_name)) if whose else ()
    late = EMPTY
    if one.late_days:
        days = formats.days(words, one.late_days)
        late = Cell(days, icon="triangle", icon_ink=tokens.AMBERMARK, weight=tokens.MEDIUM)
    elif not one.is_open:
        late = Cell(words._("paid"), icon="disc_tick", icon_ink=tokens.GREEN)
    next_due = EMPTY
    if one.next_on is not None:
        spoken = f"{formats.date(one.next_on)}, {formats.when(words, one.next_on, today)}"
        next_due = Cell(formats.date(one.next_on), spoken=spoken)
    cells = (
        *first,
        Cell(one.code) if whose else link(one.code),
        Cell(formats.date(one.on)),
        _sum(words, one.lent_minor, one.currency, unit=unit),
        _sum(words, one.outstanding_minor, one.currency, unit=unit, weight=tokens.SEMIBOLD),
        next_due,
        _sum(words, one.next_minor, one.currency, unit=unit),
        _sum(words, one.arrears_minor, one.currency, unit=unit, weight=tokens.MEDIUM),
        late,
    )
    return Row(cells, key=one.id)


def totals_rows(words: Words, totals: Sequence[LoanTotals], *, unit: bool) -> list[Row]:
    """A line of totals for each currency."""
    made = []
    for one in totals:
        count = words.n_("{n} loan", "{n} loans", one.count).format(n=formats.number(words, one.count))
        late = words.n_("{n} late", "{n} late", one.late).format(n=one.late) if one.late else ""
        heavy = tokens.SEMIBOLD
        cells = (
            Cell(count, weight=heavy),
            EMPTY,
            EMPTY,
            EMPTY,
            _sum(words, one.lent_minor, one.currency, unit=unit, weight=heavy),
            _sum(words, one.outstanding_minor, one.currency, unit=unit, weight=heavy),
            EMPTY,
            EMPTY,
            _sum(words, one.arrears_minor, one.currency, unit=unit, weight=heavy),
            Cell(late, weight=heavy),
        )
        made.append(Row(cells, key=one.currency.code, fill=Fill.SUNKEN, rule=Rule.STRONG))
    return made


# a schedule ---------------------------------------------------------------------------------------------------------


def schedule_columns(words: Words, currency: Currency) -> tuple[Column, ...]:
    """Heads of a schedule."""
    unit = formats.unit(words, currency.code)
    return (
        Column("№", 44, right=True, fixed=True),
        Column(words._("Due on"), 110, fixed=True),
        Column(words._("Principal, {unit}").format(unit=unit), 110, right=True, divider=True),
        Column(words._("Interest, {unit}").format(unit=unit), 110, right=True),
        Column(words._("Together, {unit}").format(unit=unit), 110, right=True),
        Column(words._("Paid on"), 110, divider=True),
        Column(words._("Paid, {unit}").format(unit=unit), 110, right=True),
        Column(words._("How it stands"), 190, grows=1, wraps=True),
    )


def schedule_row(words: Words, one: ScheduleLine, sheet: LoanSheet) -> Row:
    """One instalment."""
    currency = sheet.line.currency
    cells = (
        Cell(str(one.n), ink=tokens.INK2),
        Cell(formats.date(one.due), weight=tokens.MEDIUM if one.state == "due" else tokens.REGULAR),
        money(formats.amount(words, one.principal_minor, currency)),
        money(formats.amount(words, one.interest_minor, currency)),
        money(formats.amount(words, one.total_minor, currency), weight=tokens.SEMIBOLD),
        Cell(formats.date(one.paid_on)) if one.paid_on else EMPTY,
        money(formats.amount(words, one.paid_minor, currency)) if one.paid_minor else EMPTY,
        _stands(words, one, sheet),
    )
    return Row(cells, key=one.n)


def _stands(words: Words, one: ScheduleLine, sheet: LoanSheet) -> Cell:
    left = formats.money(words, one.unpaid_minor, sheet.line.currency)
    if one.state == "paid":
        return Cell(words._("paid"), icon="disc_tick", icon_ink=tokens.GREEN)
    if one.state == "late":
        text = words._("late, left {sum}").format(sum=left)
        return Cell(text, icon="triangle", icon_ink=tokens.AMBERMARK, weight=tokens.MEDIUM)
    if one.state == "due":
        when = formats.when(words, one.due, sheet.today)
        text = words._("next, {when}").format(when=when)
        if one.paid_minor:
            text = words._("next, {when}, left {sum}").format(when=when, sum=left)
        return Cell(text, icon="clock", icon_ink=tokens.LAKE)
    if one.state == "part":
        return Cell(words._("left {sum}").format(sum=left))
    return EMPTY


def schedule_foot(words: Words, sheet: LoanSheet) -> Row:
    """The sums of a schedule."""
    currency, heavy = sheet.line.currency, tokens.SEMIBOLD
    cells = (
        EMPTY,
        Cell(words._("Total"), weight=heavy),
        money(formats.amount(words, sheet.principal_minor, currency), weight=heavy),
        money(formats.amount(words, sheet.interest_minor, currency), weight=heavy),
        money(formats.amount(words, sheet.total_minor, currency), weight=heavy),
        EMPTY,
        money(formats.amount(words, sheet.paid_minor, currency), weight=heavy),
        EMPTY,
    )
    return Row(cells, key="total", fill=Fill.SUNKEN, rule=Rule.STRONG)
