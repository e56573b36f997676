"""Every test of the desktop starts with the dressed application at 100 %, and ends there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from shg_desk.ui import theme
from shg_desk.ui import tokens


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    tokens.set_letter_size(100)
    theme.apply(qapp)
    yield qapp
    if tokens.letter_size() != 100:
        tokens.set_letter_size(100)
        theme.apply(qapp)
