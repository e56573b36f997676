"""The meeting page: opening a sheet, the sheet itself, the closing preview, reading aloud and the booklets after it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_aloud import Reading
from shg_desk.domain.sheet_aloud import readings
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n import formats
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_after import Booklets
from shg_desk.ui.meeting_after import ReadAloud
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_hints import hints_of
from shg_desk.ui.meeting_opening import OpeningView
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_side import ProgressBlock
from shg_desk.ui.meeting_side import progress_words
from shg_desk.ui.meeting_verbs import ClosedSheet
from shg_desk.ui.meeting_verbs import MeetingVerbs
from shg_desk.ui.meeting_verbs import SheetOffer
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList


class OnlyShown(QStackedWidget):
    """A stack that asks for the room of the part in sight; a tall sheet behind a short part makes nothing scroll."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


class MeetingPage(Page):
    """Several sheets can stand open at once, each under its group's name; the page shows one of them, or the list.

    `open` takes None (the sheet shown last, else the list), a group's id, or (a group's id, a day).
    """

    def __init__(self, frame: Frame, verbs: MeetingVerbs) -> None:
        super().__init__(frame)
        self.verbs = verbs
        self.sheets: dict[str, SheetView] = {}
        self._offers: tuple[SheetOffer, ...] = ()
        self._villages: dict[str, str] = {}
        self._corrections: dict[SheetView, tuple[str, Callable[[Draft], None]]] = {}
        self._waiting = False
        self._sheet: SheetView | None = None
        self._readings: tuple[Reading, ...] = ()
        self._after_words = ""
        self._problems = ProblemList()
        self.stack = OnlyShown()
        column = rows(self, gap=0)
        column.addWidget(self._problems)
        column.addWidget(self.stack, 1)
        self.opening = OpeningView(frame.words)
        self.opening.opened.connect(self._opened)
        self.opening.groups_asked.connect(lambda: self.frame.go("groups"))
        self.stack.addWidget(self.opening)
        self.progress = ProgressBlock()
        self.usual = Button(keys=("F5",))
        self.usual.clicked.connect(lambda: self._sheet.all_usual() if self._sheet is not None else None)
        self.finish = Button(keys=("F10",))
        self.finish.clicked.connect(self.preview)
        self.finish.refused.connect(lambda _reason: self.preview())
        for control in (self.progress, self.usual, self.finish):
            control.setParent(self)
            control.hide()

    # -- what the frame asks

    def view(self) -> QWidget:
        """The part of the page in sight."""
        return self.stack.currentWidget() or self.opening

    def title(self) -> str:
        """The group and the number of its meeting."""
        if self.view() is self.opening or self._sheet is None:
            return self.frame.words._("Meeting")
        if self._sheet in self._corrections:
            return self._corrections[self._sheet][0]
        draft = self._sheet.draft
        words = self.frame.words
        if not draft.state.number:
            return draft.ground.name
        return words._("{group}, meeting {number}").format(group=draft.ground.name, number=draft.state.number)

    def sentence(self) -> str:
        """Village, date and weekday; in large type how many rows are done."""
        words = self.frame.words
        if self.view() is self.opening or self._sheet is None:
            return words._("Choose the group and type the day")
        ground = self._sheet.draft.ground
        parts = [self._villages.get(ground.group, ""), formats.date_with_weekday(words, ground.on)]
        if tokens.large():
            parts = [formats.date(ground.on), progress_words(self._sheet.draft, words)]
        if not ground.is_keeper:
            parts.append(words._("another laptop also writes this group"))
        return " · ".join(part for part in parts if part)

    def controls(self) -> Sequence[QWidget]:
        """Progress with quorum, all as usual, close; on the sheet only."""
        return (self.progress, self.usual, self.finish) if isinstance(self.view(), SheetView) else ()

    def hints(self) -> Sequence[Hint]:
        """The keys true at this moment."""
        return hints_of(self.view(), self.frame.words)

    def open(self, target: object = None) -> None:
        """Show the sheet worked on last, or the list, or open a group's sheet."""
        self.verbs.offers(self._take_offers)
        if target is None:
            if self._sheet is not None and isinstance(self.view(), SheetView):
                self._show_sheet(self._sheet)
            return
        group, on = target if isinstance(target, tuple) else (target, None)
        if group in self.sheets:
            self._show_sheet(self.sheets[group])
        elif isinstance(group, str) and isinstance(on, date):
            self._begin(group, on)
        else:
            self._show(self.opening)
            self.opening.choose(str(group))

    def leave(self) -> bool:
        """A cell being typed in is taken; text that is no amount keeps the person here."""
        view = self.view()
        return view.commit() if isinstance(view, SheetView) else True

    def retranslate(self) -> None:
        """Every word anew."""
        words = self.frame.words
        self.usual.set_words(words._("All as usual"))
        self.finish.set_words(words._("Close"))
        for i in range(self.stack.count()):
            again = getattr(self.stack.widget(i), "retranslate", None)
            if again is not None:
                again()
        self._reword()

    def refresh(self, changes: Collection[str]) -> None:
        """Something was written elsewhere: the list anew; open sheets get their new ground."""
        del changes
        self.verbs.offers(self._take_offers)

    def focus_first(self) -> None:
        """The cursor where work goes on."""
        view = self.view()
        if isinstance(view, SheetView):
            view.table.view.setFocus()
        elif isinstance(view, OpeningView | ClosingView | AfterView):
            view.focus_first()
        else:
            view.setFocus()

    def help_topic(self) -> str:
        """The help page of the sheet."""
        return "meeting"

    def on_key(self, event: QKeyEvent) -> bool:
        """Keys that no part has used."""
        view = self.view()
        if isinstance(view, SheetView | ClosingView | OpeningView) and view.on_key(event):
            return True
        if isinstance(view, ReadAloud | Booklets) and event.key() == Qt.Key.Key_Escape:
            self._show_after()
            return True
        if isinstance(view, AfterView) and event.key() == Qt.Key.Key_Escape:
            self._to_list()
            return True
        if keys.is_alt(event, Qt.Key.Key_Down):
            self.next_sheet()
            return True
        if isinstance(view, SheetView) and event.key() == Qt.Key.Key_Escape:
            self._to_list()
            return True
        return False

    # -- opening

    def _take_offers(self, offers: Sequence[SheetOffer]) -> None:
        self._offers = tuple(offers)
        self._villages = {offer.group: offer.village for offer in offers}
        self.opening.show_offers(offers)
        self._reword()

    def _opened(self, offer: object, on: object) -> None:
        if not isinstance(offer, SheetOffer):
            return
        if on is None:
            self._continue(offer.group)
        elif isinstance(on, date):
            self._begin(offer.group, on)

    def _continue(self, group: str) -> None:
        """Go on with a sheet that is open, or with a kept draft."""
        if group in self.sheets:
            self._show_sheet(self.sheets[group])
            return

        def found(record: Mapping[str, Any] | None) -> None:
            if record is None:
                self._show(self.opening)
                self.opening.choose(group)
                return
            on = date.fromisoformat(str(record["date"]))
            self._with_ground(group, on, lambda ground: self._restore(ground, record))

        self.verbs.draft(group, found)

    def _begin(self, group: str, on: date) -> None:
        def come(ground: Ground) -> None:
            self._add(Draft(ground))

        self._with_ground(group, on, come)

    def _with_ground(self, group: str, on: date, go_on: Callable[[Ground], None]) -> None:
        if self._waiting:
            return
        self._waiting = True

        def come(ground: Ground) -> None:
            self._waiting = False
            self._problems.clear()
            go_on(ground)

        self.verbs.ground(group, on, come, self._trouble)

    def _restore(self, ground: Ground, record: Mapping[str, Any]) -> None:
        draft, problems = restored(ground, record)
        view = self._add(draft)
        if problems:
            view.strip.tell(sentence(self.frame.words, problems[0]))
        typing = record.get("typing")
        if typing:
            line, _, column = str(typing[0]).partition(" ")
            view.type_again(int(line), column, str(typing[1]))

    def _add(self, draft: Draft) -> SheetView:
        ground = draft.ground
        view = SheetView(draft, self.frame.words, self.verbs.notes(ground.currency, ground.on), self.verbs.reasons)
        view.saved_with.connect(lambda typing, v=view: self._keep(v, typing))
        view.finish_asked.connect(self.preview)
        view.next_asked.connect(self.next_sheet)
        view.day_asked.connect(lambda on, v=view: self._move_day(v, on))
        view.reworded.connect(self._reword)
        self.sheets[ground.group] = view
        self.stack.addWidget(view)
        self._show_sheet(view)
        return view

    def _move_day(self, view: SheetView, on: date) -> None:
        def come(ground: Ground) -> None:
            view.draft.move_to(ground)
            view.changed()

        self._with_ground(view.draft.ground.group, on, come)

    def show_correction(self, draft: Draft, title: str, finish: Callable[[Draft], None]) -> None:
        """A closed sheet reopened to be corrected (`Draft.was` is set); F10 hands the draft to `finish`."""
        view = self._add(draft)
        self._corrections[view] = (title, finish)
        self._reword()

    # -- the sheet

    def _keep(self, view: SheetView, typing: object) -> None:
        if view in self._corrections:
            return
        open_cell = typing if isinstance(typing, tuple) else None

        def done(at: datetime) -> None:
            self.frame.saved(self.frame.words._("Saved {time}").format(time=formats.time_of_day(at)))

        self.verbs.keep(view.draft.ground.group, kept(view.draft, open_cell), done)

    def preview(self) -> None:
        """F10: what closing would do."""
        sheet = self._sheet
        if sheet is None or not isinstance(self.view(), SheetView) or not sheet.commit():
            return
        if sheet in self._corrections:
            self._corrections[sheet][1](sheet.draft)
            return
        closing = ClosingView(sheet.draft, self.frame.words)
        closing.back.connect(lambda: self._show_sheet(sheet))
        closing.shown.connect(lambda where: self._lead(sheet, where))
        closing.closed.connect(lambda: self._close(sheet, closing))
        self._show_passing(closing)

    def _lead(self, sheet: SheetView, where: object) -> None:
        self._show_sheet(sheet)
        if isinstance(where, Place):
            sheet.go_to(where)
        elif where == "date":
            sheet.ask(sheet.questions.day(sheet.day_asked.emit))
        elif where == "difference":
            sheet.ask_reason()
        elif where == "count":
            sheet.count()
        elif where in ("held", "reason"):
            sheet.ask(sheet.questions.not_held())
        elif where in ("line", "decisions"):
            sheet.next_area()

    def _close(self, sheet: SheetView, closing: ClosingView) -> None:
        if self._waiting:
            return
        self._waiting = True
        closing.close_button.set_reason(self.frame.words._("It is being written"))
        written = sheet.draft.sheet()

        def closed(result: ClosedSheet) -> None:
            self._waiting = False
            self._problems.clear()
            self._closed(sheet, result)

        def refused(problems: Sequence[Problem]) -> None:
            closing.close_button.set_reason("")
            self._trouble(problems)

        self.verbs.close(written, closed, refused)

    def _closed(self, sheet: SheetView, result: ClosedSheet) -> None:
        words, draft = self.frame.words, sheet.draft
        del self.sheets[draft.ground.group]
        self.stack.removeWidget(sheet)
        self._readings = readings(draft.sheet(), result.after)
        text = words._("The meeting of {date} is written.").format(date=formats.date(draft.ground.on))
        if result.loans:
            given = ", ".join(f"№ {number} {code}" for number, code in result.loans)
            text += " " + words._("New loans: {loans}.").format(loans=given)
        self._after_words = text
        self.verbs.offers(self._take_offers)
        self.frame.tell(())
        self._show_after()

    # -- after closing

    def _show_after(self) -> None:
        after = AfterView(self.frame.words, self._after_words, has_next=self._next_offer() is not None)
        after.aloud_asked.connect(lambda: self._show_list(ReadAloud))
        after.booklets_asked.connect(lambda: self._show_list(Booklets))
        after.next_asked.connect(self.next_sheet)
        after.done_asked.connect(self._to_list)
        self._show_passing(after)

    def _show_list(self, kind: type[ReadAloud] | type[Booklets]) -> None:
        if self._sheet is None:
            return
        made = kind(self._readings, self._sheet.draft.ground.currency, self.frame.words)
        if isinstance(made, ReadAloud):
            made.finished.connect(self._show_after)
        self._show_passing(made)

    def _next_offer(self) -> SheetOffer | None:
        """The next of today's groups after the one shown that has no closed sheet; round the list."""
        today = [offer for offer in self._offers if offer.is_today]
        here = self._sheet.draft.ground.group if self._sheet is not None else ""
        groups = [offer.group for offer in today]
        at = groups.index(here) if here in groups else -1
        following = today[at + 1 :] + today[: max(at, 0)]
        return following[0] if following else None

    def next_sheet(self) -> None:
        """Alt+Down: the next group of today; its open sheet, its draft, or the question for its day."""
        view = self.view()
        if isinstance(view, SheetView) and not view.commit():
            return
        offer = self._next_offer()
        if offer is None:
            self._to_list()
        elif offer.group in self.sheets or offer.done is not None:
            self._continue(offer.group)
        else:
            self._show(self.opening)
            self.opening.choose(offer.group)
            self._reword()

    # -- showing

    def _to_list(self) -> None:
        self.verbs.offers(self._take_offers)
        self._show(self.opening)

    def _show_sheet(self, sheet: SheetView) -> None:
        self._sheet = sheet
        self._show(sheet)

    def _show_passing(self, widget: QWidget) -> None:
        """A part that is made for the moment and thrown away when another is shown."""
        self.stack.addWidget(widget)
        self._show(widget)

    def _show(self, widget: QWidget) -> None:
        self._problems.clear()
        before = self.view()
        self.stack.setCurrentWidget(widget)
        self.stack.updateGeometry()
        if before is not widget and not isinstance(before, SheetView | OpeningView):
            self.stack.removeWidget(before)
            before.deleteLater()
        self._reword()
        self.focus_first()

    def _trouble(self, problems: Sequence[Problem]) -> None:
        self._waiting = False
        words = self.frame.words
        title = words.n_("{n} thing stands in the way", "{n} things stand in the way", len(problems))
        lines = [ProblemLine(sentence(words, problem)) for problem in problems]
        self._problems.show_problems(title.format(n=len(problems)), lines)

    def _reword(self) -> None:
        if self._sheet is not None:
            draft, words = self._sheet.draft, self.frame.words
            self.progress.show_draft(draft, words)
            left = len(draft.figures.members) - len(draft.figures.done)
            open_rows = words.n_("{n} row is not done", "{n} rows are not done", left).format(n=left)
            self.finish.set_reason(open_rows if left and draft.state.held else "")
        self.reworded.emit()
