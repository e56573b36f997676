"""The office's book on the screen, with two laptops behind it that share a group."""

from __future__ import annotations

from pathlib import Path

from open_books import OpenBook

from shg_desk.actions.desk import Desk
from shg_desk.ui.differences_page import DifferencesPage

from three_desks import Three  # isort: skip
from three_desks import made_three  # isort: skip
from three_desks import trip  # isort: skip

__all__ = ["Three", "closed", "made_three", "opened", "trip"]


def closed(*desks: Desk) -> None:
    for desk in desks:
        desk.close()


def opened(person: OpenBook, folder: Path) -> DifferencesPage:
    """The differences of the office's book."""
    person.open(folder / "office.shgbook")
    person.go("differences")
    page = person.window.page()
    assert isinstance(page, DifferencesPage)
    return page
