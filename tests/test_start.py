"""The start on a fresh machine: what it asks for, what it leaves alone, and what it does not do twice."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[1] / "packaging"

# Stands for the program: makes what the demo makes, and counts how often it was asked to.
PROGRAM = """
import json, pathlib, sys
folder = pathlib.Path(sys.argv[2])
with (folder.parent / "calls").open("a") as calls: calls.write("x")
folder.mkdir()
(folder / "office.shgbook").mkdir()
if (folder.parent / "cut").exists(): sys.exit(9)
print(json.dumps({"books": [str(folder / "office.shgbook")], "pdfs": [str(folder / "сводка.pdf")]}, ensure_ascii=False))
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with nothing but the packaging folder and a stand-in for the program."""
    root = tmp_path / "checkout"
    shutil.copytree(PACKAGING, root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "shg_desk").mkdir()
    (root / "shg_desk" / "__init__.py").touch()
    (root / "shg_desk" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.syspath_prepend(str(root / "packaging"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", str(root))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("environment", "start"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return root


@pytest.fixture
def start(checkout: Path) -> ModuleType:
    module = importlib.import_module("start")
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(checkout)
    return module


@pytest.fixture(autouse=True)
def no_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["start.py"])


def everything_under(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "__pycache__" not in path.parts}


def test_without_root_a_missing_library_costs_one_printed_line_and_changes_nothing(
    start: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(start.environment.OFFSCREEN, "libdoes-not-exist.so.1", "libdoes-not-exist1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    before = everything_under(checkout.parent)
    assert start.main() == 3
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines if line.startswith("apt-get install ")] == ["libdoes-not-exist1"]
    assert everything_under(checkout.parent) == before


def test_a_window_asks_for_more_than_no_window(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.environment, "_loads", lambda library: library not in {"libxcb-cursor.so.0"})
    assert "libxcb-cursor0" not in start.environment._missing_packages()
    monkeypatch.setenv("DISPLAY", ":7")
    assert "libxcb-cursor0" in start.environment._missing_packages()


def test_the_stamp_names_the_locks_as_they_are(
    start: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = start.environment
    installs: list[list[str]] = []
    monkeypatch.setattr(environment, "_run", lambda command, _failure: installs.append(command))
    environment.VENV.mkdir()
    python = Path(sys.executable)
    assert environment._stamped() == set()
    environment._install(environment.DESK_LOCK, python)
    assert environment._stamped() == {environment.DESK_LOCK}
    environment._install(environment.DEV_LOCK, python)
    assert environment._stamped() == {environment.DESK_LOCK, environment.DEV_LOCK}
    lock = checkout / "packaging" / environment.DESK_LOCK
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.DESK_LOCK in environment._stamped()  # the same pins with the line ends of Windows
    lock.write_text(lock.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    assert environment._stamped() == {environment.DEV_LOCK}
    assert len(installs) == 2
    assert all("--require-hashes" in command for command in installs)


def test_a_failed_install_leaves_no_stamp(start: ModuleType) -> None:
    environment = start.environment
    environment.VENV.mkdir()
    environment.STAMP.write_text(json.dumps({environment.DEV_LOCK: environment._digest(environment.DEV_LOCK)}))
    with pytest.raises(environment.CannotStartError):
        environment._install("no-such.lock", Path(sys.executable))
    assert environment._stamped() == set()


def test_the_demo_is_made_once(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start.environment, "ready", lambda _lock: Path(sys.executable))
    home = tmp_path / "data" / "shg-desk"
    assert start.main() == 0
    assert start.main() == 0
    assert (home / "calls").read_text() == "x"
    assert re.search(rf"pdfs: 1 in {home / 'demo'}\n.*\n?books: 1 in", capfd.readouterr().out)
    shutil.rmtree(home / "demo")  # the user has thrown it away: made again
    assert start.main() == 0
    assert (home / "calls").read_text() == "xx"


def test_a_demo_that_was_cut_off_is_made_again(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start.environment, "ready", lambda _lock: Path(sys.executable))
    home = tmp_path / "data" / "shg-desk"
    home.mkdir(parents=True)
    (home / "cut").touch()
    assert start.main() == 1
    assert start.finished_demo(home) is None
    (home / "cut").unlink()
    assert start.main() == 0
    assert (home / "calls").read_text() == "xx"


def test_a_folder_that_is_not_ours_is_left_alone(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start.environment, "ready", lambda _lock: Path(sys.executable))
    kept = tmp_path / "data" / "shg-desk" / "demo" / "letter.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    assert start.main() == 3
    assert start.main() == 3
    assert kept.read_text() == "mine"


def test_the_checkout_is_found_from_the_environment(start: ModuleType, checkout: Path) -> None:
    environment = start.environment
    packages = environment.VENV / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    python = environment.VENV / "bin" / "python"
    python.parent.mkdir()
    environment._link_checkout(python)
    link = (packages / "shg_desk_checkout.pth").read_text(encoding="ascii").strip()
    assert not Path(link).is_absolute()
    assert (packages / link).resolve() == checkout
    assert os.access(python.parent / "shg-desk", os.X_OK)


@pytest.mark.parametrize(("word", "code"), [("--help", 0), ("demo", 2)])
def test_what_stands_behind_the_start_is_told_and_starts_nothing(
    start: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, word: str, code: int
) -> None:
    monkeypatch.setattr(sys, "argv", ["start.py", word])
    before = everything_under(checkout.parent)
    with pytest.raises(SystemExit) as ended:
        start.main()
    assert ended.value.code == code
    assert everything_under(checkout.parent) == before
