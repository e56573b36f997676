"""The meeting page on an open book: its verbs are actions, done by the book's own thread."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any

from shg_desk.actions.agenda import agenda_of
from shg_desk.actions.agenda import usual_decisions
from shg_desk.actions.before_sheet import sheet_ground
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import notes_in_use
from shg_desk.actions.last_closed import LastClosed
from shg_desk.actions.last_closed import closed_meeting
from shg_desk.actions.last_closed import last_closed
from shg_desk.actions.not_held import not_held_reasons
from shg_desk.actions.printing import print_meeting
from shg_desk.actions.reopening import Reopened
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import keep_reopened
from shg_desk.actions.reopening import preview_meeting_correction
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.sheet_desk import ClosedSheet
from shg_desk.actions.sheet_desk import SheetSeen
from shg_desk.actions.sheet_desk import close_sheet
from shg_desk.actions.sheet_desk import drop_sheet
from shg_desk.actions.sheet_desk import keep_sheet
from shg_desk.actions.sheet_desk import kept_sheet
from shg_desk.actions.sheet_desk import sheets_to_open
from shg_desk.actions.statements import Period
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet
from shg_desk.i18n.catalog import Words
from shg_desk.ui.desk_page import usual_ways
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_verbs import AgainVerbs
from shg_desk.ui.meeting_verbs import MeetingVerbs
from shg_desk.ui.meeting_verbs import Problems
from shg_desk.ui.meeting_verbs import SheetOffer
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.session import Session


class BookVerbs:
    """The verbs of the meeting page, each an action handed to the session."""

    def __init__(self, session: Session, frame: Frame) -> None:
        self._session = session
        self._frame = frame
        self._show = usual_ways(frame).open_file
        self._today = date.min

    def offers(self, answer: Callable[[Sequence[SheetOffer]], None]) -> None:
        """The groups whose sheets can be opened."""

        def offer(one: SheetSeen) -> SheetOffer:
            return SheetOffer(
                one.group, one.name, one.village, one.planned, one.time, one.done, one.is_today, one.colour, one.last
            )

        def come(found: tuple[date, list[SheetSeen]]) -> None:
            self._today, seen = found
            answer([offer(one) for one in seen])

        self._session.run(lambda desk: (desk.today(), sheets_to_open(desk)), come)

    def today(self) -> date:
        """The book's own day when the groups were read: it knows its clock, the page has none."""
        return self._today

    def ground(self, group: str, on: date, answer: Callable[[Ground], None], on_problem: Problems) -> None:
        """A group as its sheet of a day begins."""
        self._session.run(lambda desk: sheet_ground(desk, group, on), answer, on_problem)

    def draft(self, group: str, answer: Callable[[Mapping[str, Any] | None], None]) -> None:
        """What was typed and not closed."""
        self._session.run(lambda desk: kept_sheet(desk, group), answer)

    def keep(self, group: str, record: Mapping[str, Any], answer: Callable[[datetime], None]) -> None:
        """Keep what is being typed."""
        self._session.run(
            lambda desk: keep_sheet(desk, group, record), lambda at: answer(datetime.fromtimestamp(at).astimezone())
        )

    def drop(self, group: str) -> None:
        """Forget a draft."""
        self._session.run(lambda desk: drop_sheet(desk, group))

    def close(self, sheet: Sheet, answer: Callable[[ClosedSheet], None], on_problem: Problems) -> None:
        """Write the meeting; every page reads again."""
        self._session.write(lambda desk: close_sheet(desk, sheet), lambda outcome: answer(outcome.value), on_problem)

    def last(self, group: str, answer: Callable[[LastClosed], None], on_problem: Problems) -> None:
        """The last meeting of a group, as it stands."""
        self._session.run(lambda desk: last_closed(desk, group), answer, on_problem)

    def closed(self, meeting: str, answer: Callable[[LastClosed], None], on_problem: Problems) -> None:
        """A closed meeting, as it stands."""
        self._session.run(lambda desk: closed_meeting(desk, meeting), answer, on_problem)

    def print_paper(self, code: str, on: date, which: str) -> None:
        """A paper of a group (by code) and day, shown by the system's viewer."""
        words = Words(self._frame.words.lang)

        def make(desk: Desk) -> Path:
            out = paper_path(f"{code}-{which}-{on.isoformat()}.pdf")
            print_meeting(desk, which, out, words, group=code, period=Period(on, on), on=on)
            return out

        self._session.run(make, self._show)

    # -- a recorded meeting opened again

    def reopen(self, meeting: str, answer: Callable[[Reopened], None], on_problem: Problems) -> None:
        """Its sheet as it stands."""
        self._session.run(lambda desk: reopen_meeting(desk, meeting), answer, on_problem)

    def plan(
        self, meeting: str, sheet: Sheet, cash: str, answer: Callable[[Preview], None], on_problem: Problems
    ) -> None:
        """What putting it right would write."""
        self._session.run(lambda desk: preview_meeting_correction(desk, meeting, sheet, cash), answer, on_problem)

    def write(
        self, meeting: str, preview: Preview, reason: str, answer: Callable[[], None], on_problem: Problems
    ) -> None:
        """Write it; every page reads again."""

        def write(desk: Desk) -> Outcome[str]:
            return correct_meeting(desk, meeting, preview.plan, preview.group, reason)

        self._session.write(write, lambda _outcome: answer(), on_problem)

    def keep_again(self, meeting: str, record: dict[str, Any], answer: Callable[[datetime], None]) -> None:
        """Keep what is being changed."""
        self._session.run(
            lambda desk: keep_reopened(desk, meeting, record),
            lambda at: answer(datetime.fromtimestamp(at).astimezone()),
        )


def make_page(frame: Frame, session: Session) -> MeetingPage:
    """The page of this session."""
    verbs = BookVerbs(session, frame)
    return MeetingPage(
        frame,
        MeetingVerbs(
            offers=verbs.offers,
            ground=verbs.ground,
            draft=verbs.draft,
            keep=verbs.keep,
            drop=verbs.drop,
            close=verbs.close,
            notes=notes_in_use,
            today=verbs.today,
            reasons=lambda: not_held_reasons(frame.words.lang),
            templates=lambda: usual_decisions(frame.words.lang),
            agenda=lambda ground: agenda_of(ground, frame.words),
            print_paper=verbs.print_paper,
            last=verbs.last,
            closed=verbs.closed,
            between=frame.go,
            hand=session.hand,
            again=AgainVerbs(verbs.reopen, verbs.plan, verbs.write, verbs.keep_again),
        ),
    )
