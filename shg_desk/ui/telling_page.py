"""Base of the pages that say above everything else what has just been done, or why it was not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout

from shg_desk.domain.problems import Problem
from shg_desk.i18n.messages import sentence
from shg_desk.ui.book_page import BookPage
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.card import Tone
from shg_desk.ui.session import Session


class TellingPage(BookPage):
    """A page with a banner of every tone, of which at most one is seen: what was said last, until the next thing."""

    def __init__(self, frame: Frame, session: Session, *, large: bool = False) -> None:
        super().__init__(frame, session)
        tones: tuple[Tone, ...] = ("done", "info", "warning", "wrong")
        self.banners = {tone: Banner(tone, large=large) for tone in tones}

    def add_banners(self, column: QBoxLayout) -> None:
        """Puts them, out of sight, where they are to stand."""
        for banner in self.banners.values():
            banner.hide()
            column.addWidget(banner)

    def tell(self, tone: Tone, title: str, below: str = "") -> None:
        """What has just been done, or is asked once more."""
        for one, banner in self.banners.items():
            banner.setVisible(one == tone)
        self.banners[tone].tell(title, below)

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        """Why it was not done; of long work that was stopped there is none."""
        told = [sentence(self.frame.words, one) for one in problems]
        if told:
            self.tell("wrong", told[0], "\n".join(told[1:]))
        else:
            self.tell("info", self.frame.words._("Stopped. What was done before stays; begin again for the rest."))
