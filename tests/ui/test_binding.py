"""The Qt binding itself: versions that give away references to None abort the interpreter after some thousand calls."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 400


def set_texts(label: QLabel) -> None:
    for n in range(CALLS):
        label.setText(str(n))


def set_enabled(label: QLabel) -> None:
    for n in range(CALLS):
        label.setEnabled(n % 2 == 0)


def set_pens(_label: QLabel) -> None:
    canvas = QPixmap(8, 8)
    painter = QPainter(canvas)
    for n in range(CALLS):
        painter.setPen(QColor(n % 256, 0, 0))
    painter.end()


@pytest.mark.parametrize("calls", [set_texts, set_enabled, set_pens])
def test_calls_that_return_nothing_keep_their_reference_to_none(qtbot: QtBot, calls: Callable[[QLabel], None]) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    calls(label)  # the first round makes what is made once
    before = sys.getrefcount(None)
    calls(label)
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
