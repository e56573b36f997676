"""The keys in the hint bar of the meeting page, by what is in sight and has the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import Words
from shg_desk.ui.cause_question import causes_of
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_again import AgainView
from shg_desk.ui.meeting_aloud import ReadAloud
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_menus import fine_here
from shg_desk.ui.meeting_opening import OpeningView
from shg_desk.ui.meeting_rows import FIRST_MONEY
from shg_desk.ui.meeting_rows import MARK
from shg_desk.ui.meeting_rows import NAME
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_words import place_name
from shg_desk.ui.parts.hint_bar import Hint


def hints_of(view: QWidget, words: Words) -> Sequence[Hint]:
    """Four to six keys for the part of the page in sight."""
    w = words
    help_ = Hint(("F1",), w._("help"))
    if isinstance(view, SheetView):
        return (*_sheet(view, w), help_)
    if isinstance(view, AgainView):
        return (Hint(("F10",), w._("write the correction")), Hint(("Esc",), w._("back to the sheet")), help_)
    if isinstance(view, ClosingView):
        enter = w._("go to where it is mended") if view.preview.blocks else w._("close")
        return (Hint(("Enter",), enter), Hint(("Esc",), w._("back to the sheet")), help_)
    if isinstance(view, OpeningView):
        between = Hint(("Ins",), w._("between meetings"))
        count = Hint(("F8",), w._("count the money"))
        drop = (Hint(("Del",), w._("take the begun sheet away")),) if view.can_drop() else ()
        last = (Hint(("F4",), w._("last meeting"), view.ask_last),) if view.has_last() else ()
        go_on = (Hint(("Enter",), w._("go on")), Hint(("↑", "↓"), w._("another group")))
        return (*go_on, *drop, *last, between, count, help_)
    if isinstance(view, ReadAloud):
        print_ = Hint(("Ctrl", "P"), w._("print"))
        before = Hint(("←",), w._("the one before"))
        return (Hint(("Space",), w._("next member")), before, print_, Hint(("Esc",), w._("back")))
    if isinstance(view, AfterView):
        minutes = Hint(("Ctrl", "P"), w._("print the minutes"), view.minutes_asked.emit)
        correct = (Hint(("F2",), w._("correct this meeting"), view.correct_asked.emit),) if view.can_correct else ()
        choice, done = Hint(("Tab",), w._("next choice")), Hint(("Esc",), w._("done"), view.done_asked.emit)
        photo = (Hint(("F4",), w._("photo of the sheet"), view.photos_asked.emit),) if view.can_photograph else ()
        return (Hint(("Enter",), w._("read aloud")), minutes, *correct, *photo, choice, done, help_)
    return (Hint(("Esc",), w._("back")), Hint(("Ctrl", "P"), w._("print")), help_)


def _sheet(view: SheetView, w: Words) -> tuple[Hint, ...]:
    undo = Hint(("Ctrl", "Z"), w._("take back"))
    area = Hint(("F6",), w._("next area"))
    if view.panel.has_cursor() and (opens := view.panel.digits()):
        return (Hint((opens,), w._("open")), Hint(("↑", "↓"), w._("choose")), Hint(("Esc",), w._("back")))
    if view.panel.has_cursor():
        back = Hint(("Esc",), w._("back"))
        if view.panel.enter_writes():
            return (Hint(("Enter",), w._("write it")), back)
        return (Hint(("Enter",), w._("go on")), Hint(("F10",), w._("write it")), back)
    if view.side.count.has_cursor():
        one_sum = view.side.count.by_total
        skip = () if one_sum else (Hint(("↓",), w._("skip")),)
        return (
            Hint(("Enter",), w._("take the sum") if one_sum else w._("next note")),
            *(_causes(view, w) or skip),
            *_next_bag(view, w),
            Hint(("+",), w._("note by note") if one_sum else w._("one sum")),
            Hint(("F10",), w._("close")),
            area,
        )
    if view.table.foot.hasFocus():
        return (
            Hint(("Enter",), w._("change")),
            Hint(("Del",), w._("take away")),
            Hint(("Ins",), w._("add")),
            area,
            undo,
        )
    if view.strip.add.hasFocus() or view.strip.about.hasFocus():
        add, closes = Hint(("Ins",), w._("add")), Hint(("F10",), w._("close"))
        return (Hint(("Enter",), w._("press the button")), add, area, undo, closes)
    column = view.table.view.currentIndex().column()
    if view.draft.was is not None:
        marks = Hint(("Alt", "1–5"), w._("attendance"))
        written = Hint(("F10",), w._("what will be written"))
        count = Hint(("F8",), w._("count again"))
        change, add = (*_fine(view, w), Hint(("F2",), w._("change"))), Hint(("Ins",), w._("add"))
        return (*change, marks, add, count, area, undo, written)
    if column <= NAME:
        to, print_ = Hint(("1–9",), w._("to a number")), Hint(("Ctrl", "P"), w._("print"))
        return (to, Hint(("Space",), w._("confirm the row")), _next_row(w), area, undo, print_)
    if column == MARK:
        marks = Hint(("1–5",), w._("present, late, excused, absent, represented"))
        return (marks, Hint(("Space",), w._("confirm the row")), undo)
    shown = view.draft.columns
    here = shown[column - FIRST_MONEY] if 0 <= column - FIRST_MONEY < len(shown) else None
    if here is not None and here.kind == "fine":
        special = _fine(view, w)
    elif here is not None and here.kind == "loan":
        special = [Hint(("F2",), w._("terms"))]
    else:
        special = []
    return (
        Hint(("Enter",), w._("confirm, next")),
        *special,
        *_causes(view, w),
        Hint(("Space",), w._("confirm the row")),
        Hint(("Alt", "1–5"), w._("attendance")),
        _next_row(w),
        undo,
    )


def _fine(view: SheetView, w: Words) -> list[Hint]:
    """On a fine that is proposed or written: how it is let pass, and how that is taken back."""
    if (line := fine_here(view)) is None:
        return []
    left = view.draft.figures.fines(view.draft.lines[line].member)
    return [Hint(("F7",), w._("let the fine pass") if left else w._("take back"))]


def _next_bag(view: SheetView, w: Words) -> tuple[Hint, ...]:
    """Where the group counts bags apart: the place that F8 counts next."""
    places = view.draft.places_counted()
    if len(places) < 2:
        return ()
    following = places[(places.index(view.draft.place) + 1) % len(places)]
    name = place_name(w, following, view.draft.ground.place_names)
    return (Hint(("F8",), w._("next: {place}").format(place=name), view.count),)


def _causes(view: SheetView, w: Words) -> tuple[Hint, ...]:
    """Where a difference without a name has likely causes: the list of them."""
    return (Hint(("Shift", "F7"), w._("likely causes"), view.ask_cause),) if causes_of(view.draft, 1) else ()


def _next_row(w: Words) -> Hint:
    return Hint(("F3",), w._("row not done"))
