"""The pages there are, by name: which stand on the rail, in which order, for whom, and where each is to be found.

A page is on the rail once its module exists. The rail's places keep their numbers (`keys.place_caps`) whether those
before them are there or not. A page class is made with the frame and the session of the open book; a module whose page
takes something else (verbs) has a function `make_page(frame, session)`.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.ui.main_window import Place
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.session import Session

Maker = Callable[[Frame, Session], Page]
NOT_ON_THE_RAIL = Marked("")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: name, icon and word on the rail, `module` and `name` of its class, and whether an office or desk has it.

    Without a word it stands on no rail and is reached from another page.
    """

    key: str
    module: str
    name: str
    icon: str = ""
    words: Marked = NOT_ON_THE_RAIL
    desk: bool = True
    office: bool = True


def _rail(key: str, icon: str, words: Marked, *, desk: bool = True, office: bool = True) -> PageEntry:
    """A place of the rail by the house's custom: `today` is `TodayPage` in `today_page`."""
    return PageEntry(key, f"shg_desk.ui.{key}_page", f"{key.capitalize()}Page", icon, words, desk, office)


TODAY = _rail("today", "today", N_("Today"))
OFFICE_PLACES = (
    _rail("inbox", "inbox", N_("Inbox"), desk=False),
    _rail("differences", "differences", N_("Differences"), desk=False),
    _rail("indicators", "target", N_("Indicators"), desk=False),
)
PLACES = (
    _rail("households", "house", N_("Households")),
    _rail("groups", "people", N_("Groups")),
    PageEntry("meeting", "shg_desk.ui.meeting_wiring", "MeetingPage", "sheet", N_("Meeting"), office=False),
    _rail("ledger", "book", N_("Ledger")),
    _rail("loans", "coins", N_("Loans")),
    _rail("services", "signpost", N_("Services")),
    _rail("reports", "chart", N_("Reports")),
    _rail("exchange", "exchange", N_("Exchange")),
)
SETTINGS = _rail("settings", "sliders", N_("Settings"))
INNER = tuple(
    PageEntry(key, f"shg_desk.ui.{key}_page", "".join(part.capitalize() for part in key.split("_")) + "Page")
    for key in (
        "member",
        "household",
        "loan",
        "group",
        "rules",
        "correction",
        "find",
        "help",
        "join",
        "handover",
        "recovery",
        "interview",
        "import",
        "minutes",
        "lessons",
        "between",
        "count",
        "photos",
        "death",
        "share_out",
    )
)
"""Pages reached from others: `frame.go("member", membership_id)`; each is `<Key>Page` in `<key>_page`."""


@cache
def exists(page: PageEntry) -> bool:
    """True where the page's module is part of this program."""
    return find_spec(page.module) is not None


def rail_of(*, office: bool) -> list[Place]:
    """The places of the rail for a desk or an office, in order, with the numbers of their keys."""
    order = (TODAY, *OFFICE_PLACES, *PLACES) if office else (TODAY, *PLACES)
    wanted = [page for page in order if (page.office if office else page.desk)]
    there = [(number, page) for number, page in enumerate(wanted, start=1) if exists(page)]
    last_own = max((n for n, page in there if page in OFFICE_PLACES), default=0)
    return [
        *(Place(page.key, page.icon, page.words, rule_after=n == last_own, number=n) for n, page in there),
        *([Place(SETTINGS.key, SETTINGS.icon, SETTINGS.words, foot=True)] if exists(SETTINGS) else []),
    ]


def makers(session: Session, extra: Mapping[str, Maker] | None = None) -> dict[str, Callable[[Frame], Page]]:
    """What makes each page that exists, by name; modules are loaded on the first visit. `extra` adds or replaces."""
    found = {
        page.key: _maker(page, session) for page in (TODAY, *OFFICE_PLACES, *PLACES, SETTINGS, *INNER) if exists(page)
    }
    for key, maker in (extra or {}).items():
        found[key] = lambda frame, made=maker: made(frame, session)  # type: ignore[misc]
    return found


def _maker(page: PageEntry, session: Session) -> Callable[[Frame], Page]:
    def make(frame: Frame) -> Page:
        module = import_module(page.module)
        maker: Maker = getattr(module, "make_page", None) or getattr(module, page.name)
        return maker(frame, session)

    return make
