"""The sheets that stand open on the meeting page: from the list to a draft, kept while it is typed, shown in turn."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.domain.sheet_keeping import typed_in
from shg_desk.i18n.messages import sentence
from shg_desk.ui.meeting_head import OnlyShown
from shg_desk.ui.meeting_opening import OpeningView
from shg_desk.ui.meeting_questions import Offered
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_verbs import MeetingVerbs
from shg_desk.ui.meeting_verbs import SheetOffer
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList


class SheetsPage(Page):
    """The list of groups and the open sheets; what F10 and Alt+Down do is the page's own."""

    def __init__(self, frame: Frame, verbs: MeetingVerbs) -> None:
        super().__init__(frame)
        self.verbs = verbs
        self.sheets: dict[str, SheetView] = {}
        self._offers: tuple[SheetOffer, ...] = ()
        self._villages: dict[str, str] = {}
        self._colours: dict[str, int] = {}
        self._corrections: dict[SheetView, Callable[[Draft], None]] = {}
        self._reopened: dict[SheetView, str] = {}
        self._waiting = False
        self._only: str | None = None
        self._sheet: SheetView | None = None
        self._problems = ProblemList()
        self.stack = OnlyShown()
        column = rows(self, gap=0)
        column.addWidget(self._problems)
        column.addWidget(self.stack, 1)
        self.opening = OpeningView(frame.words, verbs.today)
        self.opening.opened.connect(self._opened)
        self.opening.dropped.connect(self._take_away)
        self.opening.moved.connect(self._reword)
        self.opening.groups_asked.connect(lambda: self.frame.go("groups"))
        if verbs.between is not None:
            self.opening.offer_between(verbs.between)
        self.stack.addWidget(self.opening)

    def preview(self) -> None:
        """F10."""

    def next_sheet(self) -> None:
        """Alt+Down."""

    def _keep_again(self, view: SheetView) -> None:
        """A closed meeting's sheet has changed."""

    def _reword(self) -> None:
        """Header and hints have changed."""

    def keep_to(self, group: str | None) -> None:
        """Show one group only, while the laptop is with its treasurer; None: all again."""
        self._only = group
        self.opening.keep_to(only=group is not None)
        self.verbs.offers(self._take_offers)

    # -- the list

    def view(self) -> QWidget:
        """The part of the page in sight."""
        return self.stack.currentWidget() or self.opening

    def _take_offers(self, offers: Sequence[SheetOffer]) -> None:
        offers = [offer for offer in offers if self._only in (None, offer.group)]
        self._offers = tuple(offers)
        self._villages = {offer.group: offer.village for offer in offers}
        self._colours |= {offer.group: offer.colour for offer in offers}
        self.opening.show_offers(offers)
        self._reword()

    def _opened(self, offer: object, on: object) -> None:
        if not isinstance(offer, SheetOffer):
            return
        if on is None:
            self._continue(offer.group)
        elif isinstance(on, date):
            self._begin(offer.group, on)

    def _continue(self, group: str, on: date | None = None) -> None:
        """Go on with a sheet that is open, or with a kept draft; else its day is asked, unless `on` has come."""
        if group in self.sheets:
            self._show_sheet(self.sheets[group])
            return

        def found(record: Mapping[str, Any] | None) -> None:
            if record is not None:
                self._continue_with(group, record)
            elif on is not None and on <= self.verbs.today():
                self._with_ground(group, on, self._add_new)
            else:
                self._show(self.opening)
                self.opening.choose(group)

        self.verbs.draft(group, found)

    def _take_away(self, offer: object) -> None:
        """Forget a begun sheet; it can be put back while the toast stands there."""
        if not isinstance(offer, SheetOffer):
            return
        group, words = offer.group, self.frame.words

        def found(record: Mapping[str, Any] | None) -> None:
            self.verbs.drop(group)
            gone = self.sheets.pop(group, None)
            if gone is not None:
                self.stack.removeWidget(gone)
                self._sheet = None if self._sheet is gone else self._sheet
            if record is not None:
                put_back = lambda: self.verbs.keep(group, record, lambda _at: self.refresh(()))  # noqa: E731
                self.frame.toast(
                    words._("The begun sheet of {group} was taken away").format(group=offer.name), put_back
                )
            self._to_list()

        self.verbs.draft(group, found)

    def _begin(self, group: str, on: date) -> None:
        """A sheet for a day; one that was begun before goes on instead, so that nothing typed is lost."""

        def found(record: Mapping[str, Any] | None) -> None:
            if record is not None:
                self._continue_with(group, record)
            else:
                self._with_ground(group, on, self._add_new)

        self.verbs.draft(group, found)

    def _add_new(self, ground: Ground) -> None:
        view = self._add(Draft(ground))
        if not ground.is_keeper:  # what another laptop wrote is not known here: the box says it first
            view.ask(view.questions.opening)

    def _continue_with(self, group: str, record: Mapping[str, Any]) -> None:
        on = date.fromisoformat(str(record["date"]))
        self._with_ground(group, on, lambda ground: self._restore(ground, record))

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
        self._tell(view, problems)
        view.unfinished.restore(record.get("unfinished"))
        typing = typed_in(draft, record)
        if typing is not None:
            view.type_again(*typing)

    def _tell(self, view: SheetView, misplaced: Sequence[Problem]) -> None:
        """What was typed and has no place on the sheet as the group is now."""
        if misplaced:
            currency = view.draft.ground.currency
            view.strip.tell(" ".join(sentence(self.frame.words, one, currency) for one in misplaced))

    def _add(self, draft: Draft) -> SheetView:
        view = self._make_view(draft)
        self.sheets[draft.ground.group] = view
        self._show_sheet(view)
        return view

    def _make_view(self, draft: Draft) -> SheetView:
        ground = draft.ground
        offered = Offered(self.verbs.reasons, self.verbs.templates, self.verbs.agenda)
        view = SheetView(draft, self.frame.words, self.verbs.notes(ground.currency, ground.on), offered)
        view.saved_with.connect(lambda typing, v=view: self._keep(v, typing))
        view.finish_asked.connect(self.preview)
        view.next_asked.connect(self.next_sheet)
        view.hand_asked.connect(lambda: self.verbs.hand(ground.group, ground.name) if self.verbs.hand else None)
        view.day_asked.connect(lambda on, v=view: self._move_day(v, on))
        view.reworded.connect(self._reword)
        self.stack.addWidget(view)
        return view

    def _move_day(self, view: SheetView, on: date) -> None:
        def come(ground: Ground) -> None:
            view.draft.move_to(ground)
            view.changed()
            self._tell(view, view.draft.misplaced())

        self._with_ground(view.draft.ground.group, on, come)

    def _ground_anew(self, view: SheetView) -> None:
        """Something was written for the group while its sheet stands open: a correction, a receipt between meetings."""

        def come(ground: Ground) -> None:
            if view in self.sheets.values() and view.table.view.editor_text() is None:
                view.draft.move_to(ground)
                view.refresh()
                self._tell(view, view.draft.misplaced())

        ground = view.draft.ground
        self.verbs.ground(ground.group, ground.on, come, lambda _problems: None)

    def _keep(self, view: SheetView, typing: object) -> None:
        if view in self._corrections:
            self._keep_again(view)
            return
        open_cell = typing if isinstance(typing, tuple) else None

        def done(at: datetime) -> None:
            self.frame.saved(at)

        record = {**kept(view.draft, open_cell), "unfinished": view.unfinished.record()}
        self.verbs.keep(view.draft.ground.group, record, done)

    # -- showing

    def _to_list(self) -> None:
        if self._sheet is not None:
            self.opening.stand_at(self._sheet.draft.ground.group)
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
