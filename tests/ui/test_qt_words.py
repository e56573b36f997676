"""Qt's own windows speak the program's language: every text of the file window has its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton

from shg_desk.i18n.catalog import Words
from shg_desk.ui.qt_words import PLACES
from shg_desk.ui.qt_words import TEXTS
from shg_desk.ui.qt_words import QtWords


class Listening(QTranslator):
    """Writes down what Qt asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: N803
        if context in PLACES:
            self.asked.add(sourceText.replace("&", "").strip())
        return None  # type: ignore[return-value]


def file_window(app: QApplication, folder: Path, *, to_save: bool = False) -> QFileDialog:
    window = QFileDialog(None, "", str(folder))
    window.setOption(QFileDialog.Option.DontUseNativeDialog)
    if to_save:
        window.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    window.show()
    app.processEvents()
    return window


def test_every_text_qt_asks_for_has_its_words(qapp: QApplication, tmp_path: Path):
    listening = Listening()
    qapp.installTranslator(listening)
    try:
        for to_save in (False, True):
            file_window(qapp, tmp_path, to_save=to_save).close()
        QLineEdit("a").createStandardContextMenu()
    finally:
        qapp.removeTranslator(listening)
    assert {"Open", "Save", "File name:", "Copy"} <= listening.asked  # it did listen
    shortcuts = {text for text in listening.asked if text.startswith("Alt+")}
    assert listening.asked - shortcuts - set(TEXTS) == set()


@pytest.mark.parametrize(
    ("lang", "save", "name"), [("ky", "Сактоо", "Файлдын аты:"), ("ru", "Сохранить", "Имя файла:")]
)
def test_the_file_window_speaks_the_language(qapp: QApplication, tmp_path: Path, lang: str, save: str, name: str):
    words = Words("en")
    translator = QtWords(words)
    qapp.installTranslator(translator)
    try:
        words.switch(lang)
        window = file_window(qapp, tmp_path, to_save=True)
        buttons = {button.text() for button in window.findChildren(QPushButton)}
        labels = {label.text() for label in window.findChildren(QLabel)}
        window.close()
    finally:
        qapp.removeTranslator(translator)
    assert save in buttons
    assert name in labels


def test_what_is_not_known_keeps_qts_own_text_and_a_name_its_place():
    translator = QtWords(Words("ru"))
    assert translator.translate("QFileDialog", "Something new") is None
    assert translator.translate("QShortcut", "Delete") is None
    assert translator.translate("QFileDialog", "Show ").endswith(" ")
    for said in TEXTS:
        assert ("%1" in translator.translate("QFileDialog", said)) == ("%1" in said), said
