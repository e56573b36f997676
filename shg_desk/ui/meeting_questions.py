"""The questions of the sheet: who came for her, who paid, a line of the group, the difference, a decision, terms."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Question
from shg_desk.ui.asked import UnreadableError
from shg_desk.ui.asked_values import Reads
from shg_desk.ui.difference_question import Naming
from shg_desk.ui.line_question import Ask
from shg_desk.ui.line_question import line_question
from shg_desk.ui.loan_question import loan_question
from shg_desk.ui.meeting_decisions import decision_question
from shg_desk.ui.meeting_settling import opening_question
from shg_desk.ui.meeting_settling import settling_question
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import member_name

Done = Callable[[], None]
Choices = Callable[[], tuple[tuple[str, str], ...]]
"""What can be chosen: code and words, in the language of the moment."""


def _no_agenda(_ground: Ground) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What the shipped tables offer a sheet: why a meeting is not held, usual decisions, the agenda of a ground."""

    reasons: Choices = tuple
    templates: Choices = tuple
    agenda: Callable[[Ground], Sequence[str]] = _no_agenda


class Questions:
    """Makes the questions about one draft; each ends in a command on it and then in `done`."""

    def __init__(self, draft: Draft, words: Words, done: Done, offered: Offered, ask: Ask | None = None) -> None:
        self.draft, self.words, self.done, self.offered, self.ask = draft, words, done, offered, ask

    @property
    def reads(self) -> Reads:
        """How answers are read: on the group of the sheet's day."""
        return Reads(self.words, self.draft.ground)

    def _title(self, words: str, line: int) -> str:
        member = self.draft.lines[line].member
        return words.format(number=member.number, name=self._named(member))

    def _named(self, member: MemberGround) -> str:
        return member_name(self.words, member, alike(self.draft.figures.members))

    def _name(self, what: str, line: int) -> str:
        """What a question about a row is called; a row is known by its member and loan."""
        at = self.draft.lines[line]
        return f"{what} {at.member.id} {at.loan.id if at.loan is not None else ''}"

    # -- about a row

    def represented(self, line: int) -> Question:
        """Alt+5: by whom; a number of the group, or a name."""
        w = self.words

        def done(values: list[Any]) -> None:
            member = self.draft.ground.member(values[0])
            name = values[0] if member is None or not member.name else self._named(member)
            self.draft.mark(line, Attendance.REPRESENTED, name)
            self.done()

        row = self.draft.state.row(self.draft.lines[line].member.id)
        asked = Asked(
            w._("Her number, or the name"), 320, row.represented_by, self.reads.said, (), w._("A relative or a member"),
            letters=True,
        )  # fmt: skip
        title = self._title(w._("Who came for № {number} {name}?"), line)
        return Question(title, (asked,), done, name=self._name("came", line))

    def paid_by(self, line: int) -> Question:
        """F4: whose money it was."""
        w = self.words

        def done(values: list[Any]) -> None:
            self.draft.set_paid_by(line, values[0])
            self.done()

        row = self.draft.state.row(self.draft.lines[line].member.id)
        payer = self.draft.ground.member(row.paid_by) if row.paid_by else None
        asked = Asked(
            w._("Her number"), 120, payer.number if payer else "", lambda text: self.reads.member(text, empty=True), (),
            w._("Empty: she paid herself. The debt of the one who paid is not touched."),
        )  # fmt: skip
        title = self._title(w._("Who paid for № {number} {name}?"), line)
        return Question(title, (asked,), done, name=self._name("paid", line))

    def waive(self, line: int, only: Sequence[str] = ()) -> Question:
        """F7 on a fine: let pass, with the vote noted; `only` those for these reasons."""
        w = self.words

        def done(values: list[Any]) -> None:
            self.draft.waive(line, values[0], only)
            self.done()

        asked = Asked(w._("What was voted"), 420, "", None, (), w._("May stay empty"), letters=True)
        title = self._title(w._("Let the fine of № {number} {name} pass"), line)
        return Question(title, (asked,), done, name=self._name(f"pass {' '.join(only)}", line))

    def text_of(self, at: Any) -> Question:
        """F2 on another income or payment, or on a grant: what it is for."""
        w = self.words
        view = self.draft.cell(at)

        def done(values: list[Any]) -> None:
            self.draft.set_text(at, values[0])
            self.done()

        asked = Asked(w._("What for"), 420, view.text if view else "", self.reads.said, letters=True)
        title = self._title(w._("№ {number} {name}: what is it for?"), at.line)
        return Question(title, (asked,), done, name=self._name(f"text {at.column}", at.line))

    def terms(self, at: Any) -> Question:
        """F2 on a new loan: its terms, what it is for and who answers for it."""
        column = self.draft.figures.column(at.column)
        written = self.draft.figures.written(self.draft.lines[at.line], column) if column else None
        now = Out("loan", 0) if written is None else written.as_loan()
        title = self._title(self.words._("Terms of the new loan of № {number} {name}"), at.line)
        borrower = self.draft.lines[at.line].member.id

        def done(given: Out) -> None:
            self.draft.set_loan(at, given.terms, given.text or "", given.guarantors)
            self.done()

        question = loan_question(self.words, self.draft.ground, title, now, done, borrower)
        return replace(question, name=self._name(f"terms {at.column}", at.line))

    # -- of the group

    def line(self, kind: str, at: int | None = None) -> Question:
        """A line under the table; with `at` one that stands there is changed."""
        if kind == SETTLEMENT:
            question = settling_question(self.words, self.draft, at, self.reads, self.done)
            return replace(question, name=f"line {kind} {self.draft.state.lines[at] if at is not None else 'new'}")
        return line_question(self.words, self.draft, kind, at, self.reads, self.done, self.ask)

    def difference(self) -> Question:
        """F7: why box and book differ, and who bears it."""
        return self.naming.question()

    @property
    def naming(self) -> Naming:
        """Names the difference of the box."""
        return Naming(self.words, self.draft, self.reads, self.done)

    def opening(self) -> Question:
        """What is in the box before the meeting, where another laptop may have written more."""
        return opening_question(self.words, self.draft, self.reads, self.done)

    def decision(self, at: int | None = None) -> Question:
        """A decision with its votes; an empty one is taken away."""
        return decision_question(self.words, self.draft, at, self.reads, self.offered.templates(), self.done)

    def not_held(self) -> Question:
        """Why the meeting did not take place, and when the next one is."""
        w = self.words
        next_on = formats.date(self.draft.state.next_on) if self.draft.state.next_on else ""

        def done(values: list[Any]) -> None:
            self.draft.set_held(held=False, reason=values[0] or values[1])
            self.draft.set_next(values[2])
            self.done()

        fields = (
            Asked(w._("Reason"), 240, "", None, self.offered.reasons(), fills=lambda _reason: ""),
            Asked(w._("or in own words"), 260, self.draft.state.reason, None, letters=True),
            Asked(w._("Next meeting"), 130, next_on, self.reads.day, (), w._("The day alone is enough")),
        )
        return Question(w._("The meeting was not held"), fields, done, name="not held")

    def next_meeting(self) -> Question:
        """The day of the next meeting."""
        w = self.words
        next_on = formats.date(self.draft.state.next_on) if self.draft.state.next_on else ""

        def done(values: list[Any]) -> None:
            self.draft.set_next(values[0])
            self.done()

        asked = Asked(w._("Date"), 130, next_on, self.reads.day, (), w._("The day alone is enough"))
        return Question(w._("Next meeting"), (asked,), done, name="next")

    def day(self, chosen: Callable[[date], None]) -> Question:
        """Another day for this sheet."""
        w = self.words

        def done(values: list[Any]) -> None:
            if values[0] is not None:
                chosen(values[0])

        def read(text: str) -> date | None:
            try:
                return parse_date(text, reference=self.draft.ground.on) if text else None
            except DateError as trouble:
                raise UnreadableError(self.reads.told(trouble.code, {})) from trouble

        asked = Asked(w._("Date"), 130, formats.date(self.draft.ground.on), read, (), w._("The day alone is enough"))
        return Question(w._("Date of the meeting"), (asked,), done, name="day")

    def number(self) -> Question:
        """The meeting's number as the group counts."""
        w = self.words

        def done(values: list[Any]) -> None:
            self.draft.set_number(values[0])
            self.done()

        asked = Asked(w._("Number"), 90, self.draft.state.number)
        return Question(w._("Number of the meeting"), (asked,), done, name="number")
