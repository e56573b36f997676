"""The share-out of a group: each member's part on a day, whose envelope waits, the vote; shown, then written."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.share_out_done import ShareOutDone
from shg_desk.actions.share_out_done import print_share_out
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import ShareOutGround
from shg_desk.actions.share_outs import ShareOutView
from shg_desk.actions.share_outs import ShareOutWritten
from shg_desk.actions.share_outs import preview_share_out
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.share_outs import share_out_view
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.share_plan import ShareSums
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.ahead_page import AheadPage
from shg_desk.ui.ahead_page import Ran
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.table import Table
from shg_desk.ui.share_out_fields import ShareOutFields
from shg_desk.ui.share_out_fields import Typed
from shg_desk.ui.share_out_shown import done_sums
from shg_desk.ui.share_out_shown import plan_sums
from shg_desk.ui.share_out_shown import share_columns
from shg_desk.ui.share_out_shown import share_row
from shg_desk.ui.share_out_shown import sums_row
from shg_desk.ui.share_out_shown import undo_words
from shg_desk.ui.share_out_shown import written_lines

K = Qt.Key
NONE_AT_ALL = frozenset({Code.SHARE_OUT_PERMANENT, Code.SHARE_OUT_NOT_RULED})
"""A group of which these are told has no share-out: nothing else is shown."""


@dataclass(slots=True)
class _Known:
    """What was read of the book, by the store thread alone; another one is made when the book is to be read again."""

    book: ShareOutGround | None = None


class ShareOutPage(AheadPage):
    """`open` takes a group's id."""

    place = "groups"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._group = ""
        self._absent: set[str] = set()
        self._view: ShareOutView | None = None
        self._known = _Known()
        self._done: ShareOutDone | None = None
        self._seen: tuple[ShareOutAsked, ShareOutWritten] | None = None
        self.count_button = Button(keys=("F8",))
        self.count_button.clicked.connect(self._count)
        self.print_button = Button(icon="print", keys=("Ctrl", "P"))
        self.print_button.clicked.connect(self.print_paper)
        outer = rows(self, margins=(20, 12, 20, 12), gap=10)
        outer.addWidget(self.problems)
        outer.addWidget(self.typed, 1)
        outer.addWidget(self.ahead)
        outer.addStretch(0)
        body = rows(self.typed, gap=10)
        self._fields = ShareOutFields()
        self.on, self.kept, self.votes_for, self.votes_against = self._fields.fields()
        body.addWidget(self._fields)
        self.kept.changed.connect(lambda _text: self.after_pause(self._divide))
        self.on.edit.left.connect(self._divide)
        self.table = Table([], size=tokens.GRID, row_height=(26, 32))
        self.table.view.take_key = self._table_key
        self.table.view.moved.connect(lambda _row, _column: self.reworded.emit())
        body.addWidget(self.table, 1)
        self.sums = Label(weight=tokens.MEDIUM, wrap=True)
        body.addWidget(self.sums)
        self._empty = EmptyState()
        self._empty.pressed.connect(lambda: self.frame.go("groups", self._group))
        self._empty.hide()
        body.addWidget(self._empty)
        body.addStretch(0)

    # -- what the window asks

    def title(self) -> str:
        words = self.frame.words
        if self._view is None:
            return words._("Share-out")
        return words._("{what}: {name}").format(what=words._("Share-out"), name=self._view.ground.name)

    def sentence(self) -> str:
        if self._view is None:
            return ""
        words, ground = self.frame.words, self._view.ground
        box = formats.money(words, ground.places_minor.get("box", 0), ground.currency)
        day = formats.date_with_weekday(words, ground.on)
        held = words._("in the box by the book {sum}")
        if self._done is not None:  # of the evening: what was paid since is out of it
            held = words._("in the box by the book at the end of the day {sum}")
        return " · ".join((day, held.format(sum=box)))

    def typed_controls(self) -> Sequence[QWidget]:
        if self._done is not None:
            return (self.print_button,)
        nothing = self._view is None or self._view.plan is None or self._empty.isVisibleTo(self)
        return () if nothing else (self.count_button, self.ahead_button)

    def typed_hints(self) -> Sequence[Hint]:
        words = self.frame.words
        back = Hint(("Esc",), words._("back"), self.frame.back)
        if self._done is not None:
            return (
                Hint(("↑", "↓"), words._("choose")),
                Hint(("Ctrl", "P"), words._("print the list"), self.print_paper),
                Hint(("Ins",), words._("pay out, take back"), self._between),
                back,
            )
        if self._empty.isVisibleTo(self):
            return (Hint(("Enter",), words._("to the group")), back)
        here = self.table.view.hasFocus()
        own = Hint(("Space",), words._("her envelope waits")) if here else Hint(("Enter",), words._("next field"))
        return (
            own,
            Hint(("F10",), words._("what will be written"), self.look_ahead),
            Hint(("F8",), words._("count the money"), self._count),
            Hint(("F6",), words._("fields") if here else words._("members"), self._next_area),
            back,
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        if isinstance(target, str) and target != self._group:
            self._group, self._view, self._done = target, None, None
            self._absent.clear()
            self._fields.clear()
        self.put_typed()
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        self._known = _Known()
        if self.isVisible():
            self._read()

    def focus_typed(self) -> None:
        if self._empty.isVisibleTo(self):
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.table.isVisibleTo(self):
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.on.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed_keys(self) -> Mapping[Qt.Key, Ran]:
        ways: dict[Qt.Key, Ran] = {K.Key_F6: self._next_area}
        if not self._empty.isVisibleTo(self):
            ways[K.Key_F8] = self._count
        if self._done is not None:
            ways[K.Key_Insert] = self._between
        return ways

    def next_field(self) -> None:
        if self._fields.isVisibleTo(self):
            self.focusNextChild()

    def _table_key(self, event: QKeyEvent) -> bool:
        """Space: she is not there, her envelope waits; again: she is."""
        if not keys.is_plain(event, K.Key_Space) or self._done is not None:
            return False
        key = self.table.row_key()
        if isinstance(key, str):
            self._absent ^= {key}
            self._divide()
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.count_button.set_words(words._("Count the money"))
        self.print_button.set_words(words._("Print the list"))
        self.ahead_button.set_words(words._("What will be written"))
        self._fields.retranslate(words)
        self.table.set_columns(share_columns(words))
        if self._view is not None:
            self._show(self._view)
        self.show_again()

    # -- reading

    def _read(self) -> None:
        """The book anew, and what it comes to."""
        self._known = _Known()
        self._divide()

    def _divide(self) -> None:
        """What was read of the book divided anew; another day, or a book that has changed, is read."""
        if not self._group:
            return
        on, kept = self._fields.read_day_and_kept(self.frame.words, self._view.ground if self._view else None)
        asked, known = self._asking(Typed(on, kept, (None, None))), self._known

        def read(desk: Desk) -> ShareOutView:
            view = share_out_view(desk, asked(desk.today()), known.book)
            known.book = view.book
            return view

        self.ask("share-out", read, self._show)

    def _asking(self, typed: Typed) -> Callable[[date], ShareOutAsked]:
        """What is asked for, as it stands now; given today."""
        group, absent = self._group, tuple(sorted(self._absent))
        return lambda today: ShareOutAsked(group, typed.on or today, typed.kept_minor, absent, typed.votes)

    def _show(self, view: ShareOutView) -> None:
        words, currency = self.frame.words, view.ground.currency
        self._view, self._done, arriving = view, view.done, self._arriving
        done, plan = view.done, view.plan
        none = done is None and any(one.code in NONE_AT_ALL for one in view.problems)
        told = self.sentences(view.problems, currency)
        self._empty.set_words(told[0] if none else "", words._("To the group"), ("Enter",))
        self._empty.setVisible(none)
        self._fields.setVisible(done is None and not none)
        self._fields.show_ground(view.ground)
        shown, sums = (done.rows, done.sums) if done is not None else (view.rows, plan.sums if plan else ShareSums())
        self.table.set_rows(
            [share_row(words, one, currency) for one in shown], [sums_row(words, sums, currency)] if shown else []
        )
        if self.table.row_key() is None:
            self.table.view.put_cursor(0)
        self.table.setVisible(bool(shown) and not none)
        self.sums.setVisible(bool(shown) and not none)
        if done is not None:
            self.sums.setText(done_sums(words, done))
        elif plan is not None:
            self.sums.setText(plan_sums(words, view.ground, plan, view.rows))
        self._show_problems([] if done is not None or none else told, in_sight=arriving)
        self.reworded.emit()
        self.settle_cursor()

    def _show_problems(self, told: Sequence[str], *, in_sight: bool = False) -> None:
        title = self.frame.words.n_(
            "{n} thing stands in the way of the share-out", "{n} things stand in the way of the share-out", len(told)
        )
        self.problems.show_problems(title.format(n=len(told)), [ProblemLine(one) for one in told], in_sight=in_sight)
        self.ahead_button.set_reason(title.format(n=len(told)) if told else "")

    # -- before it is written

    def look_ahead(self) -> None:
        """F10: everything that would be written; without a vote there is no share-out."""
        words, view = self.frame.words, self._view
        typed = self._fields.read(words, view.ground if view is not None else None)
        if view is None or view.done is not None or self._empty.isVisibleTo(self):
            return
        if typed is not None and not typed.votes[0]:
            self.votes_for.tell_problem(words._("How many were for it: a share-out is voted"))
        wrong = self._fields.wrong()
        if typed is None or wrong is not None:
            if wrong is not None:
                wrong.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        asking = self._asking(typed)

        def look(desk: Desk) -> tuple[ShareOutAsked, ShareOutWritten]:
            asked = asking(desk.today())
            return asked, preview_share_out(desk, asked)

        self.ask("ahead", look, self._put_seen, self.tell)

    def _put_seen(self, seen: tuple[ShareOutAsked, ShareOutWritten]) -> None:
        self._seen = seen
        self.put_ahead(self._show_seen)

    def _show_seen(self) -> None:
        if self._seen is None:
            return
        words, (asked, ahead) = self.frame.words, self._seen
        lines = tuple(written_lines(words, ahead, ledger_words.votes(words, *asked.votes, None)))
        heed = self.sentences(ahead.warnings, ahead.ground.currency)
        self.ahead.show_lines(words, lines, words._("Write the share-out"), heed=heed, below=[undo_words(words)])

    def tell(self, problems: Sequence[Problem]) -> None:
        self.put_typed()
        self._show_problems(self.sentences(problems, self.currency()), in_sight=True)

    def currency(self) -> Currency | None:
        return self._view.ground.currency if self._view is not None else None

    def write_shown(self) -> None:
        seen, words = self._seen, Words(self.lang)
        if seen is None:
            return
        asked, ahead = seen

        def write(desk: Desk) -> Outcome[ShareOutWritten]:
            return record_share_out(desk, asked, words, seen=ahead.plan)

        self.write(write, self._written, self.tell)

    def _written(self, _outcome: Outcome[ShareOutWritten]) -> None:
        self._absent.clear()
        self.put_typed()
        self._arriving = True
        self._read()
        self.frame.toast(self.frame.words._("The share-out is written. Ctrl+P prints its list."), here=True)

    # -- going on

    def print_paper(self) -> None:
        done, words = self._done, Words(self.lang)
        if done is None:
            return

        def make(desk: Desk) -> Path:
            return print_share_out(desk, done.ops, paper_path(f"share-out-{done.ground.on.isoformat()}.pdf"), words)

        self.store.run(make, self.ways.open_file)

    def _count(self) -> None:
        self.frame.go("count", self._group)

    def _between(self) -> None:
        waits = self._done is not None and self._done.sums.later_minor
        self.frame.go("between", (self._group, PAYABLE if waits else ""))

    def _next_area(self) -> None:
        if self.table.view.hasFocus():
            self.kept.edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_first()
        self.reworded.emit()
