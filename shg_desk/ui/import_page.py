"""Taking a table in: the file, what its columns mean, how its rows read, what is wrong by row, and the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.import_people import Imported
from shg_desk.actions.views_import import CONSTANTS
from shg_desk.actions.views_import import MEANINGS
from shg_desk.actions.views_import import ROSTER
from shg_desk.actions.views_import import SAVINGS
from shg_desk.actions.views_import import ColumnSeen
from shg_desk.actions.views_import import TableLook
from shg_desk.actions.views_import import look_at
from shg_desk.actions.views_import import take_in
from shg_desk.actions.views_import import with_constant
from shg_desk.actions.views_import import with_decimal
from shg_desk.actions.views_import import with_meaning
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.tables.mapping import TableMap
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.import_ways import FileChoices
from shg_desk.ui.import_words import column_columns
from shg_desk.ui.import_words import column_row
from shg_desk.ui.import_words import left_out_words
from shg_desk.ui.import_words import line_columns
from shg_desk.ui.import_words import line_row
from shg_desk.ui.import_words import means
from shg_desk.ui.import_words import problem_columns
from shg_desk.ui.import_words import problem_row
from shg_desk.ui.import_words import problems_title
from shg_desk.ui.import_words import result_words
from shg_desk.ui.import_words import rows_title
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table

TABLES = "*.xlsx *.xls *.ods *.csv *.txt *.tsv"


class ImportPage(DeskPage):
    """`open` takes `roster` or `savings`, or a path of a file."""

    place = "households"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._path: Path | None = None
        self._kind = ROSTER
        self._given: TableMap | None = None
        self._look: TableLook | None = None
        self._is_busy = False
        self._done: Imported | None = None
        self.file_button = Button(icon="sheet", keys=("Ctrl", "O"))
        self.file_button.clicked.connect(self.choose)
        self.take_button = Button(kind="primary", keys=("F10",))
        self.take_button.clicked.connect(self._take)
        self._build()

    def _build(self) -> None:
        body = rows(self, margins=(20, 12, 20, 12), gap=10)
        self.banner = Banner("done")
        body.addWidget(self.banner)
        self.trouble = Banner("wrong")
        body.addWidget(self.trouble)
        said = QWidget()
        line = Flow(said, gap=14)
        self.kind, self.sheet = ChoiceField(260), ChoiceField(240)
        self.kind.picker.picked.connect(self._kind_picked)
        self.sheet.picker.picked.connect(self._sheet_picked)
        self.constants = {name: Field(width=150) for name in CONSTANTS}
        self.source = Field(width=220)
        self.choices = FileChoices()
        self.choices.changed.connect(self._read_otherwise)
        for part in (self.kind, self.sheet, *self.constants.values(), self.source, *self.choices.fields):
            line.addWidget(part)
        for name, field in self.constants.items():
            field.edit.editingFinished.connect(partial(self._constant, name))
            field.entered.connect(partial(self._constant, name))
        self.source.edit.editingFinished.connect(self._source_typed)
        body.addWidget(said)
        left = rows(gap=8)
        self._columns_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD)
        left.addWidget(self._columns_title)
        self.columns = Table([], size=tokens.GRID, row_height=(32, 32))
        self.columns.view.moved.connect(lambda _row, _column: self._column_moved())
        self.columns.view.opened.connect(lambda _row, _column: self._choose_meaning())
        left.addWidget(self.columns)
        self._lines_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD, wrap=True)
        left.addWidget(self._lines_title)
        self.lines = Table([], size=tokens.GRID, row_height=(28, 28))
        left.addWidget(self.lines, 1)
        self._problems_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD, wrap=True)
        left.addWidget(self._problems_title)
        self.problems = Table([], size=tokens.GRID, row_height=(28, 28))
        left.addWidget(self.problems, 1)
        left.addStretch(0)
        side = rows(gap=10)
        self.meaning = ChoiceField(260)
        self.meaning.picker.picked.connect(self._means)
        side.addWidget(self.meaning)
        self._meaning_hint = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        side.addWidget(self._meaning_hint)
        side.addStretch(1)
        self._body = MainAndSide(left, side, side_width=300, gap=16)
        body.addWidget(self._body, 1)
        self._nothing = Label(size=tokens.SECTION, wrap=True)
        body.addWidget(self._nothing)
        body.addStretch(0)
        self._show(None)

    # -- what the window asks

    def title(self) -> str:
        words = self.frame.words
        return words._("From a table") if self._look is None else self._look.file

    def sentence(self) -> str:
        words, look = self.frame.words, self._look
        if look is None:
            return words._("lists of members and sums paid, as Excel or text files")
        count = words.n_("{n} row", "{n} rows", look.rows).format(n=formats.number(words, look.rows))
        head = words._("headings in row {n}").format(n=look.header_number)
        return " · ".join((count, head) if look.header_number else (count,))

    def controls(self) -> Sequence[QWidget]:
        return (self.file_button, self.take_button) if self._done is None else (self.file_button,)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        if self._look is None:
            return (Hint(("Enter",), words._("choose a file")), Hint(("Esc",), words._("back"), self.frame.back))
        return (
            Hint(("↑", "↓"), words._("column")),
            Hint(("Enter",), words._("what it means")),
            Hint(("F6",), words._("columns, rows, problems"), self._next_area),
            *self._hint_of_choices(),
            *(() if self.take_button.reason() else (Hint(("F10",), words._("take it in"), self._take),)),
            Hint(("Esc",), words._("back"), self.frame.back),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        if target in (ROSTER, SAVINGS):
            self._kind = str(target)
            self.kind.picker.set_key(self._kind)
        elif isinstance(target, Path):
            self.take_file(target)

    def _hint_of_choices(self) -> Sequence[Hint]:
        shown = any(not field.isHidden() for field in self.choices.fields)
        return (Hint(("F8",), self.frame.words._("how rows are read"), self.choices.take_focus),) if shown else ()

    def focus_first(self) -> None:
        part: QWidget = self.columns.view if self._look is not None else self.file_button
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_F10):
            self._take()
        elif keys.is_ctrl(event, "O"):
            self.choose()
        elif keys.is_plain(event, Qt.Key.Key_F6):
            self._next_area()
        elif keys.is_plain(event, Qt.Key.Key_F8):
            self.choices.take_focus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.meaning.picker.hasFocus():
            self._next_column()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.choices.has_focus():
            self.columns.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif keys.is_plain(event, Qt.Key.Key_Escape):
            inside = self.meaning.picker.hasFocus() or self.choices.has_focus()
            (self.columns.view.setFocus if inside else self.frame.back)()
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.file_button.set_words(words._("Choose a file"))
        self.kind.set_words(words._("What is in it"))
        kinds = [(ROSTER, words._("people and members")), (SAVINGS, words._("sums paid"))]
        self.kind.picker.set_choices(kinds, self._kind)
        self.sheet.set_words(words._("Page of the file"))
        names = (words._("Date for all rows"), words._("Kind for all rows"))
        for field, name in zip(self.constants.values(), names, strict=True):
            field.set_words(name)
        self.source.set_words(words._("Name of this import"))
        self.meaning.set_words(words._("This column means"))
        self._meaning_hint.setText(words._("Enter on a column comes here; Up and Down choose, Enter goes on."))
        self._columns_title.setText(words._("Columns of the file"))
        nothing = words._("Choose a file. Nothing is written before you have seen how its rows are understood.")
        self._nothing.setText(nothing)
        self._show(self._look)

    # -- the file

    def choose(self) -> None:
        """Ask for a file."""
        words = self.frame.words
        kinds = words._("Tables ({endings})").format(endings=TABLES)
        found = choosing.file(self, words._("Choose a table"), kinds)
        if found is not None:
            self.take_file(found)

    def take_file(self, path: Path) -> None:
        """A file to look at, as its headings say."""
        self._path, self._given, self._done = path, None, None
        for field in (*self.constants.values(), self.source):
            field.set_text("")
        self.choices.forget()
        self.arrive()
        self._read()

    def _read(self, done: Imported | None = None) -> None:
        self._done = done
        if self._path is not None:
            rounding = self.choices.rounding
            read = partial(look_at, path=self._path, kind=self._kind, given=self._given, rounding=rounding)
            self.ask("look", read, self._have_look, self._no_look)

    def _have_look(self, look: TableLook) -> None:
        self._given = look.given
        self._show(look)
        self.settle_cursor()

    def _no_look(self, problems: Sequence[Problem]) -> None:
        self._show(None)
        self.trouble.tell(self.frame.words._("This file cannot be read"), "\n".join(self.sentences(problems)))
        self.trouble.show()

    def _show(self, look: TableLook | None) -> None:
        words = self.frame.words
        self._look = look
        self._body.setVisible(look is not None)
        self._nothing.setVisible(look is None)
        self.banner.setVisible(self._done is not None)
        self.trouble.hide()
        self.choices.show(words, look)
        self.sheet.setVisible(look is not None and len(look.sheets) > 1)
        for field in (*self.constants.values(), self.source):
            field.setVisible(look is not None and look.kind == SAVINGS)
        if look is None:
            self.take_button.set_words(words._("Take it in"))
            self.take_button.set_reason(words._("Choose a file first"))
            self.reworded.emit()
            return
        self.sheet.picker.set_choices([(name, name) for name in look.sheets], look.sheet)
        self.columns.set_columns(column_columns(words))
        self.columns.set_rows([column_row(words, one) for one in look.columns])
        if self.columns.row_key() is None:
            self.columns.view.put_cursor(0)
        for name, field in self.constants.items():
            field.setVisible(look.kind == SAVINGS and name not in look.given.columns)
        self._show_rows(look)
        self._column_moved()
        self.reworded.emit()

    def _show_rows(self, look: TableLook) -> None:
        words = self.frame.words
        self._lines_title.setText(rows_title(words, look, is_done=self._done is not None))
        self.lines.set_columns(line_columns(words, look))
        self.lines.set_rows([line_row(words, one, look.currency) for one in look.lines])
        self.lines.setVisible(bool(look.lines))
        self._problems_title.setText(problems_title(words, look))
        self._problems_title.setVisible(bool(look.problems))
        self.problems.setVisible(bool(look.problems))
        self.problems.set_columns(problem_columns(words))
        self.problems.set_rows([problem_row(words, one, at, look.currency) for at, one in enumerate(look.problems)])
        self.take_button.set_words(words._("Take in {n}").format(n=formats.number(words, look.good)))
        reason = "" if look.good else words._("No row can be taken in: see what is wrong below")
        self.take_button.set_reason(words._("This file is taken in already") if self._done is not None else reason)

    # -- what columns mean

    def _column(self) -> ColumnSeen | None:
        key = self.columns.row_key()
        return next((one for one in self._look.columns if one.place == key), None) if self._look is not None else None

    def _column_moved(self) -> None:
        one, words = self._column(), self.frame.words
        self.meaning.setVisible(one is not None and bool(one.header))
        if one is not None:
            self.meaning.set_words(words._("“{column}” means").format(column=one.header))
            choices = [(code, means(words, code)) for code in ("", *MEANINGS[self._kind])]
            self.meaning.picker.set_choices(choices, one.means)

    def _choose_meaning(self) -> None:
        one = self._column()
        if one is not None and one.header:
            self.meaning.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _means(self, code: object) -> None:
        one = self._column()
        if one is not None and self._given is not None:
            self._given = with_meaning(self._given, self._kind, one.header, str(code or ""))
            self._read()

    def _next_column(self) -> None:
        self.columns.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.columns.view.put_cursor(self.columns.view.currentIndex().row() + 1)

    def _kind_picked(self, key: object) -> None:
        self._kind = str(key)
        self._given = None
        self._read()

    def _sheet_picked(self, key: object) -> None:
        if self._path is not None:  # another page has other columns: its headings say again what they mean
            self._done = None
            read = partial(look_at, path=self._path, kind=self._kind, sheet=str(key))
            self.ask("look", read, self._have_look, self._no_look)

    def _constant(self, name: str) -> None:
        if self._given is not None:
            given = with_constant(self._given, name, self.constants[name].text())
            if given != self._given:
                self._given = given
                self._read()

    def _read_otherwise(self) -> None:
        if self._given is not None:
            given = with_constant(self._given, "group", self.choices.group)
            self._given = with_decimal(given, self.choices.decimal)
            self._read()

    def _source_typed(self) -> None:
        if self._given is not None:
            self._given = replace(self._given, source=self.source.text() or None)

    def _next_area(self) -> None:
        """F6: columns, rows, problems."""
        areas = [table for table in (self.columns, self.lines, self.problems) if not table.isHidden()]
        at = next((i for i, table in enumerate(areas) if table.view.hasFocus()), -1)
        if areas:
            areas[(at + 1) % len(areas)].view.setFocus(Qt.FocusReason.TabFocusReason)

    # -- taking it in

    def _take(self) -> None:
        if self._path is None or self._given is None or self._is_busy or self.take_button.reason():
            return
        self._is_busy = True
        what = self.frame.words._("The file is being taken in")
        self.take_button.set_reason(what)
        rounding = self.choices.rounding
        take = partial(take_in, path=self._path, kind=self._kind, given=self._given, rounding=rounding)
        self.store.long(what, take, self._taken, self._not_taken)

    def _end(self) -> None:
        self._is_busy = False
        self.take_button.set_reason("")

    def _taken(self, outcome: Outcome[Imported]) -> None:
        self._end()
        found, words = outcome.value, self.frame.words
        below = left_out_words(words, found, is_people=self._kind == ROSTER)
        self.banner.tell(result_words(words, found), "\n".join(below))
        self._read(found)

    def _not_taken(self, problems: Sequence[Problem]) -> None:
        self._end()
        words = self.frame.words
        if not problems:
            self.frame.toast(words._("Stopped; nothing of the file was written"))
            return
        self.trouble.tell(words._("Nothing of the file was written"), "\n".join(self.sentences(problems)))
        self.trouble.show()
