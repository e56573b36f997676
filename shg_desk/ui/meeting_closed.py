"""A closed meeting on its page, just written or the group's last one: read aloud, booklets, minutes, put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.actions.last_closed import LastClosed
from shg_desk.actions.sheet_desk import ClosedSheet
from shg_desk.domain.booklet import AfterMeeting
from shg_desk.domain.sheet import Ground
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui.desk_page import Reopen
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_after import Booklets
from shg_desk.ui.meeting_aloud import ReadAloud
from shg_desk.ui.meeting_corrections import CorrectionsPage
from shg_desk.ui.meeting_head import next_today
from shg_desk.ui.meeting_head import written_words
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_verbs import MeetingVerbs
from shg_desk.ui.meeting_verbs import SheetOffer
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.page import Frame


@dataclass(frozen=True, slots=True)
class ClosedMeeting:
    """What the choices after a meeting need: its members after it, its name in the book (empty where it is not told),
    and what is said above the choices.
    """

    after: AfterMeeting
    meeting: str
    said: str


class ClosedPage(CorrectionsPage):
    """The part of the page that shows closed meetings."""

    def __init__(self, frame: Frame, verbs: MeetingVerbs) -> None:
        super().__init__(frame, verbs)
        self._closed_one: ClosedMeeting | None = None
        self._from_closed = False
        self.opening.last_asked.connect(self._ask_last)
        self.opening.offer_last(there=verbs.last is not None)

    def closed_shown(self) -> ClosedMeeting | None:
        """The closed meeting in sight."""
        return self._closed_one if isinstance(self.view(), AfterView | ReadAloud | Booklets) else None

    def _closed(self, sheet: SheetView, result: ClosedSheet) -> None:
        """A sheet was just written."""
        draft = sheet.draft
        del self.sheets[draft.ground.group]
        self.stack.removeWidget(sheet)
        said = written_words(draft, _new_loans(draft.ground, result, self.frame.words), self.frame.words)
        self._closed_one = ClosedMeeting(result.after, result.name, said)
        self.verbs.offers(self._take_offers)
        self.frame.tell(())
        self._show_after()

    def _ask_last(self, offer: object) -> None:
        """F4 in the list: the last meeting of that group."""
        if not isinstance(offer, SheetOffer) or self.verbs.last is None or self._waiting:
            return
        self._waiting = True
        self.verbs.last(offer.group, self._show_closed, self._trouble)

    def _show_closed(self, last: LastClosed) -> None:
        """A closed meeting as it stands."""
        self._waiting = False
        self._problems.clear()
        day, number = formats.date(last.after.on), last.after.number or ""
        w = self.frame.words
        text = w._("Meeting {number} of {date} is closed.") if number else w._("The meeting of {date} is closed.")
        said = text.format(number=number, date=day)
        self._closed_one = ClosedMeeting(last.after, last.meeting if last.held else "", said)
        self._show_after()

    def _show_after(self) -> None:
        one = self._closed_one
        if one is None:
            return
        can_correct = bool(one.meeting) and self.verbs.again is not None
        has_next = self._next_offer() is not None
        can = {"can_correct": can_correct, "can_photograph": bool(one.meeting)}
        after = AfterView(self.frame.words, one.said, has_next=has_next, **can)
        after.photos_asked.connect(self._photos_of_closed)
        after.aloud_asked.connect(lambda: self._show_list(ReadAloud))
        after.booklets_asked.connect(lambda: self._show_list(Booklets))
        after.minutes_asked.connect(lambda: self._print("minutes"))
        after.correct_asked.connect(self._correct_closed)
        after.next_asked.connect(self.next_sheet)
        after.done_asked.connect(self._leave_closed)
        self._show_passing(after)

    def _show_list(self, kind: type[ReadAloud] | type[Booklets]) -> None:
        if self._closed_one is None:
            return
        made = kind(self._closed_one.after, self.frame.words)
        if isinstance(made, ReadAloud):
            made.finished.connect(self._show_after)
        self._show_passing(made)

    def _correct_closed(self) -> None:
        """F2: the sheet opened again."""
        if self._closed_one is not None and self._closed_one.meeting:
            self._from_closed = True
            self.reopen(Reopen(self._closed_one.after.group, self._closed_one.meeting))

    def _corrected(self, meeting: str) -> None:
        """Where it was asked for on its own page, the meeting is shown as it stands now."""
        if not self._from_closed or self.verbs.closed is None:
            super()._corrected(meeting)
            return
        self._sheet, self._waiting = None, True
        self._show(self.opening)
        self.verbs.closed(meeting, self._show_closed, self._trouble)

    def leave_correction(self) -> None:
        """Esc on the sheet: the closed meeting, where it was asked for there."""
        if not self._from_closed:
            super().leave_correction()
            return
        self._sheet = None
        self._show_after()

    def _photos_of_closed(self) -> None:
        """F4: the photos of its signed sheet."""
        if self._closed_one is not None and self._closed_one.meeting:
            self.frame.go("photos", (self._closed_one.meeting, "meeting"))

    def _leave_closed(self) -> None:
        """Esc: the list, with the cursor on that group."""
        self._to_list()
        if self._closed_one is not None:
            self.opening.choose(self._closed_one.after.group, asks_day=False)

    def _next_offer(self) -> SheetOffer | None:
        shown = self.closed_shown()
        sheet = self._sheet.draft.ground.group if self._sheet is not None else ""
        return next_today(self._offers, sheet if shown is None else shown.after.group)

    def _print(self, which: str) -> None:
        shown = self.closed_shown()
        if self.verbs.print_paper is None:
            return
        if shown is not None:
            self.verbs.print_paper(shown.after.group_code, shown.after.on, which)
        elif self._sheet is not None:
            self.verbs.print_paper(self._sheet.draft.ground.code, self._sheet.draft.ground.on, which)

    def _key_of_closed(self, event: QKeyEvent) -> bool:
        """The keys of the choices after a meeting, and of what they lead to."""
        view, leaves = self.view(), event.key() == Qt.Key.Key_Escape
        if isinstance(view, ReadAloud | Booklets):
            if keys.is_ctrl(event, "P"):
                self._print("read-aloud" if isinstance(view, ReadAloud) else "booklets")
            elif leaves:
                self._show_after()
            else:
                return False
            return True
        if not isinstance(view, AfterView):
            return False
        if keys.is_ctrl(event, "P"):
            self._print("minutes")
        elif keys.is_plain(event, Qt.Key.Key_F2) and view.can_correct:
            self._correct_closed()
        elif keys.is_plain(event, Qt.Key.Key_F4):
            self._photos_of_closed()
        elif leaves:
            self._leave_closed()
        else:
            return False
        return True


def _new_loans(ground: Ground, result: ClosedSheet, words: Words) -> Sequence[tuple[str, str]]:
    """The codes of the loans a closed meeting gave, each with its borrower as she is called."""
    shared = alike(ground.members)
    borrowers = {member.id: member_name(words, member, shared) for member in ground.members}
    return [(code, borrowers.get(member, "")) for code, member in result.loans]
