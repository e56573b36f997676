"""One account of a group on A4: opening, lines with their running balance, closing and totals."""

from __future__ import annotations

from shg_desk.domain.statement import GroupRow
from shg_desk.domain.statement import GroupStatement
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.reports.frame import Column
from shg_desk.reports.frame import Frame
from shg_desk.reports.frame import Table
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed


def ledger_paper(statement: GroupStatement, words: Words, printed: Printed) -> Paper:
    """The statement of an account, as the ledger's page shows it."""
    account = ledger_words.account(words, statement.account, statement.names)
    unit = formats.unit(words, statement.currency.code)
    title = words._("{what}, {detail}").format(what=account, detail=unit)
    group = f"{statement.group_name} ({statement.group_code})"
    span = _span(words, statement)
    frame = Frame(words, printed, title=f"{title}, {group}", running=" · ".join(filter(None, (group, account, span))))
    frame.title(title, " · ".join(filter(None, (group, span))))
    table = Table(
        frame,
        (
            Column(words._("Line"), 11, Align.RIGHT),
            Column(words._("Date"), 23),
            Column(words._("Meeting"), 16),
            Column(words._("What")),
            Column(words._("In"), 20, Align.RIGHT),
            Column(words._("Out"), 20, Align.RIGHT),
            Column(words._("Balance"), 22, Align.RIGHT, 600),
        ),
    )

    def amount(amount_minor: int) -> str:
        return formats.amount(words, amount_minor, statement.currency)

    opening = formats.date(statement.since) if statement.since else ""
    table.row(("", opening, "", words._("Balance at the start"), "", "", amount(statement.opening_minor)), 500)
    for row in statement.rows:
        table.row(_cells(words, statement, row))
    closing = formats.date(statement.until) if statement.until else ""
    sums = (amount(statement.in_minor), amount(statement.out_minor), amount(statement.closing_minor))
    table.row(("", closing, "", words._("Balance at the end"), *sums), total=True)
    return frame.finish()


def _span(words: Words, statement: GroupStatement) -> str:
    if statement.since and statement.until:
        first, last = formats.date(statement.since), formats.date(statement.until)
        return words.p_("period", "{first} to {last}").format(first=first, last=last)
    return ""


def _cells(words: Words, statement: GroupStatement, row: GroupRow) -> tuple[str, ...]:
    said = ledger_words.account_line(words, row, statement.currency, statement.names)
    day = formats.date(row.effective)
    if row.recorded is not None:
        day += "\n" + words._("written {date}").format(date=formats.date(row.recorded))
    return (
        str(row.line),
        day,
        f"№ {row.meeting}" if row.meeting else "",
        f"← {said}" if row.is_correction else said,
        formats.amount(words, row.in_minor, statement.currency) if row.in_minor else "",
        formats.amount(words, row.out_minor, statement.currency) if row.out_minor else "",
        formats.amount(words, row.balance_minor, statement.currency),
    )
