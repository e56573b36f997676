"""The window in the treasurer's hands: one group's sheet and nothing else, until the passphrase is given again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from shg_desk.actions.handing import is_own_passphrase
from shg_desk.i18n.catalog import Words
from shg_desk.ui.hand_strip import HandStrip
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.session import Session

ALLOWED = frozenset({"meeting", "help"})


class HandedOver(QObject):
    """Guards the window's ways while it is handed over; `given_back` is called once it is not any more."""

    def __init__(
        self, window: MainWindow, session: Session, words: Words, group: str, name: str, given_back: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._group, self._given_back = window, session, group, given_back
        self.strip = HandStrip(words, name)
        self.strip.tried.connect(self._try)
        window.foot.addWidget(self.strip)
        window.rail.setEnabled(False)
        window.gate = self.lets
        self._only(group)

    def lets(self, place: str, target: object) -> bool:
        """True where the treasurer may go: her group's sheet, and the help."""
        if place not in ALLOWED:
            return False
        group = target[0] if isinstance(target, tuple) and target else target
        return place == "help" or group is None or group == self._group

    def _only(self, group: str | None) -> None:
        page = self._window.page("meeting")
        if isinstance(page, MeetingPage):
            page.keep_to(group)

    def _try(self, typed: str) -> None:
        self._session.run(lambda desk: is_own_passphrase(desk, typed), self._answered)

    def _answered(self, is_own: bool) -> None:
        if not is_own:
            self.strip.tell_wrong()
            return
        self._window.gate = None
        self._window.rail.setEnabled(True)
        self._only(None)
        self.strip.hide()
        self.strip.deleteLater()
        self._given_back()
        self._window.page().focus_first()
