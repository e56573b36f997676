"""The pages over the open book by the name the window knows them by."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page

MODULES = {
    "today": ("shg_desk.ui.today_page", "TodayPage"),
    "households": ("shg_desk.ui.households_page", "HouseholdsPage"),
}
"""Name of a page to its module and class; a module is loaded when its page is first visited."""


def desk_pages(store: Store, ways: Callable[[Frame], Ways] | None = None) -> dict[str, Callable[[Frame], Page]]:
    """A maker for each page, for `MainWindow(pages=...)`; `ways` says where they lead outside themselves."""

    def maker(module: str, name: str) -> Callable[[Frame], Page]:
        def make(frame: Frame) -> Page:
            made: Page = getattr(import_module(module), name)(frame, store, ways(frame) if ways else None)
            return made

        return make

    return {page: maker(*where) for page, where in MODULES.items()}
