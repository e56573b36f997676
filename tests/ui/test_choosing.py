"""Where the system's windows for files begin: at the stick where it is there, else among the person's documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shg_desk.ui import choosing


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Where each window began; the documents are a folder of the test."""
    found: list[str] = []

    def one(_parent: object, _title: str, start: str, _kinds: str = "") -> tuple[str, str]:
        found.append(start)
        return "", ""

    (tmp_path / "documents").mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "documents"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *what: ([], one(*what)[0]))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *what: one(*what)[0])
    return found


def test_a_window_for_files_begins_among_the_documents(qtbot: QtBot, tmp_path: Path, begun: list[str]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    documents = tmp_path / "documents"
    choosing.file(parent, "", "")
    choosing.files(parent, "", "")
    choosing.folder(parent, "")
    choosing.new_file(parent, "", "sheet.pdf", "")
    assert begun == [str(documents)] * 3 + [str(documents / "sheet.pdf")]


def test_it_begins_at_the_stick_while_that_is_there(qtbot: QtBot, tmp_path: Path, begun: list[str]) -> None:
    parent, stick = QWidget(), tmp_path / "stick"
    qtbot.addWidget(parent)
    stick.mkdir()
    choosing.folder(parent, "", str(stick))
    stick.rmdir()
    choosing.folder(parent, "", str(stick))
    assert begun == [str(stick), str(tmp_path / "documents")]
