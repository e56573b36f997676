"""How pages are left and come back to; the page under help is not left, and its cursor stays where it was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.ui.page import Page
from shg_desk.ui.parts.focus import alive

_OTHER = Qt.FocusReason.OtherFocusReason


class Visits:
    """Knows the page under help, which is left only when help is gone on from, and where its cursor was."""

    def __init__(self) -> None:
        self._under: Page | None = None
        self._cursor: QWidget | None = None

    def stands(self, page: Page, *, back: bool) -> bool:
        """True where a page is come back to that was never left: nothing of it is opened anew."""
        return back and page is self._under

    def leave(self, before: Page | None, page: Page | None, *, back: bool = False) -> bool:
        """Go from a page to another one, or out of the window; False where it, or one under it, will not be left."""
        if before is None or before is page:
            return True
        if page is not None and page.on_the_way:
            focus = QApplication.focusWidget()
            self._under, self._cursor = before, focus if focus is not None and before.isAncestorOf(focus) else None
        elif page is None or not self.stands(page, back=back):
            if not before.leave() or (self._under is not None and not self._under.leave()):
                return False
            self._under = None
        return True

    def arrive(self, page: Page, otherwise: QWidget) -> None:
        """In a page just shown: the cursor where it was, if it was not left, else where work begins, or `otherwise`."""
        last = self._cursor if page is self._under else None
        if not page.on_the_way:
            self._under = self._cursor = None
        if last is not None and alive(last) and page.isAncestorOf(last) and last.isVisible():
            last.setFocus(_OTHER)
        else:
            page.focus_first()
        focus = QApplication.focusWidget()
        if focus is None or not (page.isAncestorOf(focus) or focus in page.controls()):
            otherwise.setFocus(_OTHER)
