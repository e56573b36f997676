"""The meeting page: opening a sheet, the sheet itself, the closing preview, reading aloud and the booklets after it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.sheet_desk import ClosedSheet
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.ui import keys
from shg_desk.ui.desk_page import Reopen
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_again import AgainView
from shg_desk.ui.meeting_closed import ClosedPage
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_head import group_and_number
from shg_desk.ui.meeting_head import sheet_sentence
from shg_desk.ui.meeting_head import sheet_title
from shg_desk.ui.meeting_hints import hints_of
from shg_desk.ui.meeting_opening import OpeningView
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_side import ProgressBlock
from shg_desk.ui.meeting_verbs import MeetingVerbs
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.header import GroupMark
from shg_desk.ui.parts.hint_bar import Hint


class MeetingPage(ClosedPage):
    """Several sheets can stand open at once, each under its group's name; the page shows one of them, or the list.

    `open` takes None (the sheet shown last, else the list), a group's id (its begun sheet, else its day is asked),
    (a group's id, a day that has come), or a closed meeting to be put right (`Reopen`).
    """

    def __init__(self, frame: Frame, verbs: MeetingVerbs) -> None:
        super().__init__(frame, verbs)
        self.mark = GroupMark()
        self.progress = ProgressBlock()
        self.unwritten = Pill()
        self.usual = Button(keys=("F5",))
        self.usual.clicked.connect(lambda: self._sheet.all_usual() if self._sheet is not None else None)
        self.finish = Button(keys=("F10",))
        self.finish.clicked.connect(self.preview)
        for control in (self.progress, self.unwritten, self.usual, self.finish):
            control.setParent(self)
            control.hide()

    # -- what the frame asks

    def title(self) -> str:
        """The group and the number of its meeting."""
        if (closed := self.closed_shown()) is not None:
            return group_and_number(closed.after.group_name, closed.after.number or "", self.frame.words)
        if self.view() is self.opening or self._sheet is None:
            return self.frame.words._("Meeting")
        if self._sheet in self._corrections:
            return self.correction_title(self._sheet.draft)
        return sheet_title(self._sheet.draft, self.frame.words)

    def sentence(self) -> str:
        """Village, date and weekday; in large type how many rows are done."""
        if (closed := self.closed_shown()) is not None:
            return formats.date_with_weekday(self.frame.words, closed.after.on)
        if self.view() is self.opening or self._sheet is None:
            return self.frame.words._("Choose the group and type the day")
        draft = self._sheet.draft
        return sheet_sentence(draft, self._villages.get(draft.ground.group, ""), self.frame.words, self.verbs.today())

    def before_title(self) -> QWidget | None:
        """The colour of the group whose sheet, preview or list is shown."""
        closed = self.closed_shown()
        if closed is None and (self.view() is self.opening or self._sheet is None):
            return None
        group = closed.after.group if closed is not None else self._sheet.draft.ground.group if self._sheet else ""
        colour = self._colours.get(group)
        if colour is None:  # a closed group's meeting put right: it stands in no list of sheets
            return None
        self.mark.set_colour(colour)
        return self.mark

    def controls(self) -> Sequence[QWidget]:
        """Progress with quorum, all as usual, close; on the sheet only."""
        if self.correcting():
            return (self.unwritten, self.finish) if isinstance(self.view(), SheetView) else (self.unwritten,)
        return (self.progress, self.usual, self.finish) if isinstance(self.view(), SheetView) else ()

    def whole_width(self) -> int:
        """A sheet of many columns takes the rail's room."""
        view = self.view()
        return view.whole_width() if isinstance(view, SheetView) else 0

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
        if isinstance(target, Reopen):
            self._from_closed = False
            self.reopen(target)
            return
        group, on = target if isinstance(target, tuple) else (target, None)
        self._continue(str(group), on if isinstance(on, date) else None)

    def come_back(self, target: object = None) -> None:
        """To its sheet, where that is still open; else as the page was left: going back begins no sheet."""
        group = target[0] if isinstance(target, tuple) else target
        if isinstance(target, Reopen):
            sheet = next((view for view, name in self._reopened.items() if name == target.meeting), None)
        else:
            sheet = self.sheets.get(group) if isinstance(group, str) else None
        if sheet is None or sheet is self._sheet:
            self.open(None)
        else:
            self._show_sheet(sheet)

    def leave(self) -> bool:
        """A cell being typed in is taken; text that is no amount keeps the person here."""
        view = self.view()
        return view.commit() if isinstance(view, SheetView) else True

    def retranslate(self) -> None:
        """Every word anew."""
        words = self.frame.words
        self.usual.set_words(words._("All as usual"))
        self.unwritten.set_words(words._("Nothing is written yet"), "info")
        for i in range(self.stack.count()):
            again = getattr(self.stack.widget(i), "retranslate", None)
            if again is not None:
                again()
        self._reword()

    def refresh(self, changes: Collection[str]) -> None:
        """Something was written elsewhere: the list anew; open sheets get their new ground."""
        del changes
        self.verbs.offers(self._take_offers)
        for view in self.sheets.values():
            self._ground_anew(view)

    def focus_first(self) -> None:
        """The cursor where work goes on."""
        view = self.view()
        if isinstance(view, SheetView | OpeningView | ClosingView | AfterView | AgainView):
            view.focus_first()
        else:
            view.setFocus()

    def help_topic(self) -> str:
        """The help page of the sheet."""
        return "meeting"

    def on_key(self, event: QKeyEvent) -> bool:
        """Keys that no part has used."""
        view = self.view()
        if isinstance(view, SheetView | ClosingView | OpeningView | AgainView) and view.on_key(event):
            return True
        if self._key_of_closed(event):
            return True
        if isinstance(view, SheetView) and view not in self._corrections and keys.is_ctrl(event, "P"):
            self._print("sheet")
            return True
        if keys.is_alt(event, Qt.Key.Key_Down):
            self.next_sheet()
            return True
        if isinstance(view, SheetView) and event.key() == Qt.Key.Key_Escape:
            if view in self._corrections:
                self.leave_correction()
            else:
                self._to_list()
            return True
        return False

    # -- the sheet

    def preview(self) -> None:
        """F10: what closing would do."""
        sheet = self._sheet
        if sheet is None or not isinstance(self.view(), SheetView) or not sheet.commit():
            return
        if sheet in self._corrections:
            self._corrections[sheet](sheet.draft)
            return
        closing = ClosingView(sheet.draft, self.frame.words)
        closing.back.connect(lambda: self._show_sheet(sheet))
        closing.shown.connect(lambda where: self._lead(sheet, where))
        closing.closed.connect(lambda: self._close(sheet, closing))
        self._show_passing(closing)

    def _lead(self, sheet: SheetView, where: object) -> None:
        self._show_sheet(sheet)
        sheet.lead(where)

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

    def _reword(self) -> None:
        if self._sheet is not None:
            draft, words = self._sheet.draft, self.frame.words
            again = self._sheet in self._corrections
            self.finish.set_words(words._("What will be written") if again else words._("Close"))
            self.progress.show_draft(draft, words)
        self.reworded.emit()
