"""A member of a group: what she has and owes in large figures, her booklet line by line, her loans, her attendance."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.desk import Desk
from shg_desk.actions.printing import print_passbooks
from shg_desk.actions.statements import Period
from shg_desk.actions.views_member import MemberView
from shg_desk.actions.views_member import member_view
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.overpaid_words import overpaid_line
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.household_detail import age_words
from shg_desk.ui.ledger_rows import booklet_columns
from shg_desk.ui.ledger_rows import booklet_foot
from shg_desk.ui.ledger_rows import booklet_lines
from shg_desk.ui.loan_rows import loan_columns
from shg_desk.ui.loan_rows import loan_row
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Figure
from shg_desk.ui.parts.card import Figures
from shg_desk.ui.parts.cells import Attendance
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import attendance
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.header import Initials
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.picker import Picker
from shg_desk.ui.parts.table import Table

TABS = ("records", "loans", "attendance")
EVER = "ever"


class MemberPage(DeskPage):
    """Picture 03. `open` takes a membership's id."""

    place = "groups"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._id = ""
        self._period: tuple[date | None, date | None] = (None, None)
        self._view: MemberView | None = None
        self._initials: Initials | None = None
        self._tab = "records"
        self.print_button = Button(icon="print")
        self.print_button.clicked.connect(self._print)
        self.ledger_button = Button(icon="book")
        self.ledger_button.clicked.connect(self._to_ledger)
        self._build()

    def _build(self) -> None:
        body = rows(self, margins=(20, 12, 20, 10), gap=10)
        self.figures = Figures()
        body.addWidget(self.figures)
        left = rows(gap=6)
        head = QWidget()
        line = Flow(head, gap=14)
        self.tabs = {name: LinkButton(kind="tab") for name in TABS}
        for name, tab in self.tabs.items():
            tab.setAutoExclusive(True)
            tab.clicked.connect(partial(self._show_tab, name))
            line.addWidget(tab)
        self.period = Picker(most=230, height=34)
        self.period.picked.connect(self._period_picked)
        line.addWidget(self.period)
        left.addWidget(head)
        self.tables = {name: Table([], size=tokens.GRID, row_height=(28, 28)) for name in TABS}
        for table in self.tables.values():
            left.addWidget(table, 1)
        self.tables["records"].view.opened.connect(lambda _row, _column: self._open_record())
        self.tables["loans"].view.opened.connect(lambda _row, _column: self._open_loan())
        self.tables["attendance"].view.opened.connect(lambda _row, _column: self._open_meeting())
        self._nothing = Label(ink=tokens.INK2, wrap=True)
        left.addWidget(self._nothing)
        left.addStretch(0)
        self.family = Card(" ", gap=8)
        self._open_home = LinkButton(size=tokens.GRID)
        self._open_home.clicked.connect(self._to_household)
        self.family.head.addWidget(self._open_home)
        self._family = rows(gap=8)
        self.family.body.addLayout(self._family)
        side = rows(gap=10)
        side.addWidget(self.family)
        side.addStretch(1)
        body.addWidget(MainAndSide(left, side, side_width=270, gap=16), 1)

    # -- what the window asks

    def title(self) -> str:
        if self._view is None:
            return self.frame.words._("Member")
        holder = self._view.statement.holder
        return holder.name or f"№ {holder.number}"

    def sentence(self) -> str:
        view, words = self._view, self.frame.words
        if view is None:
            return ""
        holder = view.statement.holder
        parts = [f"№ {holder.number}"]
        if holder.booklet:
            parts.append(words._("booklet {number}").format(number=holder.booklet))
        parts += [view.group.name, view.village]
        if view.joined is not None:
            parts.append(words._("since {date}").format(date=formats.date(view.joined)))
        if view.died is not None:
            parts.append(words._("died {date}").format(date=formats.date(view.died)))
        elif view.left is not None:
            parts.append(words._("left {date}").format(date=formats.date(view.left)))
        return " · ".join(part for part in parts if part)

    def before_title(self) -> QWidget | None:
        return self._initials

    def controls(self) -> Sequence[QWidget]:
        return (self.ledger_button, self.print_button)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        return (
            Hint(("↑", "↓"), words._("line")),
            Hint(("Enter",), words._("open")),
            Hint(("F6",), words._("records, loans, attendance"), self._next_tab),
            Hint(("Ctrl", "P"), words._("print the booklet"), self._print),
            Hint(("F7",), words._("a member has died"), self._died),
            Hint(("Esc",), words._("back"), self.frame.back),
            Hint(("F1",), words._("help")),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        if isinstance(target, str) and target != self._id:
            self._id = target
            self._period = (None, None)
            self._tab = "records"
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_first(self) -> None:
        if self._view is not None:
            part = self.tables[self._tab]
            (part.view if part.isVisible() else self.tabs[self._tab]).setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        ways: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Escape: self.frame.back,
            Qt.Key.Key_F6: self._next_tab,
            Qt.Key.Key_F7: self._died,
        }
        for key, run in ways.items():
            if keys.is_plain(event, key):
                run()
                return True
        if keys.is_ctrl(event, "P"):
            self._print()
            return True
        return False

    def retranslate(self) -> None:
        words = self.frame.words
        self.print_button.set_words(words._("Print the booklet"))
        self.ledger_button.set_words(words._("In the ledger"))
        names = (words._("Records"), words._("Loans"), words._("Attendance"))
        for tab, name in zip(self.tabs.values(), names, strict=True):
            tab.set_words(name)
        self.period.set_name(words._("Period"))
        self.family.title.setText(words._("Family"))
        self._open_home.set_words(words._("Open"), words._("Open the household"))
        if self._view is not None:
            self._show(self._view)

    # -- showing

    def _read(self) -> None:
        since, until = self._period
        self.ask("member", partial(member_view, member=self._id, since=since, until=until), self._show)

    def _show(self, view: MemberView | None) -> None:
        if view is None:
            return
        words = self.frame.words
        fresh = self._view is None or self._view.id != view.id
        self._view = view
        initials = "".join(part[0] for part in (view.statement.holder.name or "").split()[:2])
        self._initials = Initials(initials) if initials else None
        self._show_figures(words, view)
        years: list[tuple[object, str]] = [(year, formats.period(words, str(year))) for year in view.years]
        since = self._period[0]
        self.period.set_choices([(EVER, words._("from the beginning")), *years], since.year if since else EVER)
        currency = view.statement.currency
        self.tables["records"].set_columns(booklet_columns(words, currency))
        lines = booklet_lines(words, view.statement, view.state_of)
        self.tables["records"].set_rows(lines, [booklet_foot(words, view.statement)] if lines else [])
        self.tables["loans"].set_columns(loan_columns(words, currency, whose=False))
        self.tables["loans"].set_rows([loan_row(words, one, view.today, whose=False) for one in view.loans])
        self._show_attendance(words, view)
        self._show_family(words, view)
        self._show_tab(self._tab)
        if fresh and lines:
            records = self.tables["records"].view
            records.put_cursor(len(lines) - 1)
            QTimer.singleShot(0, records, lambda: records.scrollTo(records.currentIndex()))
        self.reworded.emit()
        self.settle_cursor()

    def _show_figures(self, words: Words, view: MemberView) -> None:
        currency = view.statement.currency
        unit = formats.unit(words, currency.code)
        below = words._("nothing falls due")
        if view.next_on is not None:
            when = formats.when(words, view.next_on, view.today)
            below = words._("{date}, {when}").format(date=formats.date(view.next_on), when=when)
        of = words._("no open loan")
        if view.lent_minor:
            of = words._("of {sum} given").format(sum=formats.money(words, view.lent_minor, currency))
        of = overpaid_line(words, view.overpaid_minor, view.now.debt_minor, currency) or of
        next_sum = formats.amount(words, view.next_minor, currency)
        icon = "clock" if view.next_on is not None else ""
        figures = [
            Figure(words._("Savings"), formats.amount(words, view.now.saved_minor, currency), unit),
            Figure(words._("Debt left"), formats.amount(words, view.now.debt_minor, currency), unit, of),
            Figure(words._("Next due"), next_sum, unit, below, icon),
        ]
        if view.now.payable_minor:
            amount = formats.amount(words, view.now.payable_minor, currency)
            whose = words._("to her heirs") if view.died is not None else words._("to her")
            figures.append(Figure(words._("Still to be paid out"), amount, unit, whose))
        if view.late_minor:
            late = words._("{days} late").format(days=formats.days(words, view.late_days))
            amount = formats.amount(words, view.late_minor, currency)
            figures.append(Figure(words._("Overdue"), amount, unit, late, "triangle", tokens.AMBERMARK))
        came = words._("came to {n} of {of} meetings").format(n=view.came, of=view.meetings)
        if view.came_or_sent != view.came:
            came = words._("{came}; to {n} she or somebody for her").format(came=came, n=view.came_or_sent)
        figures.append(Figure(words._("Fines"), formats.amount(words, view.now.fines_minor, currency), unit, came))
        self.figures.set_figures(figures)

    def _show_attendance(self, words: Words, view: MemberView) -> None:
        table = self.tables["attendance"]
        table.set_columns(
            (
                Column(words._("Date"), 120),
                Column(words._("Meeting"), 140),
                Column(words._("Attendance"), 200, grows=1),
            )
        )
        made = []
        for one in view.marks:
            word = ledger_words.attendance(words, one.mark)
            number = words._("Meeting {number}").format(number=one.number) if one.number else words._("Meeting")
            chip = attendance(Attendance(one.mark), word)
            made.append(Row((Cell(formats.date(one.on)), link(number), chip), key=one.op))
        table.set_rows(made)

    def _show_family(self, words: Words, view: MemberView) -> None:
        self.family.setVisible(view.household is not None)
        while (taken := self._family.takeAt(0)) is not None:
            holder = taken.widget()
            if holder is not None:
                holder.setParent(None)
                holder.deleteLater()
        for one in view.family:
            holder = QWidget()
            line = columns(holder, gap=10)
            line.addWidget(Picture("person"), 0, Qt.AlignmentFlag.AlignTop)
            text = rows(gap=0)
            name = one.name or words._("name closed")
            if one.relation:
                name = words._("{relation}: {name}").format(relation=one.relation, name=name)
            text.addWidget(Label(name, weight=tokens.MEDIUM, wrap=True))
            age = age_words(words, one)
            if age:
                text.addWidget(Label(age, size=tokens.GRID, ink=tokens.INK2, wrap=True))
            line.addLayout(text, 1)
            self._family.addWidget(holder)

    def _show_tab(self, name: str) -> None:
        self._tab = name
        words = self.frame.words
        self.tabs[name].setChecked(True)
        nothing = not self.tables[name].model.rowCount()
        for other, table in self.tables.items():
            table.setVisible(other == name and not nothing)
        self.period.setVisible(name == "records")
        self._nothing.setVisible(nothing)
        empty = {
            "records": words._("Nothing is recorded in her booklet yet."),
            "loans": words._("She has had no loan."),
            "attendance": words._("No meeting has a mark for her yet."),
        }
        self._nothing.setText(empty[name])

    def _next_tab(self) -> None:
        self._show_tab(TABS[(TABS.index(self._tab) + 1) % len(TABS)])
        self.focus_first()

    def _period_picked(self, key: object) -> None:
        self._period = (date(key, 1, 1), date(key, 12, 31)) if isinstance(key, int) else (None, None)
        self._read()

    # -- going on

    def _open_record(self) -> None:
        key = self.tables["records"].row_key()
        row = next((one for one in self._view.statement.rows if one.name == key), None) if self._view else None
        if row is not None and row.meeting is not None:
            self.frame.go("minutes", row.name.partition("#")[0])

    def _open_loan(self) -> None:
        self.frame.go("loan", self.tables["loans"].row_key())

    def _open_meeting(self) -> None:
        self.frame.go("minutes", self.tables["attendance"].row_key())

    def _to_household(self) -> None:
        if self._view is not None and self._view.household is not None:
            self.frame.go("households", self._view.household)

    def _died(self) -> None:
        if self._view is not None:
            self.frame.go("death", self._view.id)

    def _to_ledger(self) -> None:
        if self._view is not None:
            self.frame.go("ledger", (self._view.group.id, "box", self._view.id))

    def _print(self) -> None:
        view = self._view
        if view is None:
            return
        words = Words(self.lang)
        code, number = view.group.number, view.statement.holder.number
        period = Period(*self._period)

        def make(desk: Desk) -> Path:
            out = paper_path(f"{code}-{number}.pdf")
            print_passbooks(desk, out, words, group=code, member=number, period=period)
            return out

        self.store.run(make, self.ways.open_file)
