"""A closed meeting as it was recorded: who came, what each brought and took, the box, decisions and loans."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.desk import Desk
from shg_desk.actions.not_held import reason_words
from shg_desk.actions.printing import print_meeting
from shg_desk.actions.statements import Period
from shg_desk.actions.views_minutes import MeetingRecord
from shg_desk.actions.views_minutes import meeting_record
from shg_desk.domain.minutes import CashBlock
from shg_desk.domain.minutes import Decided
from shg_desk.domain.minutes import Minutes
from shg_desk.domain.minutes import MinutesRow
from shg_desk.domain.minutes import is_in
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.ledger_rows import amount_cell
from shg_desk.ui.ledger_rows import heavy
from shg_desk.ui.ledger_rows import reached_word
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Attendance
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import attendance
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table


class MinutesPage(DeskPage):
    """`open` takes the name of a recorded meeting."""

    place = "ledger"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._op = ""
        self._record: MeetingRecord | None = None
        self.print_button = Button(icon="print")
        self.correct_button = Button(keys=("F2",))
        self.photo_button = Button(keys=("F4",))
        self.photo_button.clicked.connect(self._photos)
        self.print_button.clicked.connect(self._print)
        self.correct_button.clicked.connect(self._correct)
        body = rows(self, margins=(20, 12, 20, 12), gap=10)
        self.table = Table([], size=tokens.GRID, row_height=(26, 26))
        self.table.view.opened.connect(lambda _row, _column: self._open_member())
        body.addWidget(self.table, 1)
        self.not_held = Label(size=tokens.CARD_TITLE, ink=tokens.INK2, wrap=True)
        body.addWidget(self.not_held)
        self._below = columns(gap=12)
        self.cash = Card(" ", small_title=True, gap=4)
        self._cash = Label(size=tokens.GRID, wrap=True)
        self.cash.body.addWidget(self._cash)
        self.lines = Card(" ", small_title=True, gap=4)
        self._lines = Label(size=tokens.GRID, wrap=True)
        self.lines.body.addWidget(self._lines)
        self.decisions = Card(" ", small_title=True, gap=4)
        self._decisions = Label(size=tokens.GRID, wrap=True)
        self.decisions.body.addWidget(self._decisions)
        self.corrections = Card(" ", small_title=True, gap=4)
        self._corrections = Label(size=tokens.GRID, wrap=True)
        self.corrections.body.addWidget(self._corrections)
        for card in (self.cash, self.lines, self.decisions, self.corrections):
            self._below.addWidget(card, 1)
        body.addLayout(self._below)
        body.addStretch(0)
        self.restyle()

    def restyle(self) -> None:
        """Cards beside each other; one under the other where letters are large."""
        large = tokens.large()
        self._below.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    def title(self) -> str:
        words = self.frame.words
        if self._record is None:
            return words._("Meeting")
        minutes = self._record.minutes
        if not minutes.number:
            return minutes.group_name
        return words._("{group}, meeting {number}").format(group=minutes.group_name, number=minutes.number)

    def sentence(self) -> str:
        words = self.frame.words
        if self._record is None:
            return ""
        minutes = self._record.minutes
        there = words._("{present} of {members} members were there.").format(
            present=minutes.present, members=minutes.of_members
        )
        parts = [formats.date_with_weekday(words, minutes.on), there.rstrip(".")]
        if not minutes.held:
            reason = reason_words(words.lang, minutes.reason)
            parts = [parts[0], words._("was not held"), *([reason] if reason else [])]
            if minutes.next_on is not None:
                day = formats.date_with_weekday(words, minutes.next_on)
                parts.append(words._("next meeting {date}").format(date=day))
        if count := len(minutes.corrections) + len(minutes.later_corrections):
            parts.append(words.n_("{n} correction", "{n} corrections", count).format(n=count))
        if minutes.held and not minutes.has_quorum:
            quorum = words._("Quorum: {needed} needed, not reached.").format(needed=minutes.quorum_needed)
            parts.insert(2, quorum.rstrip("."))
        if minutes.from_paper:
            parts.append(words._("from paper"))
        if photos := self._record.photos:
            text = words.n_("photo of the signed sheet: {n} page", "photo of the signed sheet: {n} pages", photos)
            parts.append(text.format(n=photos))
        parts.append(reached_word(words, self._record.reached))
        return " · ".join(part for part in parts if part)

    def controls(self) -> Sequence[QWidget]:
        if not self._can_correct():
            return (self.print_button, self.photo_button)
        return (self.print_button, self.photo_button, self.correct_button)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        held = self._record is None or self._record.minutes.held
        found = [Hint(("↑", "↓"), words._("line")), Hint(("Enter",), words._("her booklet"))] if held else []
        if self._can_correct():
            found.append(Hint(("F2",), words._("correct this meeting"), self._correct))
        return (
            *found,
            Hint(("F4",), words._("photo of the sheet"), self._photos),
            Hint(("Ctrl", "P"), words._("print the minutes"), self._print),
            Hint(("Esc",), words._("back"), self.frame.back),
            Hint(("F1",), words._("help")),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        if isinstance(target, str):
            self._op = target
        if self._op:
            self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible() and self._op:
            self._read()

    def focus_first(self) -> None:
        if self._record is not None:
            held = self._record.minutes.held
            (self.table.view if held else self.print_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.frame.back()
        elif keys.is_plain(event, Qt.Key.Key_F2):
            self._correct()
        elif keys.is_plain(event, Qt.Key.Key_F4):
            self._photos()
        elif keys.is_ctrl(event, "P"):
            self._print()
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.print_button.set_words(words._("Print the minutes"))
        self.correct_button.set_words(words._("Correct this meeting"))
        self.photo_button.set_words(words._("Photo of the sheet"))
        self.cash.title.setText(words._("Money counted"))
        self.lines.title.setText(words._("The group's own money"))
        self.decisions.title.setText(words._("Decisions"))
        if self._record is not None:
            self._show(self._record)

    def _read(self) -> None:
        self.ask("minutes", partial(meeting_record, op=self._op), self._show)

    def _show(self, record: MeetingRecord) -> None:
        words, minutes = self.frame.words, record.minutes
        self._record = record
        self.table.set_columns(_columns(words, minutes))
        self.table.set_rows([_row(words, minutes, one) for one in minutes.rows], [_foot(words, minutes)])
        self.table.setVisible(minutes.held)
        self.not_held.setVisible(not minutes.held)
        self.not_held.setText(words._("The meeting was not held."))
        if self.table.row_key() is None:
            self.table.view.put_cursor(0)
        self._cash.setText("\n".join(" · ".join(_cash_lines(words, minutes, one)) for one in minutes.cash))
        self.cash.setVisible(bool(minutes.cash))
        lines = [
            words._("{what}, {sum}").format(
                what=one.text or ledger_words.what(words, one.kind),
                sum=formats.money(words, one.amount_minor, minutes.currency),
            )
            for one in minutes.lines
        ]
        self._lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        said = _decisions(words, minutes)
        self._decisions.setText("\n".join(said))
        self.decisions.setVisible(bool(said))
        later = [ledger_words.corrected(words, on, reason) for on, reason in minutes.corrections]
        later += [ledger_words.corrected(words, *one) for one in minutes.later_corrections]
        elsewhere = bool(minutes.later_corrections)
        title = words._("Put right later") if elsewhere else words._("Put right later; all of it is in the figures")
        self.corrections.title.setText(title)
        self._corrections.setText("\n".join(later))
        self.corrections.setVisible(bool(later))
        self.reworded.emit()
        self.settle_cursor()

    def _open_member(self) -> None:
        key = self.table.row_key()
        if isinstance(key, str):
            self.frame.go("member", key)

    def _can_correct(self) -> bool:
        """True where the meeting can be opened again; of one that was not held there is nothing to put right."""
        return self.ways.correct_meeting is not None and self._record is not None and self._record.minutes.held

    def _correct(self) -> None:
        if self._record is not None and self.ways.correct_meeting is not None and self._can_correct():
            self.ways.correct_meeting(self._record.group, self._record.op)

    def _photos(self) -> None:
        if self._op:
            self.frame.go("photos", (self._op, self.place))

    def _print(self) -> None:
        if self._record is None:
            return
        minutes, words = self._record.minutes, Words(self.lang)

        def make(desk: Desk) -> Path:
            out = paper_path(f"{minutes.group_code}-{minutes.on.isoformat()}.pdf")
            period = Period(minutes.on, minutes.on)
            print_meeting(desk, "minutes", out, words, group=minutes.group_code, period=period)
            return out

        self.store.run(make, self.ways.open_file)


def _columns(words: Words, minutes: Minutes) -> tuple[Column, ...]:
    unit = formats.unit(words, minutes.currency.code)
    came = words._("In, {unit}").format(unit=unit)
    went = words._("Out, {unit}").format(unit=unit)
    first_in = next((column for column in minutes.columns if is_in(column)), "")
    first_out = next((column for column in minutes.columns if not is_in(column)), "")
    return (
        Column("№", 44, right=True, fixed=True),
        Column(words._("Name"), 170, grows=1, wraps=True, fixed=True),
        Column(words._("Attendance"), 130, wraps=True),
        *(
            Column(
                ledger_words.column(words, column),
                88,
                right=True,
                group=came if is_in(column) else went,
                divider=column in (first_in, first_out),
            )
            for column in minutes.columns
        ),
        Column(words._("In"), 84, right=True, divider=True),
        Column(words._("Out"), 84, right=True),
    )


def _row(words: Words, minutes: Minutes, one: MinutesRow) -> Row:
    known = one.attendance if one.attendance in set(Attendance) else "unmarked"
    word = ledger_words.attendance(words, known)
    if one.represented_by:
        word = words._("{word}: {name}").format(word=word, name=one.represented_by)
    cells = (
        Cell(one.person.number, ink=tokens.INK2),
        Cell(one.person.name or words._("name closed")),
        attendance(Attendance(known), word),
        *(amount_cell(words, one.cells_minor.get(column, 0), minutes.currency) for column in minutes.columns),
        heavy(words, one.in_minor, minutes.currency) if one.in_minor else EMPTY,
        heavy(words, one.out_minor, minutes.currency) if one.out_minor else EMPTY,
    )
    return Row(cells, key=one.person.id, fill=Fill.MUTED if known == "absent" else Fill.SURFACE)


def _foot(words: Words, minutes: Minutes) -> Row:
    cells = (
        EMPTY,
        Cell(words._("Total"), weight=tokens.SEMIBOLD),
        EMPTY,
        *(heavy(words, minutes.totals_minor.get(column, 0), minutes.currency) for column in minutes.columns),
        heavy(words, minutes.in_minor, minutes.currency),
        heavy(words, minutes.out_minor, minutes.currency),
    )
    return Row(cells, key="total", fill=Fill.SUNKEN, rule=Rule.STRONG)


def _cash_lines(words: Words, minutes: Minutes, one: CashBlock) -> list[str]:
    """What was in a place before, what came and went, what was counted."""
    currency = minutes.currency
    found = [ledger_words.account(words, one.place, minutes.place_names)]
    if one.start_minor is not None:
        found.append(words._("before: {sum}").format(sum=formats.money(words, one.start_minor, currency)))
    found.append(words._("came: {sum}").format(sum=formats.money(words, one.in_minor, currency)))
    found.append(words._("went: {sum}").format(sum=formats.money(words, one.out_minor, currency)))
    if one.counted_minor is None:
        found.append(words._("not counted"))
        return found
    found.append(words._("counted: {sum}").format(sum=formats.money(words, one.counted_minor, currency)))
    found.append(_kind_of_count(words, minutes, one))
    before = (formats.money(words, amount, currency) for amount in one.before_minor)
    found += [words._("before it was put right: {sum}").format(sum=amount) for amount in before]
    if one.difference_minor:
        difference = formats.money(words, one.difference_minor, currency, plus=True)
        found.append(words._("difference: {sum}").format(sum=difference))
    return found


def _kind_of_count(words: Words, minutes: Minutes, one: CashBlock) -> str:
    """How it was counted: by note, as one sum, or not at all but copied from the paper book."""
    if one.from_paper:
        return words._("not counted, copied from paper")
    if one.notes is None:
        return words._("counted as one sum")
    by_note = words._("by note")
    said = ledger_words.notes(words, one.notes, minutes.currency)
    return words._("{what}: {name}").format(what=by_note, name=said) if said else by_note


def _decisions(words: Words, minutes: Minutes) -> list[str]:
    """What was decided, loans given and fines let pass; first that it was without quorum, where it was."""
    said = [_decided(words, one, minutes.there) for one in minutes.decisions]
    for loan in minutes.loans:
        sum_ = formats.money(words, loan.amount_minor, minutes.currency)
        who = loan.person.name or f"№ {loan.person.number}"
        text = words._("loan {code} to {name}: {sum}").format(code=loan.code, name=who, sum=sum_)
        answering = [(one.number, one.name) for one in loan.guarantors]
        more = ledger_words.loan_said(words, loan.purpose, answering)
        said.append(f"{text} ({more})" if more else text)
    for passed in minutes.waived:
        text = words._("{name}: no fine asked ({why})").format(
            name=ledger_words.person(passed.person.number, passed.person.name),
            why=ledger_words.why(words, passed.why),
        )
        said.append(f"{text}. {passed.text}" if passed.text else text)
    if said and minutes.held and not minutes.has_quorum:
        said.insert(0, words._("Decided without quorum."))
    return said


def _decided(words: Words, one: Decided, there: int) -> str:
    """A decision with its votes, and where more of them were noted than people were there, that."""
    text = one.text or words._("(text closed to this book)")
    votes = ledger_words.votes(words, one.votes_for, one.votes_against, one.abstained)
    text = f"{text} ({votes})" if votes else text
    if one.votes <= there:
        return text
    return f"{text}. {ledger_words.too_many_votes(words, one.votes, there)}"
