"""Control totals of a group on A4: for each period the ledger's figures beside the sum of the booklets."""

from __future__ import annotations

from collections.abc import Sequence

from shg_desk.domain.control_totals import ControlTotals
from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.reports.frame import Column
from shg_desk.reports.frame import Frame
from shg_desk.reports.frame import Table
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.typeface import BOLD


def group_totals(
    periods: Sequence[tuple[ControlTotals, ControlTotals]],
    *,
    group_name: str,
    group_code: str,
    currency: Currency,
    words: Words,
    printed: Printed,
) -> Paper:
    """One table a period from pairs (ledger, booklets); whether both agree is said in words under each."""
    title = words._("Control totals")
    group = f"{group_name} ({group_code})"
    frame = Frame(words, printed, title=f"{title}, {group}", running=f"{group} · {title}")
    frame.title(title, f"{group} · {formats.unit(words, currency.code)}")
    for ledger, booklets in periods:
        _period(frame, words, currency, ledger, booklets)
    return frame.finish()


def _period(frame: Frame, words: Words, currency: Currency, ledger: ControlTotals, booklets: ControlTotals) -> None:
    frame.heading(_span(words, ledger))

    def amount(amount_minor: int) -> str:
        return formats.amount(words, amount_minor, currency)

    table = Table(
        frame,
        (
            Column(words._("What")),
            Column(words._("Lines"), 20, Align.RIGHT),
            Column(words._("In"), 30, Align.RIGHT),
            Column(words._("Out"), 30, Align.RIGHT),
        ),
    )
    for total in ledger.by_what:
        what = ledger_words.what(words, total.what)
        table.row((what, str(total.lines), amount(total.in_minor), amount(total.out_minor)))
    sums = (str(ledger.lines), amount(ledger.in_minor), amount(ledger.out_minor))
    table.row((words._("Total of the ledger"), *sums), total=True)
    sums = (str(booklets.lines), amount(booklets.in_minor), amount(booklets.out_minor))
    count = words.n_("Sum of {n} booklet", "Sum of {n} booklets", booklets.members).format(n=booklets.members)
    table.row((count, *sums))
    frame.space(6)
    table = Table(
        frame,
        (
            Column(words._("In members' names")),
            Column(words._("At the start"), 30, Align.RIGHT),
            Column(words._("At the end"), 30, Align.RIGHT),
            Column(words._("Booklets, at the end"), 34, Align.RIGHT),
        ),
    )
    names = (
        words._("Savings"),
        words._("Debt left"),
        words._("Fines owed"),
        words._("Paid ahead"),
        words._("Still to be paid out"),
        words._("In members' hands"),
    )
    amounts = zip(ledger.opening.amounts(), ledger.closing.amounts(), booklets.closing.amounts(), strict=True)
    for place, (name, figures) in enumerate(zip(names, amounts, strict=True)):
        if place < 2 or any(figures):
            table.row((name, *map(amount, figures)))
    frame.space(4)
    if ledger == booklets:
        frame.text(words._("The booklets add up to the ledger."), 11, BOLD)
    else:
        frame.text(words._("The booklets do not add up to the ledger: look at the lines that differ."), 11, BOLD)


def _span(words: Words, totals: ControlTotals) -> str:
    if totals.since and totals.until:
        first, last = formats.date(totals.since), formats.date(totals.until)
        return words.p_("period", "{first} to {last}").format(first=first, last=last)
    if totals.until:
        return words._("until {date}").format(date=formats.date(totals.until))
    if totals.since:
        return words._("since {date}").format(date=formats.date(totals.since))
    return words._("From the beginning until today")
