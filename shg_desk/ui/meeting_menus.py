"""The numbered choices of the sheet: what can be added under the table, and what belongs to the meeting as a whole."""

from __future__ import annotations

from functools import partial
from typing import Any
from typing import Protocol

from PySide6.QtCore import Qt

from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Make
from shg_desk.ui.asked import Question
from shg_desk.ui.meeting_questions import Questions
from shg_desk.ui.meeting_rows import NAME
from shg_desk.ui.meeting_side import nothing_to_name
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import column_name
from shg_desk.ui.meeting_words import member_name


class Asks(Protocol):
    """What the choices need of the sheet."""

    draft: Draft
    words: Words
    questions: Questions
    day_asked: Any
    hand_asked: Any
    table: Any
    side: Any
    strip: Any

    def here(self) -> Place | None: ...
    def go_to(self, place: Place | None) -> None: ...
    def changed(self) -> None: ...
    def ask(self, make: Make) -> None: ...
    def count(self) -> None: ...
    def next_area(self) -> None: ...


def lead_to(sheet: Asks, where: object) -> None:
    """Go to where a problem is mended: a cell, a line under the table ("line", its number), an area."""
    if isinstance(where, Place):
        sheet.go_to(where)
    elif isinstance(where, tuple):
        sheet.table.foot.setFocus(Qt.FocusReason.OtherFocusReason)
        sheet.table.foot.put_cursor(1 + where[1], NAME)
    elif where == "date":
        sheet.ask(partial(sheet.questions.day, sheet.day_asked.emit))
    elif where == "difference":
        name_difference(sheet)
    elif where == "count":
        sheet.count()
    elif where in ("held", "reason"):
        sheet.ask(sheet.questions.not_held)
    elif where in ("line", "decisions"):
        sheet.next_area()


def about_question(sheet: Asks) -> Question:
    """What belongs to the meeting as a whole, its agenda over it."""
    w, state = sheet.words, sheet.draft.state
    choices = [
        ("next", w._("Next meeting")),
        ("held", w._("Not held") if state.held else w._("Held after all")),
        ("day", w._("Another date")),
        ("number", w._("Number of the meeting")),
        ("paper", w._("Typed at the meeting") if state.from_paper else w._("Copied from the paper book")),
        ("hand", w._("Hand to the treasurer")),
    ]
    if not sheet.draft.ground.is_keeper:
        choices.append(("opening", w._("Count of the box before the meeting")))

    def chosen(values: list[str | None]) -> None:
        questions: dict[str | None, Make] = {
            "next": sheet.questions.next_meeting,
            "held": sheet.questions.not_held,
            "day": partial(sheet.questions.day, sheet.day_asked.emit),
            "number": sheet.questions.number,
            "opening": sheet.questions.opening,
        }
        if values[0] == "held" and not state.held:
            sheet.draft.set_held(held=True)
            sheet.changed()
        elif values[0] == "hand":
            sheet.hand_asked.emit()
        elif values[0] == "paper":
            sheet.draft.set_from_paper(from_paper=not state.from_paper)
            sheet.changed()
        elif values[0] in questions:
            sheet.ask(questions[values[0]])

    asked = Asked(w._("The digit before it opens it"), 240, "", None, tuple(choices))
    points = sheet.questions.offered.agenda(sheet.draft.ground)
    agenda = w._("{what}: {name}").format(what=w._("Agenda"), name=ledger_words.listed(points)) if points else ""
    return Question(w._("About this meeting"), (asked,), chosen, said=agenda)


def add_question(sheet: Asks) -> Question:
    """Which line of the group, a decision, or another column for the member under the cursor."""
    w, here = sheet.words, sheet.here()
    choices = [(kind, w.say(name)) for kind, name in LINES.items() if kind != SETTLEMENT]
    choices.append(("decision", w._("Decision")))
    if here is not None:
        name = member_name(w, sheet.draft.lines[here.line].member, alike(sheet.draft.figures.members))
        choices.append(("column", w._("Other money of {name}").format(name=name)))
    if sheet.draft.ground.open_difference_minor:  # last, so that the other numbers are always the same
        choices.append((SETTLEMENT, w.say(LINES[SETTLEMENT])))

    def chosen(values: list[str | None]) -> None:
        kind = values[0]
        if kind == "decision":
            sheet.ask(sheet.questions.decision)
        elif kind == "column" and here is not None:
            if len(sheet.draft.columns) < len(sheet.draft.figures.every_column):
                sheet.ask(partial(_column_question, sheet, here))
        elif kind is not None:
            sheet.ask(partial(sheet.questions.line, kind))

    asked = Asked(w._("The digit before it opens it"), 240, "", None, tuple(choices))
    return Question(w._("Add under the table"), (asked,), chosen)


def _column_question(sheet: Asks, here: Place) -> Question:
    """Which of the columns that are not on the sheet is shown for the member under the cursor."""
    w, draft = sheet.words, sheet.draft
    rare = tuple((c.key, column_name(w, c)) for c in draft.figures.every_column if c not in draft.columns)

    def chosen(values: list[str | None]) -> None:
        if values[0] is not None:
            draft.show_column(values[0])
            sheet.changed()
            sheet.go_to(Place(here.line, values[0]))

    asked = Asked(w._("The digit before it opens it"), 240, "", None, rare)
    return Question(w._("Which column?"), (asked,), chosen)


def name_difference(sheet: Asks) -> None:
    """Asks what the difference is; where there is none any more, the name given before is taken back."""
    draft = sheet.draft
    if not sheet.side.count.take_typed() or draft.was is not None:
        return
    if draft.cash().difference_minor:
        sheet.ask(sheet.questions.difference)
    elif draft.named is None:
        sheet.strip.tell(nothing_to_name(draft, sheet.words))
    else:
        sheet.questions.naming.unname()
        sheet.changed()


def fine_here(sheet: Asks) -> int | None:
    """The line whose fine F7 is about: one that is asked or was let pass, where the cursor is in its cell."""
    here = sheet.here()
    if here is None or here.column != "fine" or not sheet.table.view.hasFocus():
        return None
    member = sheet.draft.lines[here.line].member
    asked = sheet.draft.figures.fines(member) or sheet.draft.state.row(member.id).waived is not None
    return here.line if asked else None


def ask_fine(sheet: Asks, line: int) -> None:
    """Lets a fine pass, or takes that back."""
    draft, member = sheet.draft, sheet.draft.lines[line].member
    row, left = draft.state.row(member.id), draft.figures.fines(member)
    if not left:
        draft.waive(line, None)
        sheet.changed()
    elif len(left) == 1 and row.waived is None:
        sheet.ask(partial(sheet.questions.waive, line))
    else:
        sheet.ask(partial(_which_fine, sheet, line))


def _which_fine(sheet: Asks, line: int) -> Question:
    """Each of several fines passes by itself; those that passed before stay so, or are asked again."""
    w, draft = sheet.words, sheet.draft
    member = draft.lines[line].member
    row, left = draft.state.row(member.id), draft.figures.fines(member)
    choices = [
        (fine.why, w._("{what}, {detail}").format(
            what=ledger_words.why(w, fine.why), detail=formats.money(w, fine.amount_minor, draft.ground.currency)
        ))
        for fine in left
    ]  # fmt: skip
    choices.append(("all", w._("all of them")))
    if row.waived is not None:
        choices.append(("none", w._("take back what was let pass")))

    def chosen(values: list[str | None]) -> None:
        if values[0] == "none":
            draft.waive(line, None)
            sheet.changed()
        elif values[0] == "all":
            sheet.ask(partial(sheet.questions.waive, line))
        elif values[0] is not None:
            sheet.ask(partial(sheet.questions.waive, line, (*row.waived_only, values[0])))

    asked = Asked(w._("The digit before it opens it"), 240, "", None, tuple(choices))
    return Question(w._("Which fine of № {number} is let pass?").format(number=member.number), (asked,), chosen)
