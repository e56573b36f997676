"""A page: what stands between header and hint bar, and what the frame offers it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Scroll
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.hint_bar import Hint


def saved_words(words: Words, at: datetime | None) -> str:
    """What the hint bar says of the last writing."""
    return words._("All is saved") if at is None else words._("Saved {time}").format(time=formats.time_of_day(at))


def unsaved_words(words: Words) -> str:
    """What it says instead while something typed is written nowhere."""
    return words._("Not written down yet")


class Frame(Protocol):
    """What a page may ask of the window around it. Tests pass a fake."""

    @property
    def words(self) -> Words:
        """The words of the language in force."""
        ...

    def go(self, place: str, target: object = None) -> None:
        """Show another page; `target` is handed to its `open`. Alt+Left comes back."""
        ...

    def back(self) -> None:
        """Show the page before."""
        ...

    def toast(
        self, words: str, undo: Callable[[], None] | None = None, *, here: bool = False, done: bool = True
    ) -> None:
        """Tell for six seconds what has happened; never for trouble. `here`: it goes when this page is left.

        The tick stands before what is `done` and asks for nothing more.
        """
        ...

    def saved(self, at: datetime | None) -> None:
        """When something was kept or written last; it stands at the right of the hint bar. None: nothing was yet."""
        ...

    def tell(self, changes: Collection[str]) -> None:
        """Something was written: every page made so far gets `refresh(changes)`."""
        ...

    def set_badge(self, place: str, count: int) -> None:
        """How many things wait at a place of the rail."""
        ...


class Page(QWidget):
    """Base of every page. Build the widgets in `__init__` without words, set all words in `retranslate`.

    The frame calls `open` on every visit, `retranslate` after a change of language, `refresh` after something was
    written, `on_key` for keys nobody in the page has used. Emit `reworded` when title, sentence, controls or hints
    have changed.

    Never `setVisible(True)` on a part that stands in a layout without a widget yet: it becomes a window of its own for
    a moment and takes the focus with it.
    """

    reworded = Signal()
    place = ""
    """The place of the rail this page belongs to; empty means: its own name."""
    on_the_way = False
    """A page looked into on the way: the one before is not left by it, and stands as it was for who comes back."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def title(self) -> str:
        """Says the thing: `Ырыс, 37-чогулуш`."""
        return ""

    def sentence(self) -> str:
        """Says where and when."""
        return ""

    def before_title(self) -> QWidget | None:
        """Something before the title, such as `header.Initials`."""
        return None

    def controls(self) -> Sequence[QWidget]:
        """At most three widgets at the right of the header; the same objects every time."""
        return ()

    def hints(self) -> Sequence[Hint]:
        """Four to six keys that are true at this moment."""
        return ()

    def open(self, target: object = None) -> None:
        """The page is visited, for `target` if it shows one thing of many."""

    def come_back(self, target: object = None) -> None:
        """The page is come back to, for what it was opened for then: most read it anew. Nothing is begun by it."""
        self.open(target)

    def whole_width(self) -> int:
        """Screen pixels the page needs to be seen whole; the rail gives way where it must. 0: whatever there is."""
        return 0

    def leave(self) -> bool:
        """The page is left; False keeps the person here (it must then say why)."""
        return True

    def holds_typing(self) -> bool:
        """True while what was typed in sight is written nowhere: it would not outlive the program."""
        return False

    def retranslate(self) -> None:
        """Set every word anew from `self.frame.words`."""

    def refresh(self, changes: Collection[str]) -> None:
        """Something was written; read again what the page shows of it. Empty `changes` means everything."""

    def focus_first(self) -> None:
        """Put the cursor where work begins; without an answer the title has it."""

    def focus_find(self) -> None:
        """Ctrl+F: put the cursor into the find field, if the page has one of its own."""

    def help_topic(self) -> str:
        """The help page F1 opens: that of the place the page belongs to."""
        return self.place or type(self).__name__.removesuffix("Page").lower()

    def on_key(self, event: QKeyEvent) -> bool:
        """A key that no part of the page has used; True when the page has used it."""
        del event
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.on_key(event):
            event.accept()
        else:
            event.ignore()


class PageHolder(Scroll):
    """Lets a page scroll down where the window is too low for it (large type); no page is ever squeezed."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        set_width(page, 0, tokens.BODY_MAX)
