"""Fusion in our palette, and the one style sheet of the program: fields, scroll bars, tool tips, lists of choices."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.tokens import px


@lru_cache(maxsize=64)
def colour(token: str) -> QColor:
    """The kept QColor of a token (`tokens.INK`...). Callers do not change it."""
    return QColor(token)


def palette() -> QPalette:
    """The palette of every window."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, token in (
        (role.Window, tokens.CANVAS),
        (role.Base, tokens.SURFACE),
        (role.AlternateBase, tokens.SURFACE),
        (role.Text, tokens.INK),
        (role.WindowText, tokens.INK),
        (role.ButtonText, tokens.INK),
        (role.PlaceholderText, tokens.INK3),
        (role.Highlight, tokens.SAFFRON50),
        (role.HighlightedText, tokens.INK),
        (role.Link, tokens.LAKE),
        (role.Mid, tokens.BORDER),
        (role.Button, tokens.SURFACE),
        (role.ToolTipBase, tokens.INK),
        (role.ToolTipText, tokens.WHITE),
    ):
        made.setColor(which, colour(token))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, colour(tokens.DISABLED))
    return made


def style_sheet() -> str:
    """The one style sheet, at the letter size in force."""
    bar = px(14)
    return f"""
QLineEdit, QPlainTextEdit, QComboBox {{
    background: {tokens.SURFACE}; color: {tokens.INK}; border: 1px solid {tokens.BORDER};
    border-radius: {px(tokens.RADIUS_FIELD)}px; padding: 0 {px(12)}px;
    selection-background-color: {tokens.SAFFRON}; selection-color: {tokens.INK};
}}
QPlainTextEdit {{ padding: {px(8)}px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {tokens.RED}; }}
QLineEdit[cell="true"] {{ border: none; border-radius: 0; padding: 0 {px(6)}px; }}
QLineEdit[count="true"] {{ border-radius: {px(tokens.RADIUS_TABLE)}px; padding: 0 {px(8)}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
    background: {tokens.SUNKEN}; color: {tokens.DISABLED};
}}
QComboBox::drop-down {{ border: none; width: {px(28)}px; }}
QComboBox QAbstractItemView {{
    background: {tokens.SURFACE}; color: {tokens.INK}; border: 1px solid {tokens.BORDER};
    selection-background-color: {tokens.SAFFRON50}; selection-color: {tokens.INK}; outline: none;
}}
QScrollBar:vertical {{ background: {tokens.SUNKEN}; width: {bar}px; margin: 0; }}
QScrollBar:horizontal {{ background: {tokens.SUNKEN}; height: {bar}px; margin: 0; }}
QScrollBar::handle {{ background: {tokens.COLLINE}; border-radius: {px(4)}px; margin: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(36)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(36)}px; }}
QScrollBar::handle:hover {{ background: {tokens.BORDER}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QToolTip {{
    background: {tokens.INK}; color: {tokens.WHITE}; border: none; padding: {px(8)}px; font-size: {px(tokens.GRID)}px;
}}
"""


DRESSED = "shg_dressed"


def apply(application: QApplication) -> None:
    """Dress the application: style, font, palette, style sheet. Called again after the letter size changed."""
    fonts.load()
    if application.property(DRESSED) is None:  # a second time every part would be dressed anew for nothing
        application.setStyle("Fusion")
        application.setProperty(DRESSED, "Fusion")
    application.setPalette(palette())
    application.setFont(fonts.font())
    application.setStyleSheet(style_sheet())
    application.setCursorFlashTime(0)


def make_application(arguments: list[str]) -> QApplication:
    """The dressed application; the one that runs already, if there is one."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(arguments)
    application.setApplicationName("SHG Desk")
    apply(application)
    return application
