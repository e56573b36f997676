"""Whether what is asked can be read: the panel around the part with the cursor, as the window shows it.

Judged by the places of widgets in the window and nothing the page says of itself.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget
from seen_faults import faults

from shg_desk.i18n.catalog import Words
from shg_desk.ui.lesson_strip import LessonStrip
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.parts.form import Form

PANELS = ("AskPanel", "DeathParts", "LeavePanel", "BetweenShown", "DifferenceDetail")
FIELDS = ("Field", "ChoiceField")
LAPTOP = (1366, 768)


def practised(window: MainWindow, words: Words) -> LessonStrip:
    """The strip of the practice book at the foot, which takes a line of every page."""
    strip = LessonStrip(words)
    strip.retranslate()
    window.foot.addWidget(strip)
    return strip


def seen(window: QWidget, part: QWidget) -> bool:
    """The whole of a part is inside everything around it."""
    step, place = part, part.rect()
    while step is not window:
        around = step.parentWidget()
        if around is None or not step.isVisible():
            return False
        place = QRect(place.translated(step.mapTo(around, QPoint(0, 0))))
        if not around.rect().contains(place):
            return False
        step = around
    return True


def panel_of(focus: QWidget) -> QWidget:
    """The panel of a question, else the field with its label, else the part itself."""
    for names in (PANELS, FIELDS):
        step: QWidget | None = focus
        while step is not None:
            if type(step).__name__ in names:
                return step
            step = step.parentWidget()
    return focus


def unseen(window: QWidget) -> str:
    """Empty where the part with the cursor and its whole panel are in sight; else what is not."""
    focus = QApplication.focusWidget()
    if focus is None or not window.isAncestorOf(focus):
        return "nothing has the cursor"
    panel = panel_of(focus)
    if seen(window, panel):
        return ""
    title = panel.findChild(QLabel)
    return f"{type(panel).__name__} ({title.text() if title else ''!r}) {panel.geometry()}"


def large(window: MainWindow, words: Words) -> None:
    """The practice strip, the small laptop, letters of 150 %."""
    practised(window, words)
    window.resize(*LAPTOP)
    window.set_letter_size(150)
    QTest.qWait(20)


def form_faults(window: MainWindow, form: Form, lang: str) -> list[str]:
    """What cannot be read or filled in a form: squashed, overlapping or cut; then field by field with the cursor in it.

    A field is looked for by its line to type in or its box of choices, whole and with its label in sight.
    """
    found = [str(one) for one in faults(window, lang)]
    line = form.fontMetrics().height()
    for part in [*form.findChildren(QLineEdit), *form.findChildren(QComboBox)]:
        if not part.isVisible() or isinstance(part.parentWidget(), QComboBox):
            continue
        part.setFocus()
        QTest.qWait(5)
        name = part.accessibleName()
        if part.height() < line:
            found.append(f"{name} is {part.height()} high")
        if not part.hasFocus():
            found.append(f"{name} takes no cursor")
        if told := unseen(window):
            found.append(f"{name}: {told}")
    return found
