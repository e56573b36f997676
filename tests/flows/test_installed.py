"""The installed program has everything it reads with it: nothing is found in the checkout any more."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import program
import pytest
from cheap_books import new_book
from program import good

pytestmark = pytest.mark.usefixtures("installed")


def python(code: str) -> str:
    """What a Python process with the program's environment prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=program.ENVIRONMENT,
        cwd=program.ELSEWHERE,
    )
    return done.stdout.strip()


def test_processes_run_the_installed_program_and_its_own_data(installed: Path) -> None:
    code = "import shg_desk.shipped as s; print(s.__file__, s.shipped('resources'), s.shipped('translations'))"
    for path in python(code).split():
        assert Path(path).is_relative_to(installed), path


def test_the_wheel_has_every_file_of_the_checkout(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=program.ROOT, capture_output=True, check=True, text=True)
    tracked = [name for name in listed.stdout.split("\0") if name and (program.ROOT / name).exists()]
    with zipfile.ZipFile(wheel) as packed:
        inside = set(packed.namelist())
        for name in tracked:
            room = name.partition("/")[0]
            if room in ("resources", "translations", "shg_desk"):
                there = name if room == "shg_desk" else f"shg_desk/{name}"
                assert there in inside
                assert packed.read(there) == (program.ROOT / name).read_bytes(), name


def test_papers_and_tables_need_nothing_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    """Villages, banknotes, fonts, reasons and every language are found where the program is installed."""
    book = new_book(tmp_path / "desk.shgbook")
    table = tmp_path / "people.csv"
    table.write_text("group,no,name,village,saved\nG,1,Айгүл,Ак-Суу,50\nG,2,Бермет,Ак-Суу,60\n", "utf-8")
    columns = [
        word for pair in ("group=group", "member=no", "name=name", "village=village") for word in ("--column", pair)
    ]
    good("import", "roster", table, *columns, book=book)
    savings = ["--column", "group=group", "--column", "member=no", "--column", "amount=saved", "--date", "2026-03-05"]
    good("import", "savings", table, *savings, book=book)
    for name, more in (("passbook", ()), ("sheet", ("--date", "2026-04-05")), ("ledger", ())):
        out = tmp_path / f"{name}.pdf"
        good("report", name, "--group", "G", "--out", out, *more, book=book)
        assert out.read_bytes().startswith(b"%PDF")
    said = {
        lang: python(f"from shg_desk.i18n.catalog import Words; print(Words('{lang}')._('Saved here'))")
        for lang in ("en", "ru", "ky")
    }
    assert len(set(said.values())) == 3, said
