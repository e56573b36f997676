"""Reports: the papers there are, for which group and period, made to be looked at; and those waiting for a printer."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.printing import Papers
from shg_desk.actions.views_papers import OF_MEETINGS
from shg_desk.actions.views_papers import OF_ONE
from shg_desk.actions.views_papers import PaperChoices
from shg_desk.actions.views_papers import Wanted
from shg_desk.actions.views_papers import file_name
from shg_desk.actions.views_papers import make_all
from shg_desk.actions.views_papers import make_paper
from shg_desk.actions.views_papers import paper_choices
from shg_desk.actions.views_papers import put_waiting
from shg_desk.actions.views_papers import sheets_of_the_week
from shg_desk.actions.views_papers import take_waiting
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.paper_words import whose_data
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import ListAndDetail
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table

PAPERS: Mapping[str, tuple[Marked, Marked, str]] = {
    "sheet": (N_("Sheet of a meeting"), N_("empty, with the sums expected, to be filled in with a pen"), "sheet"),
    "passbook": (N_("Passbooks"), N_("every member's booklet, or one"), "book_open"),
    "minutes": (N_("Minutes"), N_("a meeting with its decisions and lines to sign"), "note"),
    "booklets": (N_("To write into the booklets"), N_("what goes into each booklet by hand"), "pencil"),
    "read-aloud": (N_("To read aloud"), N_("each member's card after a meeting"), "people"),
    "ledger": (N_("Ledger of the cash box"), N_("the money of every meeting, with what was left after it"), "book"),
    "share-out": (N_("List of a share-out"), N_("each member's part, with a line to sign on"), "hand_coin"),
}


class ReportsPage(DeskPage):
    """`open` takes the name of a paper, or (paper, group's id)."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._group: str | None = None
        self._choices: PaperChoices | None = None
        self._to_print = False
        self.make_button = Button(kind="primary", icon="print", keys=("F10",))
        self.wait_button = Button()
        self.save_button = Button()
        self.make_button.clicked.connect(self._make)
        self.wait_button.clicked.connect(self._put_waiting)
        self.save_button.clicked.connect(self._save_as)
        self._build()

    def _build(self) -> None:
        body = rows(self, margins=(20, 12, 20, 12))
        self.group, self.member = ChoiceField(280), ChoiceField(260)
        self.meeting, self.year = ChoiceField(260), ChoiceField(230)
        self.lines, self.shared = ChoiceField(260), ChoiceField(260)
        self.table = Table([], row_height=(40, 40))
        self.table.view.moved.connect(lambda _row, _column: self._show_paper())
        self.table.view.opened.connect(lambda _row, _column: self.group.picker.setFocus())
        left = rows(gap=8)
        left.addWidget(self.table, 1)
        left.addStretch(0)
        right = rows(gap=12)
        self.card = Card(" ", icon="print", gap=10)
        self._what = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.card.body.addWidget(self._what)
        holder = QWidget()
        flow = Flow(holder, gap=14)
        for part in (self.group, self.member, self.meeting, self.shared, self.year, self.lines):
            flow.addWidget(part)
        self.group.picker.picked.connect(self._group_picked)
        for one in (self.member, self.meeting):
            one.picker.picked.connect(lambda _key: self._show_paper())
        self.card.body.addWidget(holder)
        self._whose = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.card.body.addWidget(self._whose)
        foot = QWidget()
        buttons = Flow(foot, gap=10)
        for button in (self.make_button, self.save_button, self.wait_button):
            buttons.addWidget(button)
        self.card.body.addWidget(foot)
        right.addWidget(self.card)
        head = columns(gap=12)
        self._waiting_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD, wrap=True)
        head.addWidget(self._waiting_title, 1)
        right.addLayout(head)
        line = QWidget()
        more = Flow(line, gap=10)
        self.week_button, self.all_button = Button(icon="calendar"), Button(icon="print")
        self.week_button.clicked.connect(self._week)
        self.all_button.clicked.connect(self._print_all)
        more.addWidget(self.week_button)
        more.addWidget(self.all_button)
        right.addWidget(line)
        self.waiting = Table([], size=tokens.GRID, row_height=(32, 32))
        self.waiting.view.opened.connect(lambda _row, _column: self._open_waiting())
        right.addWidget(self.waiting, 1)
        right.addStretch(0)
        self._pair = ListAndDetail(left, right, list_width=430)
        body.addWidget(self._pair, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(lambda: self.frame.go("groups", "new"))
        body.addWidget(self._empty)
        body.addStretch(0)

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("Reports")

    def sentence(self) -> str:
        return self.frame.words._("papers of the groups, to look at, to print, to save")

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        return (
            Hint(("↑", "↓"), words._("paper")),
            Hint(("Enter",), words._("for whom")),
            Hint(("F10",), words._("make and show"), self._make),
            Hint(("Ins",), words._("on the print list"), self._put_waiting),
            Hint(("Del",), words._("off the print list"), self._take_waiting),
            Hint(("F6",), words._("papers, print list"), self._next_area),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        name, group = target if isinstance(target, tuple) else (target, None)
        self._group = group or self._group
        if name in PAPERS:
            self.table.view.put_cursor(list(PAPERS).index(str(name)))
        self._to_print = name in ("week", "waiting")
        if name == "week":
            self._week()
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_first(self) -> None:
        if self._choices is None:
            return
        part: QWidget = self.table.view if self._choices.groups else self._empty.button
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_F10) or keys.is_ctrl(event, "P"):
            self._make()
        elif keys.is_plain(event, Qt.Key.Key_Insert):
            self._put_waiting()
        elif keys.is_plain(event, Qt.Key.Key_Delete):
            self._take_waiting()
        elif keys.is_plain(event, Qt.Key.Key_F6):
            self._next_area()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif keys.is_plain(event, Qt.Key.Key_Escape) and not self.table.view.hasFocus():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.table.set_columns((Column(words._("Paper"), 300, grows=1, wraps=True),))
        self.table.set_rows(
            [Row((Cell(words.say(title), icon=icon),), key=name) for name, (title, _, icon) in PAPERS.items()]
        )
        if self.table.row_key() is None:
            self.table.view.put_cursor(0)
        self.group.set_words(words._("Group"))
        self.member.set_words(words._("Member"))
        self.meeting.set_words(words._("Meeting"))
        self.shared.set_words(words._("Date"))
        self.year.set_words(words._("Period"))
        self.lines.set_words(words._("Lines of the ledger"))
        self.make_button.set_words(words._("Make and show"))
        self.save_button.set_words(words._("Save to a stick"))
        self.wait_button.set_words(words._("On the print list"))
        self.week_button.set_words(words._("Add the sheets of this week"))
        self.all_button.set_words(words._("Print all"))
        start = words._("Papers come from groups and their meetings.")
        self._empty.set_words(start, words._("Make a group"), ("Enter",))
        if self._choices is not None:
            self._show(self._choices)

    # -- choosing

    def _read(self) -> None:
        self.ask("papers", partial(paper_choices, group=self._group), self._show)

    def _show(self, choices: PaperChoices) -> None:
        words = self.frame.words
        self._choices = choices
        self._group = choices.group
        self._pair.setVisible(bool(choices.groups))
        self._empty.setVisible(not choices.groups)
        self.group.picker.set_choices([(one.id, one.name) for one in choices.groups], choices.group)
        people = [(number, f"{number} {name}".strip()) for number, name in choices.members]
        self.member.picker.set_choices([("", words._("all members")), *people])
        held = []
        for one in choices.meetings:
            day = formats.date(one.on)
            name = words._("{number} of {date}").format(number=one.number, date=day) if one.number else day
            held.append((one.on.isoformat(), name))
        self.meeting.picker.set_choices(held)
        self.shared.picker.set_choices([(day.isoformat(), formats.date(day)) for day in choices.shared])
        years = [(year, formats.period(words, str(year))) for year in choices.years]
        short = words._("a line for each kind of money of a meeting")
        self.lines.picker.set_choices([("", short), ("full", words._("every line"))])
        self.year.picker.set_choices([(0, words._("from the beginning")), *years])
        self._show_waiting(choices.waiting)
        self._show_paper()
        self.reworded.emit()
        self.settle_cursor()
        if self._to_print and not self.all_button.isHidden():
            self._to_print = False
            self.all_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> str:
        return str(self.table.row_key() or "sheet")

    def _show_paper(self) -> None:
        words, name, choices = self.frame.words, self._name(), self._choices
        title, below, _ = PAPERS[name]
        self.card.title.setText(words.say(title))
        self._what.setText(words.say(below))
        self.member.setVisible(name in OF_ONE)
        self.year.setVisible(name in OF_ONE)
        self.lines.setVisible(name == "ledger" and not self.member.picker.key())
        self.meeting.setVisible(name in OF_MEETINGS)
        self.shared.setVisible(name == "share-out")
        none = name in OF_MEETINGS and choices is not None and not choices.meetings
        reason = words._("This group has not met yet") if none else ""
        if name == "share-out" and choices is not None and not choices.shared:
            reason = words._("This group has not shared out yet")
        for button in (self.make_button, self.save_button, self.wait_button):
            button.set_reason(reason)
        member, on = (str(one.picker.key() or "") for one in (self.member, self.meeting))
        self._whose.setText(whose_data(words, choices, member, name, on))

    def wanted(self) -> Wanted | None:
        """The paper as it is chosen."""
        choices, name = self._choices, self._name()
        group = next((one for one in choices.groups if one.id == choices.group), None) if choices is not None else None
        if group is None or choices is None or self.make_button.reason():
            return None
        on = ""
        if name in OF_MEETINGS:
            on = str(self.meeting.picker.key() or "")
        elif name == "share-out":
            on = str(self.shared.picker.key() or "")
        elif name == "sheet":
            on = choices.next_on.isoformat()
        member = str(self.member.picker.key() or "") if name in OF_ONE else ""
        year = self.year.picker.key() if name in OF_ONE else 0
        full = name == "ledger" and not member and self.lines.picker.key() == "full"
        return Wanted(name, group.code, member, on, year if isinstance(year, int) else 0, full)

    def _group_picked(self, key: object) -> None:
        self._group = str(key)
        self._read()

    def _next_area(self) -> None:
        other = self.waiting if self.table.view.hasFocus() and not self.waiting.isHidden() else self.table
        other.view.setFocus(Qt.FocusReason.TabFocusReason)

    # -- making

    def _make(self) -> None:
        wanted = self.wanted()
        if wanted is None:
            return
        out = paper_path(file_name(wanted))
        self._write(wanted, out, lambda _papers: self.ways.open_file(out))

    def _write(self, wanted: Wanted, out: Path, done: Callable[[Papers], None]) -> None:
        """A thick paper is laid out in a child process, a thin one at once."""
        make = partial(make_paper, wanted=wanted, out=out, words=Words(self.lang))
        if wanted.is_thick:
            self.store.long(self.frame.words._("The paper is being made"), make, done, self._paper_trouble)
        else:
            self.store.run(make, done)

    def _paper_trouble(self, problems: Sequence[Problem]) -> None:
        told = self.sentences(problems) or [self.frame.words._("Stopped; the paper was not written")]
        self.frame.toast("\n".join(told))

    def _save_as(self) -> None:
        wanted = self.wanted()
        if wanted is None:
            return
        words = self.frame.words
        whose = whose_data(words, self._choices, wanted.member, wanted.name, wanted.on)
        title = words._("Save the paper. {whose}").format(whose=whose)
        out = choosing.new_file(self, title, file_name(wanted), "PDF (*.pdf)")
        if out is None:
            return

        def told(papers: Papers) -> None:
            pages = words.n_("{n} page", "{n} pages", papers.pages).format(n=papers.pages)
            self.frame.toast(words._("Saved: {name}, {pages}").format(name=out.name, pages=pages))

        self._write(wanted, out, told)

    # -- the print list

    def _waiting_changed(self, outcome: Outcome[tuple[Wanted, ...]]) -> None:
        self._show_waiting(outcome.value)

    def _show_waiting(self, waiting: Sequence[Wanted]) -> None:
        words = self.frame.words
        count = words.n_("{n} paper waits for a printer", "{n} papers wait for a printer", len(waiting))
        title = count.format(n=len(waiting)) if waiting else words._("No paper waits for a printer")
        self._waiting_title.setText(title)
        self.all_button.setVisible(bool(waiting))
        self.waiting.setVisible(bool(waiting))
        self.waiting.set_columns(
            (
                Column(words._("Paper"), 220, grows=1, wraps=True),
                Column(words._("Group"), 100, wraps=True),
                Column(words._("Whose, when"), 200, wraps=True),
            )
        )
        made = []
        for one in waiting:
            whom = [words._("№ {number}").format(number=one.member)] if one.member else []
            whom += [formats.date(one.on)] if one.on else []
            whom += [formats.period(words, str(one.year))] if one.year else []
            title, _, icon = PAPERS[one.name]
            made.append(Row((Cell(words.say(title), icon=icon), Cell(one.group), Cell(", ".join(whom))), key=one))
        self.waiting.set_rows(made)

    def _put_waiting(self) -> None:
        wanted = self.wanted()
        if wanted is not None:
            self.store.write(partial(put_waiting, papers=[wanted]), self._waiting_changed)

    def _take_waiting(self) -> None:
        key = self.waiting.row_key()
        if isinstance(key, Wanted) and self.waiting.view.hasFocus():
            self.store.write(partial(take_waiting, papers=[key]), self._waiting_changed)

    def _week(self) -> None:
        self.store.write(lambda desk: put_waiting(desk, sheets_of_the_week(desk)), self._waiting_changed)

    def _open_waiting(self) -> None:
        key = self.waiting.row_key()
        if isinstance(key, Wanted):
            out = paper_path(file_name(key))
            self._write(key, out, lambda _papers: self.ways.open_file(out))

    def _print_all(self) -> None:
        """Every waiting paper into one folder, which the system shows; then the list is empty."""
        papers = [row.key for row in self.waiting.model.rows() if isinstance(row.key, Wanted)]
        folder = paper_path("print")
        folder.mkdir(exist_ok=True)

        def done(_files: list[Path]) -> None:
            self.store.write(partial(take_waiting, papers=papers), self._waiting_changed)
            self.ways.open_file(folder)

        make = partial(make_all, papers=papers, folder=folder, words=Words(self.lang))
        self.store.long(self.frame.words._("The paper is being made"), make, done, self._paper_trouble)
