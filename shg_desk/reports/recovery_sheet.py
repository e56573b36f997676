"""The recovery sheet: the code that opens a book whose passphrase is lost, large enough to be copied by hand."""

from __future__ import annotations

from shg_desk.i18n.catalog import Words
from shg_desk.reports.frame import Frame
from shg_desk.reports.page import MM
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.typeface import BOLD

CODE_SIZE = 30.0


def recovery_sheet(code: str, book_name: str, words: Words, printed: Printed, *, office_key: str = "") -> Paper:
    """One page with the code (groups of letters with hyphens between) and what to do with it.

    An office's sheet also has the key that opens the books of its laptops.
    """
    title = words._("Recovery sheet")
    frame = Frame(words, printed, title=title, running=title)
    frame.title(title, words._("Book: {name}").format(name=book_name))
    frame.text(words._("This code opens the book when the passphrase is forgotten. Who has it can read everything."))
    frame.space(10)
    _code(frame, code)
    frame.space(10)
    frame.text(
        words._("Letters and figures only of this kind: there is no O, I, L and U. 0 is always zero, 1 is always one."),
        10,
    )
    if office_key:
        frame.heading(words._("Key to the books of the laptops"))
        frame.text(words._("With it the office opens the book of a laptop whose passphrases are lost."), 10)
        frame.text(" ".join(office_key[i : i + 12] for i in range(0, len(office_key), 12)), 12)
    frame.heading(words._("What to do with this sheet"))
    for number, step in enumerate(
        (
            words._("Put it in an envelope, close it, and sign across the flap."),
            words._("Keep it in another house than the laptop: with the leader, or in the office."),
            words._("Take no photo of it and send it to nobody."),
            words._("If it is lost or somebody has read it, make a new one: the old code then opens nothing."),
        ),
        start=1,
    ):
        frame.text(f"{number}.  {step}", 12, indent=8)
    spelling = words._("Type the code. Spaces, hyphens and small letters do not matter.")
    if office_key:
        spelling = words._("Type the code, or the key of an office. Spaces, hyphens and small letters do not matter.")
    frame.heading(words._("How the book is opened with it"))
    for number, step in enumerate(
        (
            words._("Start the program and choose the book."),
            words._("Choose “Recovery sheet” beside “Open”."),
            spelling,
            words._("Choose a new passphrase. Nothing in the book changes."),
        ),
        start=1,
    ):
        frame.text(f"{number}.  {step}", 12, indent=8)
    frame.space(14)
    frame.signatures((words._("Printed and handed over by"), words._("Kept by")))
    return frame.finish()


def _code(frame: Frame, code: str) -> None:
    """The groups of the code four to a row, each in a box of its own with its place under it."""
    groups = code.split("-")
    per_row = 4
    width = frame.width / per_row
    height = 22 * MM
    for start in range(0, len(groups), per_row):
        frame.need(height)
        for place, group in enumerate(groups[start : start + per_row]):
            x = frame.left + place * width
            frame.pages.box(x + 3, frame.y, width - 6, height - 6)
            frame.pages.text(x + 3, frame.y + 34, group, CODE_SIZE, BOLD, align=Align.CENTRE, width=width - 6)
            frame.pages.text(
                x + 3, frame.y + height - 10, str(start + place + 1), 8, align=Align.CENTRE, width=width - 6
            )
        frame.y += height
