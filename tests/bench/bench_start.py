"""From the start to a usable window beside a bare PySide6 window, what is not loaded by then, and memory.

`python tests/bench/bench_start.py FOLDER [--rounds N] [--entries N]`. The window is usable when it is painted and its
first page shows its rows. The book's passphrase is cheap to check and its checking is taken off.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from measuring import Figure
from measuring import child
from measuring import median
from measuring import report
from measuring import resident_mib
from measuring import shown

HEAVY = (
    "numpy", "reportlab", "openpyxl", "pyxform", "python_calamine", "sqlite_utils", "babel", "lzma", "PIL", "minisign",
    "click", "fontpkg",
)  # fmt: skip
NEVER_AT_START = {"numpy", "reportlab", "openpyxl", "pyxform", "python_calamine", "babel", "PIL"}
GROUPS_SCROLLED = 40
QUIET_LOOKS = 8
"""Tenths of a second without work after which the start is over."""


def bare() -> None:
    """Child: a window of PySide6 with a label."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from PySide6.QtWidgets import QLabel
    from PySide6.QtWidgets import QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("SHG"))
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(0, application.quit)
    application.exec()
    report({"cpu": time.process_time(), "memory": resident_mib()})
    sys.stdout.flush()
    os._exit(0)


def ours(book: str, scroll: str) -> None:
    """Child: the program as `python -m shg_desk --book BOOK` starts it, until its first page has its rows and keys.

    Then it is left alone until all it had to do is done (sums expected, late loans, badges), which is told apart.
    """
    from measuring import PASSPHRASE

    from shg_desk.ui.plain_import import restore

    restore()  # as `shg_desk.__main__` does
    from shg_desk.sync import keyslots
    from shg_desk.ui import app
    from shg_desk.ui import today_page

    os.environ[app.PASSPHRASE] = PASSPHRASE
    unlocking = [0.0]
    unlock = keyslots.unlock
    found: dict[str, object] = {}

    def counted(*given: object) -> object:
        before = time.thread_time()
        try:
            return unlock(*given)  # type: ignore[arg-type]
        finally:
            unlocking[0] += time.thread_time() - before

    keyslots.unlock = counted  # type: ignore[assignment]
    started, show = app.Desktop.start, today_page.TodayPage._show

    def shown(page: today_page.TodayPage, view: object) -> None:
        show(page, view)  # type: ignore[arg-type]
        if not found:
            page.window().repaint()
            found.update(
                cpu=time.process_time() - unlocking[0],
                unlock=unlocking[0],
                memory=resident_mib(),
                modules=len(sys.modules),
                loaded=[name for name in HEAVY if name in sys.modules],
            )

    def start(desktop: app.Desktop, *given: object) -> None:
        from PySide6.QtCore import QTimer

        started(desktop, *given)  # type: ignore[arg-type]
        watch = QTimer(desktop)
        watch.timeout.connect(lambda: look(desktop))
        watch.start(100)

    quiet = [0]

    def look(desktop: app.Desktop) -> None:
        quiet[0] = 0 if not found or desktop.runner.busy() else quiet[0] + 1
        if quiet[0] < QUIET_LOOKS:
            return
        found["quiet"] = time.process_time() - unlocking[0]
        if scroll == "scroll":
            found.update(scrolled(desktop))
        report(found)
        sys.stdout.flush()
        os._exit(0)

    app.Desktop.start, today_page.TodayPage._show = start, shown  # type: ignore[method-assign,assignment]
    app.open_window(["--book", book])


def scrolled(desktop: object) -> dict[str, object]:
    """The ledger page of one group after another, each scrolled from the top to the end."""
    from PySide6.QtWidgets import QApplication

    from shg_desk.store.groups import groups

    work, runner = desktop.work, desktop.runner  # type: ignore[attr-defined]
    known: list[str] = []
    runner.run(lambda desk: [group.id for group in groups(desk.book)], known.extend)

    def settle() -> None:
        while True:
            QApplication.processEvents()
            if not runner.busy():
                break
            time.sleep(0.001)

    settle()
    settle()
    rows = 0
    for group in known[:GROUPS_SCROLLED]:
        work.window.go("ledger", group)
        settle()
        bars = [bar for bar in _bars(work.window) if bar.maximum() > 0]
        for bar in bars:
            for value in range(0, bar.maximum() + 1, max(1, bar.pageStep())):
                bar.setValue(value)
                settle()
            rows += bar.maximum()
    return {"after": resident_mib(), "groups": len(known[:GROUPS_SCROLLED]), "scrolled": rows}


def _bars(window: object) -> list[object]:
    from PySide6.QtWidgets import QAbstractItemView

    views = window.findChildren(QAbstractItemView)  # type: ignore[attr-defined]
    return [view.verticalScrollBar() for view in views if view.isVisible()]


def figures(book: Path, entries: int, rounds: int = 5) -> list[Figure]:
    """Start and memory of the desk on a book."""
    script = Path(__file__)
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "APPDATA": home}
        # the first one writes bytecode, and works out once what needs a person
        begun = [child(script, "--child", "ours", book, "-", env=env)]
        begun, windows = [], []
        for _ in range(rounds):
            begun.append(child(script, "--child", "ours", book, "-", env=env))
            windows.append(child(script, "--child", "bare", env=env))
        long = child(script, "--child", "ours", book, "scroll", env=env)
    own, other, quiet = median(begun, "cpu"), median(windows, "cpu"), median(begun, "quiet")
    loaded = set(begun[0]["loaded"])
    return [
        Figure(
            f"start until the first page has its rows and takes keys, book of {entries} entries",
            f"{own:.2f} s CPU, unlocking ({begun[0]['unlock']:.2f} s) taken off; all quiet after {quiet:.2f} s",
            f"bare PySide6 window {other:.2f} s CPU",
            f"{own / other:.2f}x CPU",
            "at most 2x",
            own / other <= 2,
        ),
        Figure(
            "not loaded by then",
            ", ".join(name for name in HEAVY if name not in loaded),
            f"{begun[0]['modules']} modules; of those asked for: {', '.join(sorted(loaded)) or 'none'}",
            "",
            ", ".join(sorted(NEVER_AT_START)),
            not loaded & NEVER_AT_START,
        ),
        Figure(
            "memory after unlock; after the ledger was scrolled",
            f"{long['memory']:.0f} MiB; {long['after']:.0f} MiB ({long['groups']} groups, {long['scrolled']} rows)",
            f"bare window {median(windows, 'memory'):.0f} MiB",
            f"{long['after'] / median(windows, 'memory'):.1f}x",
            "under 250 MB",
            long["after"] * 1.048576 < 250,
        ),
    ]


def main() -> None:
    """A child's part, or the whole table."""
    if sys.argv[1] == "--child":
        {"ours": ours, "bare": bare}[sys.argv[2]](*sys.argv[3:])
        return
    from bench_reading import filled
    from made_books import province

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--entries", type=int, default=50_000)
    given = parser.parse_args()
    made = province(given.folder, given.entries, sys.stderr.write)
    sys.stdout.write(shown(figures(filled(made), made.entries, given.rounds)))


if __name__ == "__main__":
    main()
