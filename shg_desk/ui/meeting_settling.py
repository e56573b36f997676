"""The question that ends an open cash difference on the sheet: how much, how, who, and what was voted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shg_desk.domain.money import major
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_settling import DIFFERENCE_ACCEPTED
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_settling import VOTE
from shg_desk.domain.sheet_settling import hows_of
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Question
from shg_desk.ui.asked_values import Reads
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import SETTLED


def settling_question(words: Words, draft: Draft, at: int | None, reads: Reads, after: Callable[[], None]) -> Question:
    """The question; with `at` a line that stands there is changed. A vote becomes a decision of the meeting."""
    ground = draft.ground
    digits, open_minor = ground.currency.minor_digits, ground.open_difference_minor
    before = draft.state.lines[at] if at is not None else GroupLine(SETTLEMENT, abs(open_minor), what=VOTE)
    ways = tuple((how, words.say(SETTLED[how])) for how in hows_of(open_minor))
    member = ground.member(before.carried_by or "")
    named = member.number if member is not None else ""
    way = dict(ways).get(before.what or VOTE, "")

    def check(values: list[Any]) -> tuple[int, str] | None:
        if (values[1] or VOTE) != VOTE and not values[2]:
            return 2, words._("Whose it is: her number")
        return None

    def done(values: list[Any]) -> None:
        how = values[1] or VOTE
        line = replace(before, amount_minor=values[0], what=how, text=values[3] or None)
        line = replace(line, carried_by=values[2] if how != VOTE else None)
        if at is None:
            draft.add_line(line)
            if how == VOTE:
                draft.change_decision(len(draft.state.decisions), _decision(words, draft, line, values[4], values[5]))
        else:
            draft.change_line(at, line)
        after()

    fields = [
        Asked(words._("Amount"), 120, major(before.amount_minor, digits), reads.amount),
        Asked(words._("How it was settled"), 300, way, None, ways),
        Asked(words._("Number of the member"), 90, named, lambda text: reads.member(text, empty=True)),
        Asked(words._("What was said"), 300, before.text or "", None, letters=True),
    ]
    if at is None:
        fields += [Asked(words._("For"), 60, "", reads.whole), Asked(words._("Against"), 60, "", reads.whole)]
    return Question(words.say(LINES[SETTLEMENT]), tuple(fields), done, breaks=(3,), check=check)


def opening_question(words: Words, draft: Draft, reads: Reads, after: Callable[[], None]) -> Question:
    """What is in the box before anything comes in: asked where another laptop also writes the group."""
    ground = draft.ground
    known = formats.money(words, ground.places_minor.get("box", 0), ground.currency)
    counted = draft.state.opening_minor
    text = "" if counted is None else major(counted, ground.currency.minor_digits)
    hint = words._("Known here: {sum}. Empty: not counted.").format(sum=known)

    def read(typed: str) -> int | None:
        return reads.part(typed) if typed else None

    def done(values: list[Any]) -> None:
        draft.count_at_start(values[0])
        after()

    asked = Asked(words._("In the box now"), 140, text, read, (), hint)
    return Question(words._("Count the box before the meeting: another laptop also writes this group"), (asked,), done)


def _decision(words: Words, draft: Draft, line: GroupLine, votes_for: int | None, against: int | None) -> Decision:
    sum_ = formats.money(words, line.amount_minor, draft.ground.currency)
    text = words._("The group bears the cash difference of {sum}").format(sum=sum_)
    said = f"{text}: {line.text}" if line.text else text
    return Decision(said, votes_for=votes_for, votes_against=against, template=DIFFERENCE_ACCEPTED)
