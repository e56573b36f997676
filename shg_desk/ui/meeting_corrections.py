"""Closed meetings opened again on the meeting page: the same sheet, then what would be written and why."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime

from shg_desk.actions.reopening import Reopened
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.domain.sheet_written import state_of
from shg_desk.ui.desk_page import Reopen
from shg_desk.ui.meeting_again import AgainView
from shg_desk.ui.meeting_head import sheet_title
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_sheets import SheetsPage


class CorrectionsPage(SheetsPage):
    """The part of the page that puts closed meetings right. Each stays open as typed until it is written."""

    def correcting(self) -> bool:
        """True while a closed meeting's sheet, or the preview of its correction, is in sight."""
        return self._sheet in self._corrections and isinstance(self.view(), SheetView | AgainView)

    def correction_title(self, draft: Draft) -> str:
        """Which meeting is put right."""
        words = self.frame.words
        return words._("{meeting}: correct").format(meeting=sheet_title(draft, words))

    def reopen(self, target: Reopen) -> None:
        """Open a recorded meeting again; one that is open already as it was left."""
        verbs = self.verbs.again
        if verbs is None or self._waiting:
            return
        known = next((view for view, name in self._reopened.items() if name == target.meeting), None)
        if known is not None:
            self._show_sheet(known)
            return
        self._waiting = True

        def come(opened: Reopened) -> None:
            self._waiting = False
            self._problems.clear()
            was = state_of(opened.ground, opened.sheet)
            state = restored(opened.ground, opened.kept)[0].state if opened.kept else was
            draft = Draft(opened.ground, state, was)
            view = self.show_correction(draft, lambda _draft: self._plan(view))
            self._tell(view, draft.misplaced())
            view.unfinished.restore((opened.kept or {}).get("unfinished"))
            self._reopened[view] = target.meeting

        verbs.reopen(target.meeting, come, self._trouble)

    def show_correction(self, draft: Draft, finish: Callable[[Draft], None]) -> SheetView:
        """A closed sheet reopened to be corrected (`Draft.was` is set); F10 hands the draft to `finish`."""
        view = self._make_view(draft)
        self._corrections[view] = finish
        self._show_sheet(view)
        self._reword()
        return view

    def _corrected(self, meeting: str) -> None:
        """A correction of that meeting was just written."""
        del meeting
        self.leave_correction()

    def leave_correction(self) -> None:
        """Esc on the sheet: back to where it was asked for; what was changed waits."""
        self._sheet = None
        self._show(self.opening)
        self.frame.back()

    def _keep_again(self, view: SheetView) -> None:
        """What is being put right survives a power cut."""
        meeting = self._reopened.get(view)
        if meeting is None or self.verbs.again is None:
            return

        def done(at: datetime) -> None:
            self.frame.saved(at)

        self.verbs.again.keep(meeting, {**kept(view.draft), "unfinished": view.unfinished.record()}, done)

    def _plan(self, view: SheetView, cash: str = IN_DIFFERENCES, shown: AgainView | None = None) -> None:
        """F10: what putting it right would write, before it is written."""
        meeting, verbs = self._reopened.get(view), self.verbs.again
        if meeting is None or verbs is None:
            return

        def come(preview: Preview) -> None:
            if shown is not None:
                shown.show_preview(preview)
                return
            again = AgainView(view.draft, preview, self.frame.words)
            again.back.connect(lambda: self._show_sheet(view))
            again.cash_asked.connect(lambda where: self._plan(view, where, again))
            again.written.connect(lambda reason: self._write(view, again, reason))
            self._show_passing(again)

        wrong = self._trouble if shown is None else shown.tell
        verbs.plan(meeting, view.draft.sheet(), cash, come, wrong)

    def _write(self, view: SheetView, again: AgainView, reason: str) -> None:
        meeting, verbs = self._reopened.get(view), self.verbs.again
        if self._waiting or meeting is None or verbs is None:
            return
        self._waiting = True

        def done() -> None:
            self._waiting = False
            del self._reopened[view], self._corrections[view]
            self._corrected(meeting)
            self.stack.removeWidget(view)
            view.deleteLater()
            self.frame.toast(self.frame.words._("The correction is written; the old line stays as it was"))

        def refused(problems: Sequence[Problem]) -> None:
            self._waiting = False
            again.tell(problems)

        verbs.write(meeting, again.preview, reason, done, refused)
