"""What the program has loaded when its first page shows its rows: only what that page needs, counted by module."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from desk_maker import PASSPHRASE
from desk_maker import make_desk
from village import village

TOP = Path(__file__).resolve().parents[2]
HEAVY = {
    "PIL",
    "babel",
    "charset_normalizer",
    "click",
    "email",
    "fontpkg",
    "importlib.metadata",
    "lxml",
    "minisign",
    "numpy",
    "openpyxl",
    "pyxform",
    "python_calamine",
    "reportlab",
    "sqlite_utils",
    "tarfile",
    "xml",
}
OURS_AT_MOST = 153
"""Modules of the program itself: each one costs a start about a millisecond."""

CHILD = """
import builtins, json, os, sys
from shg_desk.__main__ import main
from shg_desk.ui import today_page
show = today_page.TodayPage._show
def shown(page, view):
    show(page, view)
    plain = builtins.__import__ is getattr(builtins, "__orig_import__", None)
    print(json.dumps({"loaded": sorted(sys.modules), "groups": view.groups, "plain": plain}))
    sys.stdout.flush()
    os._exit(0)
today_page.TodayPage._show = shown
sys.argv[1:] = ["--book", sys.argv[1]]
main()
"""


def test_the_first_page_shows_its_rows_with_little_loaded(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    village(desk)
    desk.close()
    home = str(tmp_path / "home")
    settings = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "APPDATA": home}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "desk.shgbook")],
        env={**os.environ, **settings, "SHG_DESK_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"},
        cwd=TOP,
        capture_output=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    loaded = set(found["loaded"])
    assert found["groups"] == 1, "the page has its rows"
    assert found["plain"], "importing is not slowed by the binding's search through sources"
    assert {"PySide6.QtWidgets", "shg_desk.ui.today_page", "shg_desk.store.db"} <= loaded
    assert not HEAVY & (loaded | {name.partition(".")[0] for name in loaded})
    ours = {name for name in loaded if name.startswith("shg_desk.")}
    pages = {name for name in ours if name.startswith("shg_desk.ui.") and name.endswith("_page")}
    assert pages == {"shg_desk.ui.today_page", "shg_desk.ui.unlock_page", "shg_desk.ui.desk_page"}
    assert not {name for name in ours if name.startswith(("shg_desk.reports", "shg_desk.tables", "shg_desk.forms"))}
    later = {"actions.attention", "actions.views_badges", "actions.views_loans", "actions.parcels_in", "sync.payload"}
    assert not {f"shg_desk.{name}" for name in later} & loaded
    assert len(ours) <= OURS_AT_MOST, sorted(ours)
