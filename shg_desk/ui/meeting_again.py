"""A meeting put right: what was changed on its sheet, what that does today, why, and where the money is; F10 writes."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_entry import Preview
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.ledger_effects import cash_choices
from shg_desk.ui.ledger_effects import effect_columns
from shg_desk.ui.ledger_effects import effect_rows
from shg_desk.ui.ledger_effects import warning_words
from shg_desk.ui.meeting_side import difference_words
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import attendance_words
from shg_desk.ui.meeting_words import column_name
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import ScrollColumn
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.table import Table


class AgainView(QWidget):
    """The preview of one correction. `written` carries the reason, `back` is Esc, `cash_asked` where the money is."""

    written = Signal(str)
    back = Signal()
    cash_asked = Signal(str)

    def __init__(self, draft: Draft, preview: Preview, words: Words) -> None:
        super().__init__()
        self.draft, self.preview, self.words = draft, preview, words
        outer = rows(self, gap=0)
        scroll = ScrollColumn(margins=(20, 14, 20, 14), gap=12)
        outer.addWidget(scroll)
        self.problems = ProblemList()
        self._line = columns(gap=14)
        self._changed = Card(" ", gap=3)
        self.what = Label(size=tokens.GRID, wrap=True)
        self._changed.body.addWidget(self.what)
        self.effects = Table([], cursor="none", size=tokens.GRID, row_height=(26, 26))
        holder = rows(gap=0)
        holder.addWidget(self._changed)
        holder.addStretch(1)
        self._line.addLayout(holder, 2)
        self._line.addWidget(self.effects, 3, Qt.AlignmentFlag.AlignTop)
        self.cash = ChoiceField(430)
        self.cash.picker.picked.connect(lambda key: self.cash_asked.emit(str(key or IN_DIFFERENCES)))
        self.reason = Field(width=620, letters="focused", lang=words.lang)
        self.reason.entered.connect(self._write)
        buttons = columns(gap=12)
        self.write_button = Button(kind="primary", keys=("F10",), alone=True)
        self.write_button.clicked.connect(self._write)
        self.back_button = Button(keys=("Esc",))
        self.back_button.clicked.connect(self.back)
        for button in (self.write_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        scroll.column.addWidget(self.problems)
        scroll.column.addLayout(self._line)
        scroll.column.addWidget(self.cash)
        scroll.column.addWidget(self.reason)
        scroll.column.addLayout(buttons)
        scroll.column.addStretch(1)
        self.cash.setVisible(preview.moves_cash)
        self.retranslate()

    def restyle(self) -> None:
        """Side by side; one under the other where letters are large."""
        large = tokens.large()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    def retranslate(self) -> None:
        """Every word anew."""
        w = self.words
        self._changed.title.setText(w._("What is put right"))
        self.cash.set_words(w._("Where is the money"))
        self.reason.set_words(w._("Reason"), w._("for the ones who read the booklet"))
        self.reason.set_language(w.lang)
        self.write_button.set_words(w._("Write the correction"))
        self.back_button.set_words(w._("Back to the sheet"))
        self.show_preview(self.preview)
        self.restyle()

    def show_preview(self, preview: Preview) -> None:
        """What would be written, and what stands where today and afterwards."""
        self.preview = preview
        w = self.words
        self.cash.picker.set_choices(cash_choices(w, preview.plan.counted_since))
        takes = w._("Takes effect on {date}.").format(date=formats.date(preview.on))
        self.what.setText("\n".join([*changed_lines(self.draft, w), takes, *warning_words(w, preview)]))
        self.effects.set_columns(effect_columns(w, preview.effects_on))
        self.effects.set_rows(effect_rows(w, preview))
        self.effects.setVisible(bool(preview.effects))

    def tell(self, problems: Sequence[Problem]) -> None:
        """What stands in the way of writing it."""
        w = self.words
        lines = []
        for one in problems:
            said = sentence(w, one, self.draft.ground.currency)
            if one.where == "reason":
                self.reason.tell_problem(said)
            lines.append(ProblemLine(said, self.reason.setFocus if one.where == "reason" else None))
        self.problems.show_problems(w._("This cannot be written so"), lines)
        self.focus_first()

    def focus_first(self) -> None:
        """The reason is what is missing."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        """F10 writes, Esc goes back to the sheet."""
        if keys.is_plain(event, Qt.Key.Key_F10):
            self._write()
        elif keys.is_plain(event, Qt.Key.Key_Escape):
            self.back.emit()
        else:
            return False
        return True

    def _write(self) -> None:
        self.written.emit(self.reason.text())


def changed_lines(draft: Draft, words: Words) -> list[str]:
    """What was changed on a sheet opened again: a line for each cell, mark, line of the group and decision."""
    if draft.was is None:
        return []
    return [
        *_head(draft, words),
        *_cells(draft, words),
        *_marks(draft, words),
        *_below(draft, words),
        *_count(draft, words),
    ]


def _change(words: Words, where: str, old: str, new: str) -> str:
    nothing = words._("nothing")
    return words._("{what}: {old} → {new}").format(what=where, old=old or nothing, new=new or nothing)


def _head(draft: Draft, words: Words) -> Iterator[str]:
    assert draft.was is not None
    old, new = draft.was.number, draft.state.number
    if old != new and new:
        yield _change(words, words._("Number of the meeting"), old, new)


def _cells(draft: Draft, words: Words) -> Iterator[str]:
    currency, shared = draft.ground.currency, alike(draft.figures.members)
    for line in draft.lines:
        for column in draft.columns:
            view = draft.figures.cell(line, column)
            if view.was_minor is not None:
                name = member_name(words, line.member, shared)
                where = f"№ {line.member.number} {name}, {column_name(words, column).lower()}"
                amounts = (view.was_minor, view.amount_minor)
                old, new = (formats.amount(words, one, currency) if one else "" for one in amounts)
                yield _change(words, where, old, new)


def _marks(draft: Draft, words: Words) -> Iterator[str]:
    assert draft.was is not None
    shared = alike(draft.figures.members)
    for member in draft.figures.members:
        old, new = draft.was.row(member.id), draft.state.row(member.id)
        name = f"№ {member.number} {member_name(words, member, shared)}"
        if (old.attendance, old.represented_by) != (new.attendance, new.represented_by):
            marks = (attendance_words(words, row.attendance, row.represented_by) for row in (old, new))
            yield _change(words, name, *marks)
        if (old.waived, set(old.waived_only)) != (new.waived, set(new.waived_only)):
            stands, passed = words._("stands"), words._("let pass")
            said = (passed if row.waived is not None else stands for row in (old, new))
            yield _change(words, words._("{name}, the fine").format(name=name), *said)
        if old.paid_by != new.paid_by:
            payers = (draft.ground.member(row.paid_by) if row.paid_by else None for row in (old, new))
            numbers = (f"№ {payer.number}" if payer else words._("she herself") for payer in payers)
            yield _change(words, words._("{name}, who paid").format(name=name), *numbers)


def _below(draft: Draft, words: Words) -> Iterator[str]:
    """Lines of the group and decisions: those that are no more there, and those that are new."""
    was, now = draft.was, draft.state
    assert was is not None
    before: tuple[GroupLine | Decision, ...] = (*was.lines, *was.decisions)
    after: tuple[GroupLine | Decision, ...] = (*now.lines, *now.decisions)
    for one in before:
        if one not in after:
            yield words._("Taken back: {what}").format(what=_said(draft, one, words))
    for one in after:
        if one not in before:
            yield words._("Written: {what}").format(what=_said(draft, one, words))


def _said(draft: Draft, one: GroupLine | Decision, words: Words) -> str:
    if isinstance(one, Decision):
        return words._("decision “{text}”").format(text=one.text)
    kind = words.say(LINES[one.kind]) if one.kind in LINES else one.kind
    parts = (kind, one.text or "", formats.money(words, one.amount_minor, draft.ground.currency))
    return ", ".join(part for part in parts if part)


def _count(draft: Draft, words: Words) -> Iterator[str]:
    """How the count of that day stands to the book, before and after."""
    if draft.cash().counted_minor is None:
        return
    before = Draft(draft.ground, draft.was)
    currency = draft.ground.currency
    counts = [one.cash().counted_minor for one in (before, draft)]
    if counts[0] != counts[1]:
        amounts = ("" if one is None else formats.money(words, one, currency) for one in counts)
        yield _change(words, words._("Counted"), *amounts)
    agrees = words._("agrees with the book")
    old, new = (difference_words(one, words)[0] or agrees for one in (before, draft))
    if old != new:
        yield _change(words, words._("Count of {date}").format(date=formats.date(draft.ground.on)), old, new)
