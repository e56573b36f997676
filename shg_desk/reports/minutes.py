"""The minutes of a meeting on A4: who came, money by member and column, the box, decisions, loans, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from shg_desk.domain.minutes import CashBlock
from shg_desk.domain.minutes import Decided
from shg_desk.domain.minutes import LoanGiven
from shg_desk.domain.minutes import Minutes
from shg_desk.domain.minutes import MinutesLine
from shg_desk.domain.minutes import MinutesRow
from shg_desk.domain.minutes import Person
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.reports.frame import Column
from shg_desk.reports.frame import Frame
from shg_desk.reports.frame import Table
from shg_desk.reports.page import A4
from shg_desk.reports.page import A4_LANDSCAPE
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.typeface import BOLD
from shg_desk.reports.typeface import MEDIUM

PORTRAIT_COLUMNS = 6
"""Money columns that fit beside names on an upright page."""

ATTENDANCE_ORDER = ("present", "late", "represented", "excused", "absent", "unmarked")


def minutes_paper(meeting: Minutes, words: Words, printed: Printed, agenda: Sequence[str] = ()) -> Paper:
    """The minutes as they are signed and kept; `agenda` is what the meeting went through, in its order."""
    group = f"{meeting.group_name} ({meeting.group_code})"
    title = words._("Minutes")
    if meeting.number:
        title = words._("Minutes of meeting {number}").format(number=meeting.number)
    when = formats.date_with_weekday(words, meeting.on)
    wide = len(meeting.columns) > PORTRAIT_COLUMNS
    frame = Frame(
        words,
        printed,
        title=f"{title}, {group}",
        running=f"{group} · {title} · {formats.date(meeting.on)}",
        size=A4_LANDSCAPE if wide else A4,
    )
    frame.title(title, f"{group} · {when}")
    if meeting.from_paper:
        frame.text(words._("Copied from paper."), 10)
    for on, reason in meeting.corrections:
        frame.text(ledger_words.corrected(words, on, reason), 10, MEDIUM)
    for on, reason, moved in meeting.later_corrections:
        frame.text(ledger_words.corrected(words, on, reason, moved), 10, MEDIUM)
    if not meeting.held:
        text = words._("The meeting was not held.")
        if meeting.reason:
            text = words._("The meeting was not held: {reason}").format(reason=meeting.reason)
        frame.text(text, 12, BOLD)
    else:
        if agenda:
            frame.heading(words._("Agenda"))
            frame.text(ledger_words.listed(agenda), 10)
        _attendance(frame, meeting)
        _money(frame, meeting)
    _group_lines(frame, meeting)
    for block in meeting.cash:
        _cash(frame, meeting, block)
    _decisions(frame, meeting)
    _loans(frame, meeting)
    if meeting.next_on is not None:
        frame.heading(words._("Next meeting"))
        frame.text(formats.date_with_weekday(words, meeting.next_on), 11)
    frame.space(12)
    frame.signatures((words._("Leader"), words._("Treasurer"), words._("Secretary")))
    return frame.finish()


def _named(person: Person) -> str:
    return ledger_words.person(person.number, person.name)


def _attendance(frame: Frame, meeting: Minutes) -> None:
    words = frame.words
    frame.heading(words._("Who came"))
    there = words._("{present} of {members} members were there.").format(
        present=meeting.present, members=meeting.of_members
    )
    if meeting.quorum_needed:
        quorum = words._("Quorum: {needed} needed, reached.") if meeting.has_quorum else ""
        quorum = quorum or words._("Quorum: {needed} needed, not reached.")
        there = f"{there} {quorum.format(needed=meeting.quorum_needed)}"
    frame.text(there, 11, MEDIUM)
    for mark in ATTENDANCE_ORDER:
        people = [_came(words, row) for row in meeting.rows if row.attendance == mark]
        if people:
            head = words._("{word} ({count})").format(word=ledger_words.attendance(words, mark), count=len(people))
            frame.text(words._("{what}: {name}").format(what=head, name=", ".join(people)), 10)


def _came(words: Words, row: MinutesRow) -> str:
    if row.represented_by:
        return words._("{name} (by {other})").format(name=_named(row.person), other=row.represented_by)
    return _named(row.person)


def _money(frame: Frame, meeting: Minutes) -> None:
    words = frame.words
    if not meeting.columns:
        return

    def amount(amount_minor: int) -> str:
        return formats.amount(words, amount_minor, meeting.currency) if amount_minor else ""

    unit = formats.unit(words, meeting.currency.code)
    frame.heading(words._("Money by member, {unit}").format(unit=unit))
    figure = 19 if len(meeting.columns) <= PORTRAIT_COLUMNS else 20
    columns = [
        Column("№", 10),
        Column(words._("Name")),
        *(Column(ledger_words.column(words, column), figure, Align.RIGHT) for column in meeting.columns),
        Column(words._("In"), figure, Align.RIGHT, MEDIUM),
        Column(words._("Out"), figure, Align.RIGHT, MEDIUM),
    ]
    table = Table(frame, columns, size=9)
    for row in meeting.rows:
        if not row.cells_minor:
            continue
        name = row.person.name or ""
        if row.paid_by is not None:
            name = f"{name}, " + words._("brought by {name}").format(name=_named(row.paid_by))
        cells = [amount(row.cells_minor.get(column, 0)) for column in meeting.columns]
        table.row((row.person.number, name, *cells, amount(row.in_minor), amount(row.out_minor)))
    sums = [amount(meeting.totals_minor.get(column, 0)) for column in meeting.columns]
    table.row(("", words._("Total"), *sums, amount(meeting.in_minor), amount(meeting.out_minor)), total=True)
    for row in meeting.rows:
        if row.fine_owed_minor:
            owed = formats.money(words, row.fine_owed_minor, meeting.currency)
            text = words._("{name} owes a fine of {amount}.")
            frame.text(text.format(name=_named(row.person), amount=owed), 10)


def _group_lines(frame: Frame, meeting: Minutes) -> None:
    words = frame.words
    if not meeting.lines:
        return
    frame.heading(words._("The group's own money"))
    unit = formats.unit(words, meeting.currency.code)
    table = Table(
        frame,
        (
            Column(words._("What")),
            Column(words._("From"), 32),
            Column(words._("To"), 32),
            Column(words._("Amount, {unit}").format(unit=unit), 28, Align.RIGHT),
        ),
    )
    for line in meeting.lines:
        table.row(
            (
                _line_words(words, line),
                ledger_words.account(words, line.source, meeting.place_names) if line.source else "",
                ledger_words.account(words, line.target, meeting.place_names) if line.target else "",
                formats.amount(words, line.amount_minor, meeting.currency),
            )
        )


def _line_words(words: Words, line: MinutesLine) -> str:
    parts = [ledger_words.what(words, line.kind)]
    detail = line.account.partition(".")[2] if line.account else ""
    if detail and line.kind in ("expense", "income", "lender-loan", "lender-repayment"):
        parts.append(ledger_words.detail(words, detail))
    if line.text:
        parts.append(line.text)
    if line.receipt:
        parts.append(words._("receipt {number}").format(number=line.receipt))
    if line.carried_by is not None:
        parts.append(words._("carried by {name}").format(name=_named(line.carried_by)))
    return ", ".join(parts)


def _cash(frame: Frame, meeting: Minutes, block: CashBlock) -> None:
    words = frame.words

    def money(amount_minor: int) -> str:
        return formats.money(words, amount_minor, meeting.currency)

    frame.heading(ledger_words.account(words, block.place, meeting.place_names))
    rows = []
    if block.start_minor is not None:
        rows.append((words._("At the start"), money(block.start_minor)))
    rows += [(words._("Came in"), money(block.in_minor)), (words._("Went out"), money(block.out_minor))]
    if block.expected_minor is not None:
        rows.append((words._("Should be there"), money(block.expected_minor)))
    if block.held_minor is not None:
        rows.append((words._("Held at the end of the day"), money(block.held_minor)))
    if block.counted_minor is not None:
        rows.append((words._("Counted"), money(block.counted_minor)))
        rows += [(words._("Counted before it was put right"), money(one)) for one in block.before_minor]
    frame.pairs(rows)
    if block.counted_minor is None:
        frame.text(words._("Not counted."), 10)
        return
    if block.from_paper:
        frame.text(words._("The count is copied from paper."), 10)
    if block.notes:
        each = ledger_words.notes(words, block.notes, meeting.currency)
        frame.text(words._("Notes and coins: {notes}").format(notes=each), 10)
    frame.text(_difference(words, meeting, block), 11, BOLD)


def _difference(words: Words, meeting: Minutes, block: CashBlock) -> str:
    if not block.difference_minor:
        return words._("Box and book agree.") if block.place == "box" else words._("Count and book agree.")
    amount = formats.money(words, abs(block.difference_minor), meeting.currency)
    text = words._("{amount} missing.") if block.difference_minor < 0 else words._("{amount} too much.")
    text = text.format(amount=amount)
    if block.bearer == "awaiting":
        text += " " + words._("A colleague's entries are awaited.")
    elif block.bearer == "group":
        text += " " + words._("Borne by the group.")
    elif isinstance(block.bearer, Person):
        text += " " + words._("Borne by {name}.").format(name=_named(block.bearer))
    else:
        text += " " + words._("Stays open.")
    said = block.reason if block.reason and block.reason != "unknown" else ""
    return f"{text} {said[:1].upper()}{said[1:]}".rstrip()


def _decisions(frame: Frame, meeting: Minutes) -> None:
    words = frame.words
    if not meeting.decisions and not meeting.waived:
        return
    frame.heading(words._("Decisions"))
    if not meeting.has_quorum and meeting.quorum_needed:
        frame.text(words._("Decided without quorum."), 11, BOLD)
    number = 0
    for decision in meeting.decisions:
        number += 1
        frame.text(f"{number}.  {_decided(words, decision)}", 11)
        if decision.votes > meeting.there:
            frame.text(ledger_words.too_many_votes(words, decision.votes, meeting.there), 11, BOLD)
    for waived in meeting.waived:
        number += 1
        text = words._("{name}: no fine asked ({why})").format(
            name=_named(waived.person), why=ledger_words.why(words, waived.why)
        )
        frame.text(f"{number}.  {text}" + (f". {waived.text}" if waived.text else ""), 11)


def _decided(words: Words, decision: Decided) -> str:
    text = decision.text or words._("(text closed to this book)")
    votes = ledger_words.votes(words, decision.votes_for, decision.votes_against, decision.abstained)
    return f"{text} ({votes})" if votes else text


def _loans(frame: Frame, meeting: Minutes) -> None:
    if not meeting.loans:
        return
    words = frame.words
    frame.heading(words._("New loans"))
    for loan in meeting.loans:
        frame.text(_loan(words, meeting, loan), 11)
        if loan.schedule is not None:
            frame.text(ledger_words.loan_dues(words, loan.schedule, meeting.currency), 10, indent=12)
        said = ledger_words.loan_said(words, loan.purpose, [(one.number, one.name) for one in loan.guarantors])
        if said:
            frame.text(said, 10, indent=12)


def _loan(words: Words, meeting: Minutes, loan: LoanGiven) -> str:
    amount = formats.money(words, loan.amount_minor, meeting.currency)
    return words._("{loan}: {name}, {amount}, {terms}").format(
        loan=loan.code, name=_named(loan.person), amount=amount, terms=ledger_words.terms(words, loan.terms)
    )
