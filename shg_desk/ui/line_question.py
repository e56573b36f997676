"""The question of a line of the group's own under the table: how much, from which place to which, what for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shg_desk.domain.group_places import offered
from shg_desk.domain.money import major
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n.catalog import Words
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Make
from shg_desk.ui.asked import Question
from shg_desk.ui.asked_values import Reads
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.place_choices import is_unnamed_keeper
from shg_desk.ui.place_choices import keeper_question
from shg_desk.ui.place_choices import place_choices

Ask = Callable[[Make], None]


def line_question(
    words: Words, draft: Draft, kind: str, at: int | None, reads: Reads, after: Callable[[], None], ask: Ask | None
) -> Question:
    """The question; with `at` a line that stands there is changed. Who keeps money is asked behind it, by `ask`."""
    ground = draft.ground
    before = draft.state.lines[at] if at is not None else GroupLine(kind, 0)

    def done(values: list[Any]) -> None:
        line = replace(before, amount_minor=values[0])
        if kind == "transfer":
            target = values[2] or second_place(ground)
            line = replace(line, source=values[1] or "box", target=target, text=values[3] or None)
        elif kind == "lender-repayment":
            line = replace(line, place=values[1] or "box", lender_loan=values[2] or None, interest_minor=values[3])
        else:
            line = replace(line, place=values[1] or "box", text=values[2] or None)
        write(line)

    def write(line: GroupLine) -> None:
        """Where money goes into a person's keeping, or comes from there, she is asked for before the line stands."""
        names = ("source", "target") if kind == "transfer" else ("place",)
        unnamed = next((name for name in names if is_unnamed_keeper(getattr(line, name))), None)
        if unnamed is not None and ask is not None:
            ask(lambda: keeper_question(words, ground, reads, lambda place: stand(_at(line, unnamed, place))))
        else:
            stand(line)

    def stand(line: GroupLine) -> None:
        if at is None:
            draft.add_line(line)
        else:
            draft.change_line(at, line)
        after()

    name = f"line {kind} {before if at is not None else 'new'}"
    return Question(words.say(LINES[kind]), tuple(_fields(words, draft, before, reads)), done, name=name)


def _at(line: GroupLine, name: str, place: str) -> GroupLine:
    changes: dict[str, Any] = {name: place}
    return replace(line, **changes)


def _fields(words: Words, draft: Draft, before: GroupLine, reads: Reads) -> list[Asked]:
    w, ground, kind = words, draft.ground, before.kind
    digits = ground.currency.minor_digits
    amount = major(before.amount_minor, digits) if before.amount_minor else ""
    fields = [Asked(w._("Amount"), 120, amount, reads.amount)]
    places = place_choices(w, ground, before.source, before.target, before.place)
    shown = dict(places)
    if kind == "transfer":
        fields.append(Asked(w._("From"), 180, shown.get(before.source or "box", ""), None, places))
        fields.append(Asked(w._("To"), 180, shown.get(before.target or second_place(ground), ""), None, places))
    else:
        fields.append(Asked(w._("Place"), 180, shown.get(before.place, ""), None, places))
    if kind == "lender-repayment":
        codes = tuple((code, code) for code in sorted(ground.lenders_minor))
        fields.append(Asked(w._("Loan of the lender"), 120, before.lender_loan or "", None, codes))
        interest = major(before.interest_minor, digits) if before.interest_minor else "0"
        fields.append(Asked(w._("of it interest"), 100, interest, reads.part))
    else:
        fields.append(Asked(w._("What for"), 260, before.text or "", None, letters=True))
    return fields


def second_place(ground: Ground) -> str:
    """Where money is moved to from the box unless another place is said: the bank, else the group's next place."""
    codes = offered(ground.places, ground.places_minor)
    return next((code for code in codes if code.startswith("bank")), codes[1] if len(codes) > 1 else "bank")
