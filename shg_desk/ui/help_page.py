"""Help: one short page for each place of the rail, in the person's language, with the keys that are true there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QTextCursor
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser
from PySide6.QtWidgets import QTextEdit
from PySide6.QtWidgets import QWidget

from shg_desk.domain.spelling import key as search_key
from shg_desk.shipped import shipped
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.key_list import EVERYWHERE
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.pages import rail_of
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.find_box import FindBox
from shg_desk.ui.parts.flow import ListAndDetail
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import LEAST_ROWS
from shg_desk.ui.parts.table import Table
from shg_desk.ui.session import Session
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

TOPICS = (
    "today",
    "inbox",
    "differences",
    "households",
    "groups",
    "meeting",
    "ledger",
    "loans",
    "reports",
    "exchange",
    "settings",
)
OF_OFFICE = ("inbox", "differences")
INSTEAD = {"tg": "ru", "uz": "ru", "uz-Cyrl": "ru"}
"""The language help is shown in where there is none in one's own."""


@dataclass(frozen=True, slots=True)
class HelpText:
    """One page of help: its title and its lines, of the plainest Markdown: `- ` and `1. ` lists, `**bold**`."""

    topic: str
    lang: str
    title: str
    lines: tuple[str, ...]


@lru_cache(maxsize=64)
def help_text(topic: str, lang: str) -> HelpText | None:
    """A page of help in a language, or in the one that stands for it; None where there is no such page."""
    for one in dict.fromkeys((lang, INSTEAD.get(lang, "en"), "en")):
        file = shipped("resources") / "help" / one / f"{topic}.md"
        if file.is_file():
            first, *rest = file.read_text(encoding="utf-8").splitlines()
            return HelpText(topic, one, first.removeprefix("# "), tuple(rest))
    return None


def _strong(words: str) -> str:
    """Words in the heaviest weight the desk has; a `<b>` would be drawn by Qt itself."""
    return f"<span style='font-weight:600'>{words}</span>"


def as_html(text: HelpText, below: str = "") -> str:
    """A page of help for Qt's rich text."""
    made: list[str] = []
    open_list = ""
    for line in text.lines:
        kind = "ul" if line.startswith("- ") else "ol" if re.match(r"\d+\. ", line) else ""
        if kind != open_list:
            made += [f"</{open_list}>"] if open_list else []
            made += [f"<{kind}>"] if kind else []
            open_list = kind
        if line.strip():
            words = re.sub(r"^(- |\d+\. )", "", line)
            marked = re.sub(r"(\*\*?)(.+?)\1", _strong(r"\2"), escape(words))  # no italics on the desk
            made.append(f"<li>{marked}</li>" if kind else f"<p>{marked}</p>")
    made += [f"</{open_list}>"] if open_list else []
    style = (
        f"body {{ font-size: {px(tokens.BODY)}px; }} h3 {{ font-size: {px(tokens.SECTION)}px; font-weight: 600; }} "
        f"p, li {{ margin-bottom: {px(8)}px; line-height: 130%; }}"
    )
    return f"<html><head><style>{style}</style></head><body>{''.join(made)}{below}</body></html>"


class HelpPage(Page):
    """`open` takes a topic, or (topic, keys of the page F1 was pressed on). Esc goes back there."""

    on_the_way = True

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self.topics = tuple(t for t in TOPICS if session.facts.is_office or t not in OF_OFFICE)
        if session.facts.is_office:
            self.topics = tuple(t for t in self.topics if t != "meeting")
        self._places = rail_of(office=session.facts.is_office)
        self.topic = self.topics[0]
        self._hints: Sequence[Hint] = ()
        self._asked_on = ""
        self.find_box = FindBox()
        self.find_box.textChanged.connect(lambda _text: self._find())
        self.find_box.entered.connect(self._next_hit)
        self.find_box.down_asked.connect(self._other_part)
        body = rows(self, margins=(20, 14, 20, 12))
        self.table = Table([], row_height=(36, 36), fills=True)
        self.table.view.moved.connect(lambda row, _column: self._moved(row))
        self.table.view.opened.connect(lambda _row, _column: self.focus_first())
        left = rows(gap=8)
        self.nothing = Label(ink=tokens.INK2, wrap=True)
        left.addWidget(self.nothing)
        left.addWidget(self.table, 1)
        self.text = QTextBrowser()
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        wants_ring(self.text, tokens.RADIUS_CARD)
        body.addWidget(ListAndDetail(left, self.text, list_width=260), 1)
        self.restyle()

    def restyle(self) -> None:
        """In large letters the text has the page, and of the list two lines over it."""
        self.table.least_rows = 2 if tokens.large() else LEAST_ROWS

    # -- what the window asks

    def title(self) -> str:
        words, found = self.frame.words, help_text(self.topic, self.lang)
        return words._("Help: {page}").format(page=found.title) if found is not None else words._("Help")

    def sentence(self) -> str:
        words, found = self.frame.words, help_text(self.topic, self.lang)
        if found is not None and found.lang != self.lang and self.lang in INSTEAD:
            return words._("There is no help in this language yet; it is shown in another one.")
        return words._("Esc goes back to where you were")

    @property
    def lang(self) -> str:
        """The language in force."""
        return self.frame.words.lang

    def controls(self) -> Sequence[QWidget]:
        return (self.find_box,)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        if self.find_box.text():
            return (Hint(("Enter",), words._("next place")), Hint(("Esc",), words._("all pages"), self.find_box.clear))
        return (
            Hint(("Esc",), words._("back"), self.frame.back),
            Hint(("Ctrl", "F"), words._("find")),
            Hint(("↑", "↓"), words._("read on")),
            Hint(("F6",), words._("other pages"), self._other_part),
        )

    def open(self, target: object = None) -> None:
        hints: Sequence[Hint] = ()
        if isinstance(target, tuple):
            target, hints = target
        if isinstance(target, str) and target in self.topics:
            self.topic = self._asked_on = target
            self._hints = hints
        self.find_box.clear()
        self._fill(self.topics)
        self._show()

    def help_topic(self) -> str:
        return self.topic

    def focus_first(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.frame.back()
        elif keys.is_plain(event, Qt.Key.Key_F6):
            self._other_part()
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.find_box.set_words(words._("Find in the help"))
        self.table.set_columns((Column(words._("Pages"), 160, grows=1, wraps=True),))
        self.nothing.setText(words._("Nothing is found by this spelling."))
        self.text.setAccessibleName(words._("Help"))
        self._find()
        self._show()

    # -- showing

    def _fill(self, topics: Sequence[str]) -> None:
        shown = [(topic, found) for topic in topics if (found := help_text(topic, self.lang)) is not None]
        self.nothing.setVisible(not shown)
        self.table.setVisible(bool(shown))
        self.table.set_rows([Row((Cell(found.title),), key=topic) for topic, found in shown])
        at = next((i for i, (topic, _) in enumerate(shown) if topic == self.topic), None)
        if at is not None:
            self.table.view.put_cursor(at)

    def _moved(self, row: int) -> None:
        topic = self.table.model.row(row).key
        if isinstance(topic, str) and topic != self.topic:
            self.topic = topic
            self._show()

    def _show(self) -> None:
        found = help_text(self.topic, self.lang)
        if found is not None:
            self.text.setHtml(as_html(found, self._keys_html()))
            self.text.document().setDocumentMargin(px(16))
        self._mark()
        self.reworded.emit()

    def _keys_html(self) -> str:
        """The keys of the page F1 was pressed on, as its hint bar says them, and those of every page."""
        words = self.frame.words
        made = ""
        if self._hints and self.topic == self._asked_on:
            made += _table(words._("Keys at this moment"), [(one.keys, one.words) for one in self._hints])
        made += _table(words._("Keys on every page"), [(cap, words.say(text)) for cap, text in EVERYWHERE])
        places = [(keys.place_caps(0 if one.foot else one.number), words.say(one.words)) for one in self._places]
        return made + _table(words._("Pages"), places)

    # -- finding

    def _find(self) -> None:
        wanted = search_key(self.find_box.text())
        found = [topic for topic in self.topics if wanted in self._searched(topic)]
        if found and self.topic not in found:
            self.topic = found[0]
            self._show()
        self._fill(found)
        self._mark()
        self.reworded.emit()

    def _searched(self, topic: str) -> str:
        text = help_text(topic, self.lang)
        return "" if text is None else search_key(" ".join((text.title, *text.lines)))

    def _mark(self) -> None:
        """Every place of this page that was looked for is marked, and the first one is in sight."""
        wanted, marks = self.find_box.text().strip(), []
        document: QTextDocument = self.text.document()
        at = document.find(wanted) if wanted else QTextCursor()
        while not at.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = at
            mark.format.setBackground(colour(tokens.SAFFRON))
            marks.append(mark)
            at = document.find(wanted, at)
        self.text.setExtraSelections(marks)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if wanted:
            self._next_hit()

    def _next_hit(self) -> None:
        wanted = self.find_box.text().strip()
        if wanted and not self.text.find(wanted):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(wanted)

    def _other_part(self) -> None:
        (self.text if self.table.view.hasFocus() else self.table.view).setFocus(Qt.FocusReason.OtherFocusReason)


def _table(title: str, lines: Sequence[tuple[tuple[str, ...], str]]) -> str:
    cells = "".join(
        f"<tr><td>{_strong(escape(' '.join(caps)))}&nbsp;&nbsp;&nbsp;</td><td>{escape(said)}</td></tr>"
        for caps, said in lines
    )
    return f"<h3>{escape(title)}</h3><table cellpadding='{px(3)}'>{cells}</table>"
