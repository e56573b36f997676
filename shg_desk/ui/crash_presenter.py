"""Takes what nobody foresaw, in both threads; the dialog that shows it is loaded when there is something to show."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import Words

if TYPE_CHECKING:
    from shg_desk.ui.crash_dialog import CrashDialog


def report_text(bug: BaseException, version: str) -> str:
    """What is copied: version, platform and where in the program it happened; no content of the book."""
    where = [
        f"{frame.name} {frame.filename.replace(chr(92), '/').rsplit('/', 2)[-1]}:{frame.lineno}"
        for frame in traceback.extract_tb(bug.__traceback__)
    ]
    return "\n".join([f"SHG Desk {version}, {sys.platform}", type(bug).__name__, *where])


class CrashPresenter:
    """Takes every unforeseen exception of both threads: keeps it (`keep`, a log) and shows each kind once."""

    def __init__(self, words: Words, version: str, keep: Callable[[str], None], parent: QWidget | None = None) -> None:
        self._words, self._version, self._keep, self._parent = words, version, keep, parent
        self._shown: set[str] = set()
        self.dialog: CrashDialog | None = None

    def __call__(self, bug: BaseException) -> None:
        """Keep and show it."""
        report = report_text(bug, self._version)
        self._keep("".join(traceback.format_exception(bug)))
        if report in self._shown:
            return
        self._shown.add(report)
        from shg_desk.ui.crash_dialog import CrashDialog

        self.dialog = CrashDialog(self._words, report, self._parent)
        self.dialog.open()

    def install(self) -> None:
        """Take the exceptions of the window's thread too."""

        def hook(_kind: type[BaseException], bug: BaseException, _where: TracebackType | None) -> None:
            self(bug)

        sys.excepthook = hook
