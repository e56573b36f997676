"""Money counted on any day, in any place the group keeps it: by whom, how much, and what the book says."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.between import BetweenView
from shg_desk.actions.between import between_view
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import Closed
from shg_desk.actions.meetings import record_count
from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_cash import Cash
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_days import about_ahead
from shg_desk.domain.sheet_days import about_later
from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.ahead_page import AheadPage
from shg_desk.ui.ahead_page import Ran
from shg_desk.ui.count_ahead import Said
from shg_desk.ui.count_ahead import count_lines
from shg_desk.ui.count_ahead import undo_words
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import TakingBack
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.difference_reason import Reason
from shg_desk.ui.difference_reason import key_holder
from shg_desk.ui.difference_reason import reason_text
from shg_desk.ui.meeting_count import CountPanel
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.banner import Agreement
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.place_choices import named
from shg_desk.ui.place_choices import place_choices


class CountPage(AheadPage):
    """`open` takes a group's id."""

    place = "meeting"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._group: str | None = None
        self._view: BetweenView | None = None
        self._draft: Draft | None = None
        self._begins = False
        outer = rows(self, margins=(20, 12, 20, 12), gap=10)
        outer.addWidget(self.problems)
        self._line = line = columns(self.typed, gap=14)
        self.count = CountPanel(frame.words)
        self.count.changed.connect(self._changed)
        self.count.take_key = self._count_key
        self.count.passed.connect(self._go_on)
        self.count.told.connect(self._tell_count)
        set_width(self.count, 300)
        line.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self._card = Card(" ", gap=8)
        self.group, self.where = ChoiceField(260), ChoiceField(260)
        self.on = Field(width=130)
        self.who = Field(width=340, letters="focused", lang=self.lang)
        self.reason = Field(width=340, letters="focused", lang=self.lang)
        self.key = Field(width=340, letters="focused", lang=self.lang)
        self.tried = Field(width=340, letters="focused", lang=self.lang)
        self.bearer = ChoiceField(300)
        self._book = Label(size=tokens.SECTION, weight=tokens.MEDIUM, wrap=True)
        self._later = Label(size=tokens.GRID, ink=tokens.AMBER, wrap=True)
        self.wrong, self.agreement = Banner("wrong", large=True), Agreement()
        self.named = (self.reason, self.key, self.tried, self.bearer)
        for line_of in ((self.group, self.where, self.on), (self.who,), self.named[:2], self.named[2:]):
            holder = QWidget()
            flow = Flow(holder, gap=14)
            for part in line_of:
                flow.addWidget(part)
            self._card.body.addWidget(holder)
            if self.group in line_of:
                for said in (self._book, self._later, self.wrong, self.agreement):
                    self._card.body.addWidget(said)
        self.group.picker.picked.connect(lambda _key: self._other())
        self.where.picker.picked.connect(lambda _key: self._shown_anew())
        self.on.edit.left.connect(self._other)
        line.addWidget(self._card, 1, Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self.typed)
        outer.addWidget(self.ahead)
        outer.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        """Count and book beside each other; one under the other in large letters."""
        large = tokens.large()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("Count the money")

    def sentence(self) -> str:
        return self.frame.words._("A count of any day, by anybody the group lets count")

    def typed_hints(self) -> Sequence[Hint]:
        words = self.frame.words
        return (
            Hint(("Enter",), words._("next field")),
            Hint(("F8",), words._("to the notes"), self.count.begin),
            Hint(("+",), words._("one sum")),
            Hint(("F10",), words._("what will be written"), self.look_ahead),
            Hint(("Esc",), words._("back"), self.frame.back),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        self._group = target if isinstance(target, str) else self._group
        self._draft, self._begins = None, True
        for field in (self.who, self.reason, self.key, self.tried, self.on):
            field.set_text("")
            field.tell_problem("")
        self.put_typed()
        self.problems.clear()
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_typed(self) -> None:
        if self._draft is not None:
            self.count.begin()

    def typed_keys(self) -> Mapping[Qt.Key, Ran]:
        return {Qt.Key.Key_F8: self.count.begin}

    def _count_key(self, event: QKeyEvent) -> bool:
        plain = (Qt.Key.Key_F10, Qt.Key.Key_Escape)
        return any(keys.is_plain(event, key) for key in plain) and self.on_key(event)

    def retranslate(self) -> None:
        words = self.frame.words
        self.group.set_words(words._("Group"))
        self.where.set_words(words._("Where the money is"))
        self.on.set_words(words._("Date"))
        self.who.set_words(words._("Who counted"), words._("an officer, the inspection committee, a visitor"))
        self.key.set_words(words._("Who held the key"))
        self.tried.set_words(words._("What was tried"))
        self.reason.set_words(words._("Why, as far as known"), words._("May stay empty: not known"))
        self.bearer.set_words(words._("Who bears it"))
        for field in (self.who, self.reason, self.key, self.tried):
            field.set_language(words.lang)
        self.ahead_button.set_words(words._("What will be written"))
        if self._view is not None:
            self._show(self._view)

    # -- reading

    def _read(self) -> None:
        ground = self._ground()
        on = ground.on if ground is not None else None
        text = self.on.text()
        if text and ground is not None:
            try:
                on = parse_date(text, reference=ground.on)
            except DateError as trouble:
                self.on.tell_problem(self.sentences([Problem(trouble.code, "date", {"text": text})])[0])
                return
        self.on.tell_problem("")
        self.ask("count", partial(between_view, group=self._group, on=on), self._show)

    def _other(self) -> None:
        self._group = str(self.group.picker.key() or "") or None
        self._read()

    def _ground(self) -> Ground | None:
        return self._view.ground if self._view is not None else None

    def _show(self, view: BetweenView) -> None:
        words, ground = self.frame.words, view.ground
        self._view = view
        if ground is None:
            return
        self._group = ground.group
        self.group.picker.set_choices([(one.id, one.name) for one in view.groups], ground.group)
        self.where.picker.set_choices(list(place_choices(words, ground)))
        self.on.edit.setPlaceholderText(formats.date(ground.on))
        if self._draft is None or self._draft.ground.group != ground.group:
            self._draft = Draft(ground)
            self.key.set_text(key_holder(words, ground))
        else:
            self._draft.move_to(ground)
        self.count.show_draft(self._draft, ground.notes_minor)
        self._shown_anew()
        self.show_again()
        self.settle_cursor()
        if self._begins:
            self._begins = False
            self.count.begin()

    def _where(self) -> str:
        return str(self.where.picker.key() or "box")

    def _counted(self) -> Count | None:
        counts = self._draft.sheet().counts if self._draft is not None else ()
        return replace(counts[0], place=self._where()) if counts else None

    def _cash(self) -> Cash | None:
        ground, count = self._ground(), self._counted()
        if ground is None:
            return None
        sheet = Sheet(ground.group, ground.on, counts=(count,) if count is not None else ())
        return cash_of(ground, sheet, self._where())

    def _go_on(self) -> None:
        self.who.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell_count(self, text: str) -> None:
        """A field of the count holds no number."""
        lines = [ProblemLine(text, self.count.begin)]
        self.problems.show_problems(self.frame.words._("This cannot be written so"), lines)
        self.count.begin()

    def _changed(self) -> None:
        self.problems.clear()
        self.count.refresh()
        self._shown_anew()

    def _shown_anew(self) -> None:
        """The book beside the count, and their difference with its name."""
        words, cash, ground = self.frame.words, self._cash(), self._ground()
        if cash is None or ground is None:
            return
        where = named(words, ground, self._where())
        self.count.title.setText(where)
        self._card.title.setText(ground.name)
        book = formats.money(words, cash.expected_minor, ground.currency)
        self._book.setText(words._("By the book {sum}").format(sum=book))
        later = self.sentences(list(about_later(ground, (self._where(),))), ground.currency)
        self._later.setText("\n".join(later))
        self._later.setVisible(bool(later))
        difference = cash.difference_minor
        self.agreement.set_words(words._("The money and the book agree"))
        self.agreement.setVisible(difference == 0)
        self.wrong.setVisible(bool(difference))
        for part in self.named:
            part.setVisible(bool(difference))
        self.bearer.picker.set_choices(self._bearers(words, ground, difference or 0))
        if difference:
            text = words._("{sum} short") if difference < 0 else words._("{sum} over")
            self.wrong.tell(text.format(sum=formats.money(words, abs(difference), ground.currency)))
        self.ahead_button.set_reason(words._("Nothing is counted yet") if difference is None else "")
        self.reworded.emit()

    def _bearers(self, words: Words, ground: Ground, difference: int) -> list[tuple[object, str]]:
        """Who can bear it: the group only by a vote at a meeting, a member only what is missing."""
        fixed: list[tuple[object, str]] = [
            ("open", words._("stays open")),
            ("awaiting", words._("another laptop's records are missing")),
        ]
        if difference > 0:
            return fixed
        shared = alike(ground.members)
        return [*fixed, *((one.number, f"{one.number} {member_name(words, one, shared)}") for one in ground.members)]

    # -- writing

    def look_ahead(self) -> None:
        """F10: what would be written; where box and book differ, who counted has to be said."""
        words = self.frame.words
        if not self.count.take_typed():
            return
        ground, cash = self._ground(), self._cash()
        if ground is None or cash is None or cash.counted_minor is None:
            self.frame.toast(words._("Nothing is counted yet"))
            return
        unnamed = bool(cash.difference_minor) and not self.who.text()
        self.who.tell_problem(words._("Say who counted: a difference is written with a name") if unnamed else "")
        if unnamed:
            self.who.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.problems.clear()
        self.put_ahead(self._show_count)

    def _show_count(self) -> None:
        words, ground, cash = self.frame.words, self._ground(), self._cash()
        if ground is not None and cash is not None:
            said = Said(
                formats.date(ground.on), named(words, ground, self._where()), self.who.text(),
                self._reason(), self.bearer.picker.currentText(), str(self.bearer.picker.key() or "open"),
            )  # fmt: skip
            asked = (*about_ahead(ground, ground.on), *about_later(ground, (self._where(),)))
            heed = self.sentences(asked, ground.currency)
            lines = tuple(count_lines(words, ground, cash, said))
            self.ahead.show_lines(words, lines, words._("Write the count"), heed=heed, below=[undo_words(words)])

    def _reason(self) -> str:
        return reason_text(self.frame.words, Reason(self.reason.text(), self.key.text(), self.tried.text()))

    def write_shown(self) -> None:
        ground, count, cash = self._ground(), self._counted(), self._cash()
        if ground is None or count is None or cash is None:
            return
        difference, bearer = cash.difference_minor or 0, str(self.bearer.picker.key() or "open")
        differences = [NamedDifference(difference, self._reason(), bearer, count.place)] if difference else []
        who = self.who.text()

        def write(desk: Desk) -> Outcome[Closed]:
            return record_count(desk, ground.group, ground.on, [count], differences, who)

        self.write(write, partial(self._written, ground.group), self.tell)

    def _written(self, group: str, outcome: Outcome[Closed]) -> None:
        words, closed = self.frame.words, outcome.value
        self._draft = None
        self.frame.back()
        told = words._("The count is written")
        if closed.entries:
            told = words._("The count is written with its difference")
        take_back = partial(self.frame.go, "between", TakingBack(group, closed.name or ""))
        self.frame.toast(told, take_back)

    def currency(self) -> Currency | None:
        ground = self._ground()
        return ground.currency if ground is not None else None

    def typed_controls(self) -> Sequence[QWidget]:
        return (self.ahead_button,)
