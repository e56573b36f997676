"""Papers that were looked at do not outlive the program for long, also when it was killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDir

from shg_desk.ui import papers

LOOKED = """
import sys, time
from shg_desk.ui.papers import paper_path
path = paper_path("minutes.pdf")
path.write_text("Айнура 530")
print(path, flush=True)
sys.stdin.readline()
"""


def test_the_next_start_takes_away_what_a_killed_program_left_and_nothing_of_a_living_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert QDir.tempPath() == str(tmp_path)
    looking = subprocess.Popen(
        [sys.executable, "-c", LOOKED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert looking.stdout is not None
    paper = Path(looking.stdout.readline().strip())
    papers.forget_old_papers()
    assert paper.read_text() == "Айнура 530"
    looking.kill()
    looking.communicate()
    assert paper.exists()
    papers.forget_old_papers()
    assert list(tmp_path.iterdir()) == []
