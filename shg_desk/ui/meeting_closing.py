"""The closing preview in the page: what stands in the way, what is left open, what will be written; Enter closes."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.domain.group_places import BOX
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_preview import OpenDue
from shg_desk.domain.sheet_preview import Preview
from shg_desk.domain.sheet_preview import preview_of
from shg_desk.domain.sheet_steps import ATTENDANCE
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import tokens
from shg_desk.ui.meeting_side import difference_words
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import column_name
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.meeting_words import moved_words
from shg_desk.ui.meeting_words import place_name
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Rule
from shg_desk.ui.parts.boxes import ScrollColumn
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.wrapped_link import WrappedLink

Line = tuple[str, Callable[[], None] | None]


class ClosingView(QWidget):
    """The preview of one draft. `closed` is Enter, `back` is Esc, `shown` leads to a cell of the sheet.

    The buttons stand under what scrolls: what is written comes into sight first, however much stays open.
    """

    closed = Signal()
    back = Signal()
    shown = Signal(object)

    def __init__(self, draft: Draft, words: Words) -> None:
        super().__init__()
        self.draft, self.words = draft, words
        self.preview: Preview = preview_of(draft)
        outer = rows(self, gap=0)
        self._scroll = ScrollColumn(margins=(20, 14, 20, 14), gap=12)
        outer.addWidget(self._scroll)
        self.problems = ProblemList()
        self._scroll.column.addWidget(self.problems)
        line = columns(gap=14)
        self._written = Card(" ", gap=4)
        self._open = Card(" ", gap=4)
        for card in (self._written, self._open):
            holder = rows(gap=0)
            holder.addWidget(card)
            holder.addStretch(1)
            line.addLayout(holder, 1)
        self._scroll.column.addLayout(line)
        buttons = columns(margins=(20, 8, 20, 12), gap=12)
        self.close_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.close_button.clicked.connect(self._close)
        self.back_button = Button(keys=("Esc",), alone=False)
        self.back_button.clicked.connect(self.back)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        self._scroll.column.addStretch(1)
        outer.addLayout(buttons)
        self.retranslate()

    # -- words

    def retranslate(self) -> None:
        """Build every line anew."""
        w, preview = self.words, self.preview
        blocking = [problem for problem in preview.problems if problem.level is Level.PROBLEM]
        title = w.n_("{n} thing stands in the way of closing", "{n} things stand in the way of closing", len(blocking))
        self.problems.show_problems(title.format(n=len(blocking)), [self._problem(problem) for problem in blocking])
        self._fill(self._written, w._("What will be written"), list(self._sums()))
        open_lines = list(self._left_open())
        nothing: list[Line] = [(w._("Nothing is left open"), None)]
        self._fill_lines(self._open, w._("What stays open"), open_lines or nothing)
        closes = w._("Close the meeting") if self.draft.state.held else w._("Write that it was not held")
        self.close_button.set_words(closes)
        self.close_button.set_reason(title.format(n=len(blocking)) if blocking else "")
        self.back_button.set_words(w._("Back to the sheet"))

    def _problem(self, problem: Problem) -> ProblemLine:
        place = self._place(problem)
        member = problem.where.split(" ")[1] if problem.where.startswith("member ") else ""
        text = sentence(self.words, problem, self.draft.ground.currency)
        known = self.draft.ground.member(member) if member else None
        if known is not None:
            text = f"№ {known.number} {self._name(known)}: {text}"
        return ProblemLine(text, self._shows(place))

    def _name(self, member: MemberGround) -> str:
        return member_name(self.words, member, alike(self.draft.figures.members))

    def _shows(self, place: Place | str) -> Callable[[], None]:
        return lambda: self.shown.emit(place)

    def _place(self, problem: Problem) -> Place | str:
        """Where a problem is mended: a cell, or the name of an area."""
        parts = problem.where.split(" ")
        if parts[0] != "member" or len(parts) < 2:
            return parts[0]
        line = self.draft.line_of(parts[1])
        kind = parts[2] if len(parts) > 2 else ATTENDANCE
        named = {"fine-owed": "fine"}.get(kind, kind)
        of_kind = [c for c in self.draft.columns if c.kind == named]
        of_product = [c for c in of_kind if c.product == problem.facts.get("product")]
        column = next((c.key for c in (*of_product, *of_kind)), ATTENDANCE)
        return Place(line or 0, column)

    def _sums(self) -> Iterator[tuple[str, str, bool]]:
        w, currency, preview = self.words, self.draft.ground.currency, self.preview
        yield from self._day()
        there = w._("{there} of {all}").format(there=preview.there, all=preview.members)
        yield w._("Who came"), there, False
        if preview.represented:
            yield w._("Represented"), formats.number(w, preview.represented), False
        cash = preview.cash
        yield w._("In the box at the start"), formats.amount(w, cash.start_minor, currency), False
        for column, total in preview.columns:
            signed = total if column.side == "in" else -total
            yield column_name(w, column), formats.amount(w, signed, currency, plus=True), False
        if preview.kept_back_minor:
            yield w._("Interest kept back"), formats.amount(w, preview.kept_back_minor, currency, plus=True), False
        for kind, change in preview.lines:
            yield self._line_kind(kind), formats.amount(w, change, currency, plus=True), False
        yield w._("By the book now"), formats.money(w, cash.expected_minor, currency), True
        for kind, amount in preview.lines_elsewhere:
            name = w._("{what}, not in the box").format(what=self._line_kind(kind))
            yield name, formats.amount(w, amount, currency), False
        if cash.counted_minor is not None:
            yield w._("Counted"), formats.money(w, cash.counted_minor, currency), True
        for place in self.draft.places_counted():
            if place != BOX:
                yield self._bag(place)
            title, _ = difference_words(self.draft, w, place)
            named = self.draft.state.bag(place).named
            is_named = named is not None and named.amount_minor == self.draft.cash(place).difference_minor
            if title:
                yield w._("Difference"), w._("{sum}, named").format(sum=title) if is_named else title, True
        if self.draft.state.decisions:
            yield w._("Decisions"), formats.number(w, len(self.draft.state.decisions)), False
        yield w._("Records"), formats.number(w, preview.entries), False

    def _bag(self, place: str) -> tuple[str, str, bool]:
        """What was counted in a bag of the box, or that nobody counted it."""
        w, ground, counted = self.words, self.draft.ground, self.draft.cash(place).counted_minor
        name = w._("Counted: {what}").format(what=place_name(w, place, ground.place_names))
        return name, w._("not counted") if counted is None else formats.money(w, counted, ground.currency), True

    def _day(self) -> Iterator[tuple[str, str, bool]]:
        """Its day, where that has not come yet: what is closed with a wrong one cannot be moved."""
        w, ground = self.words, self.draft.ground
        if ground.today is not None and ground.on > ground.today:
            day = formats.date_with_weekday(w, ground.on)
            ahead = w._("{date}, {when}").format(date=day, when=formats.when(w, ground.on, ground.today))
            yield w._("Date of the meeting"), ahead, True

    def _line_kind(self, kind: str) -> str:
        if kind == "transfer":  # by the names of its places: a bag of the box is no bank
            moved = (line for line in self.draft.state.lines if line.kind == kind)
            return ", ".join(dict.fromkeys(moved_words(self.words, line, self.draft.ground) for line in moved))
        return self.words.say(LINES[kind]) if kind in LINES else kind

    def _fill(self, card: Card, title: str, lines: list[tuple[str, str, bool]]) -> None:
        holder = self._fresh(card, title)
        column = rows(holder, gap=3)
        for name, figure, heavy in lines:
            if heavy and name == self.words._("By the book now"):
                column.addWidget(Rule())
            line = columns(gap=12)
            weight = tokens.SEMIBOLD if heavy else tokens.REGULAR
            line.addWidget(Label(name, weight=weight, ink=tokens.INK if heavy else tokens.INK2, wrap=True), 1)
            line.addWidget(Label(figure, weight=weight))
            column.addLayout(line)

    def _fill_lines(self, card: Card, title: str, lines: list[Line]) -> None:
        holder = self._fresh(card, title)
        column = rows(holder, gap=2)
        for text, go in lines:
            if go is None:
                column.addWidget(Label(text, wrap=True))
                continue
            link = WrappedLink(text)
            link.clicked.connect(go)
            column.addWidget(link)

    def _fresh(self, card: Card, title: str) -> QWidget:
        card.title.setText(title)
        while card.body.count() > 1:
            item = card.body.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        holder = QWidget()
        card.body.addWidget(holder)
        return holder

    def _left_open(self) -> Iterator[Line]:
        w, currency, preview = self.words, self.draft.ground.currency, self.preview
        for problem in preview.problems:
            if problem.level is Level.WARNING:
                place = self._place(problem)
                yield sentence(w, problem, currency), self._shows(place)
        if preview.open_difference_minor:
            over = preview.open_difference_minor < 0
            said = w._("Cash difference open: {sum} over") if over else w._("Cash difference open: {sum} short")
            yield said.format(sum=formats.money(w, abs(preview.open_difference_minor), currency)), None
        if not self.draft.state.held:
            return
        if preview.unmarked:
            numbers = ", ".join(self.draft.lines[i].member.number for i in preview.unmarked)
            text = w.n_("Not marked: № {numbers}", "Not marked: № {numbers}", len(preview.unmarked))
            first = Place(preview.unmarked[0], ATTENDANCE)
            yield text.format(numbers=numbers), self._shows(first)
        carried = {column.key for column in self.draft.columns if column.kind == "repayment"}
        usual = [place for place in preview.unconfirmed if place.column not in carried]
        yield from self._unconfirmed([place for place in usual if place.line not in preview.unmarked])
        yield from self._missed()
        for due in preview.left:
            member = self.draft.lines[due.place.line].member
            column = self.draft.figures.column(due.place.column)
            text = w._("№ {number} {name}: {what}, {sum} is carried over").format(
                number=member.number,
                name=self._name(member),
                what=column_name(w, column) if column is not None else "",
                sum=formats.amount(w, due.left_minor, currency),
            )
            yield text, self._shows(due.place)

    def _unconfirmed(self, proposed: Sequence[Place]) -> Iterator[Line]:
        """What stands grey in the rows of those who are marked, one line a column."""
        for column in self.draft.columns:
            here = [place for place in proposed if place.column == column.key]
            views = [self.draft.figures.cell(self.draft.lines[place.line], column) for place in here]
            sums = [OpenDue(at, view.owed_minor or view.amount_minor) for at, view in zip(here, views, strict=True)]
            if sums:
                text = self.words._("{what}: proposed and not confirmed, nothing is written: {list}")
                said = text.format(what=column_name(self.words, column), list=self._numbers_and_sums(sums))
                yield said, self._shows(here[0])

    def _numbers_and_sums(self, sums: Sequence[OpenDue]) -> str:
        each, currency = self.words._("№ {number}: {sum}"), self.draft.ground.currency
        return "; ".join(
            each.format(
                number=self.draft.lines[one.place.line].member.number,
                sum=formats.amount(self.words, one.left_minor, currency),
            )
            for one in sums
        )

    def _missed(self) -> Iterator[Line]:
        """Savings and fund dues not brought, one line a column: savings stay due, the fund's are not asked again."""
        w = self.words
        for column in self.draft.columns:
            missed = [due for due in self.preview.missed if due.place.column == column.key]
            if not missed:
                continue
            text = w._("{what} not brought: {list}")
            if column.kind == "saving":
                text = w._("{what} not brought, carried over: {list}")
            said = text.format(what=column_name(w, column), list=self._numbers_and_sums(missed))
            yield said, self._shows(missed[0].place)

    # -- keys

    def _close(self) -> None:
        if not self.preview.blocks:
            self.closed.emit()

    def focus_first(self) -> None:
        """The first thing that stands in the way, else the button that closes."""
        if self.problems.links:
            self.problems.links[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        """Esc goes back, Enter closes; a page up and down brings the rest into sight."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close()
            return True
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._scroll.keyPressEvent(event)
            return True
        return False
