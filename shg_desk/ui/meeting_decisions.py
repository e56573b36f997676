"""The question about a decision: a usual one by its number, ready with whose it is and the sum, or free text; votes."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Question
from shg_desk.ui.asked_values import Reads
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import member_name

Templates = tuple[tuple[str, str], ...]
"""Usual decisions to choose from: code and words, in the language of the moment."""


def decision_question(
    words: Words, draft: Draft, at: int | None, reads: Reads, templates: Templates, after: Callable[[], None]
) -> Question:
    """The question; with `at` a decision that stands there is changed, and one left empty is taken away."""
    decisions = draft.state.decisions
    place = len(decisions) if at is None else at
    before = decisions[place] if place < len(decisions) else Decision("")

    def number(value: int | None) -> str:
        return "" if value is None else str(value)

    def fill(template: str) -> str:
        return ready_words(words, draft, template, dict(templates)[template], place)

    def done(values: list[Any]) -> None:
        template, text, votes_for, against, abstained = values
        made = Decision(text, votes_for, against, abstained, template or kept_template)
        draft.change_decision(place, made if made.text else None)
        after()

    known = dict(templates).get(before.template or "", "")
    kept_template = None if known else before.template
    votes = (
        Asked(words._("For"), 60, number(before.votes_for), reads.whole),
        Asked(words._("Against"), 60, number(before.votes_against), reads.whole),
        Asked(words._("Abstained"), 80, number(before.abstained), reads.whole),
    )
    fields = (
        Asked(words._("Usual decision"), 240, known, None, templates, fills=fill),
        Asked(words._("What was decided"), 420, before.text, None, letters=True),
        *votes,
    )
    name = f"decision {before if place < len(decisions) else 'new'}"  # by what it says: its place may be another
    return Question(words._("Decision of the meeting"), fields, done, breaks=(2,), name=name)


def ready_words(words: Words, draft: Draft, template: str, said: str, place: int) -> str:
    """A usual decision ready to be voted on: of what this sheet gives, lets pass or spends, the first that no other
    decision (`place` is its own) names yet; the bare words where there is none.
    """
    others = [one.text for at, one in enumerate(draft.state.decisions) if one.template == template and at != place]
    for fact in _facts(words, draft, template):
        named = next((text for text in others if fact in text), None)
        if named is None:
            return words._("{what}: {name}").format(what=said, name=fact)
        others.remove(named)
    return said


def _facts(words: Words, draft: Draft, template: str) -> Iterator[str]:
    """Whose and how much, of each matter on the sheet that such a decision is about."""
    sheet, ground = draft.sheet(), draft.ground
    shared = alike(ground.members)

    def fact(who: MemberGround | str | None, amount_minor: int) -> str:
        name = member_name(words, who, shared) if isinstance(who, MemberGround) else who or ""
        sum_ = formats.money(words, amount_minor, ground.currency) if amount_minor else ""
        return ", ".join(part for part in (name, sum_) if part)

    if template == "expense-approved":
        for line in sheet.lines:
            if line.kind == "expense":
                yield fact(line.text, line.amount_minor)
    if template == "fine-waived":
        for waived in sheet.waivers:
            yield fact(ground.member(waived.member), ground.rules.fine_minor(waived.why))
    yield from _given(sheet, draft, {"loan-approved": "loan", "grant-approved": "grant"}.get(template, ""), fact)


def _given(
    sheet: Sheet, draft: Draft, kind: str, fact: Callable[[MemberGround | str | None, int], str]
) -> Iterator[str]:
    for row in sheet.rows:
        for out in row.outs:
            if out.kind == kind:
                yield fact(draft.ground.member(row.member), out.amount_minor)
