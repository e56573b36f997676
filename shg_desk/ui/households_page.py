"""Households: the list of all of them at the left, and at the right one household, or the form that registers one."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.group_forms import candidates
from shg_desk.actions.views_people import PAGE
from shg_desk.actions.views_people import Conflict
from shg_desk.actions.views_people import HouseholdCard
from shg_desk.actions.views_people import HouseholdLine
from shg_desk.actions.views_people import HouseholdMarks
from shg_desk.actions.views_people import PersonCard
from shg_desk.actions.views_people import Version
from shg_desk.actions.views_people import VillageName
from shg_desk.actions.views_people import household_card
from shg_desk.actions.views_people import household_marks
from shg_desk.actions.views_people import household_page
from shg_desk.actions.views_people import household_place
from shg_desk.actions.views_people import villages
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.household_detail import HouseholdDetail
from shg_desk.ui.household_detail import household_sentence
from shg_desk.ui.household_detail import list_hints
from shg_desk.ui.household_forms import HomeForm
from shg_desk.ui.household_forms import PersonForm
from shg_desk.ui.household_forms import settling
from shg_desk.ui.lazy_rows import LazyRows
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.find_box import FindBox
from shg_desk.ui.parts.flow import ListAndDetail
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table
from shg_desk.ui.stay_form import StayForm
from shg_desk.ui.withdraw_form import HouseholdForm
from shg_desk.ui.withdraw_form import WithdrawForm
from shg_desk.ui.withdraw_form import written_down

LIST_WIDTH = 470


class HouseholdsPage(DeskPage):
    """`open` takes a household's id, `new`, or nothing."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._marks = HouseholdMarks("", 0, (None,))
        self._card: HouseholdCard | None = None
        self._wanted: str | None = None
        self._reading = ""
        self._form: HouseholdForm | None = None
        self._kept: dict[tuple[str, str], dict[str, str]] = {}
        self.new_button = Button(kind="primary", keys=("Ins",), icon="plus")
        self.new_button.clicked.connect(self._new)
        self.import_button = Button(icon="sheet", keys=("Ctrl", "O"))
        self.import_button.clicked.connect(lambda: self.frame.go("import", "roster"))
        self._build()

    def _build(self) -> None:
        body = rows(self, margins=(20, 12, 20, 12))
        self.detail = HouseholdDetail(self.frame)
        left = rows(gap=8)
        self.find_box = FindBox(keys=("/",))
        self.find_box.textChanged.connect(lambda _text: self.after_pause(self._read))
        self.find_box.down_asked.connect(self._into_list)
        self.find_box.entered.connect(self._into_list)
        left.addWidget(self.find_box)
        self._count = Label(size=tokens.GRID, ink=tokens.INK2)
        left.addWidget(self._count)
        self.table = Table([], row_height=(36, 36), fills=True)
        self.table.view.moved.connect(lambda row, _column: self._moved(row))
        self.table.view.opened.connect(lambda _row, _column: self.detail.focus_first())
        left.addWidget(self.table, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(self._new)
        self._empty.hide()
        left.addWidget(self._empty)
        self.detail.person_opened.connect(self._change_person)
        self.detail.change_asked.connect(self._change_home)
        self.detail.add_asked.connect(self._new_person)
        self.detail.settled.connect(self._settle)
        lang = self.lang
        self.home_form, self.person_form, self.stay_form = HomeForm(lang), PersonForm(lang), StayForm(lang)
        self.withdraw_form = WithdrawForm(lang)
        self._forms = (self.home_form, self.person_form, self.stay_form, self.withdraw_form)
        for form in self._forms:
            form.saved.connect(self._save)
            form.left.connect(self._leave_form)
            form.touched.connect(self.reworded)
        self.stay_form.searched.connect(lambda _text: self.after_pause(self._search_person))
        self.detail.home_asked.connect(self._change_homes)
        self.detail.withdraw_asked.connect(self._withdraw)
        right = rows(gap=0)
        for part in (self.detail, *self._forms):
            right.addWidget(part)
        right.addStretch(1)
        self._show_part(self.detail)
        self._pair = ListAndDetail(left, right, list_width=LIST_WIDTH)
        body.addWidget(self._pair, 1)

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("Households")

    def sentence(self) -> str:
        return household_sentence(self.frame.words, self._card) if self._card is not None else ""

    def controls(self) -> Sequence[QWidget]:
        return (self.import_button, self.new_button) if self._form is None else ()

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        in_detail = self.detail.isAncestorOf(QApplication.focusWidget() or self)
        self.new_button.set_keys(() if in_detail else ("Ins",))  # the keycap stands where the key works now
        self.detail.add_button.set_keys(("Ins",) if in_detail else ())
        if self._form is not None:
            return (
                *self._form.hints(words),
                self.hint_of_leaving(),
                Hint(("F1",), words._("help")),
            )
        if in_detail:
            return self.detail.hints(words)
        return list_hints(words, self.focus_find, self.import_button.click)

    def open(self, target: object = None) -> None:
        self.arrive()
        if target == "new":
            self._read()
            self._new()
            return
        self._wanted = target if isinstance(target, str) else self._wanted
        if isinstance(target, str) and self.find_box.text():
            self.find_box.clear()
        self._show_part(self.detail)
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_find(self) -> None:
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    def focus_first(self) -> None:
        if self._form is not None:
            self._form.focus_first()
        elif self._marks.count:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._empty.isHidden():
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        in_detail = self.detail.isAncestorOf(QApplication.focusWidget() or self)
        if self._form is not None:
            return False
        if keys.is_plain(event, Qt.Key.Key_Insert):
            (self._new_person if in_detail else self._new)()
        elif keys.is_plain(event, Qt.Key.Key_F2):
            person = self.detail.person() if in_detail else None
            (partial(self._change_person, person) if person else self._change_home)()
        elif keys.is_plain(event, Qt.Key.Key_F4):
            self._change_homes()
        elif event.key() == Qt.Key.Key_Delete and keys.held(event) == Qt.KeyboardModifier.ControlModifier:
            self._withdraw()
        elif keys.is_ctrl(event, "O"):
            self.import_button.click()
        elif keys.is_plain(event, Qt.Key.Key_Escape) and in_detail:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif keys.is_plain(event, Qt.Key.Key_F6):
            (self._into_list if in_detail else self.detail.focus_first)()
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.find_box.set_words(words._("Name, code or address"))
        self.new_button.set_words(words._("New household"))
        self.import_button.set_words(words._("From a table"))
        self.table.set_columns(
            (
                Column(words._("Household"), 190, grows=1, wraps=True),
                Column(words._("Code"), 100, wraps=True),
                Column(words._("Village"), 110, wraps=True),
            )
        )
        self._empty.set_words(words._("No household is registered yet."), words._("Register a household"), ("Ins",))
        for part in (self.detail, *self._forms):
            part.retranslate(words)
        self._show_count()

    # -- the list

    def _read(self) -> None:
        self.ask("villages", villages, self._have_villages)
        self.ask("marks", partial(household_marks, search=self.find_box.text()), self._show_list)
        if self._card is not None and self._wanted is None:
            self._read_card(self._card.id)

    def _have_villages(self, found: list[VillageName]) -> None:
        self.home_form.know_villages([one.name for one in found])

    def _show_list(self, marks: HouseholdMarks) -> None:
        self._marks = marks
        lazy = LazyRows(marks.count, PAGE, 3, partial(self._fetch, marks))
        self.table.set_rows(lazy)
        nothing = not marks.count and not marks.search
        self._empty.setVisible(nothing)
        self.table.setVisible(not nothing)
        self.find_box.setVisible(not nothing)
        self._pair.updateGeometry()
        self._show_count()
        wanted = self._wanted or (self._card.id if self._card else None)
        self._wanted = None
        if wanted is not None:
            self._read_card(wanted)
            self.ask("place", partial(household_place, household=wanted, marks=marks), self._put_cursor)
        elif marks.count:
            self.table.view.put_cursor(0)
        else:
            self._show_card(None)

    def _show_count(self) -> None:
        words, count = self.frame.words, self._marks.count
        found = words.n_("{n} household", "{n} households", count).format(n=formats.number(words, count))
        if self._marks.search and not count:
            found = words._("Nothing is found by this spelling.")
        self._count.setText(found)
        self._count.setVisible(bool(count or self._marks.search))

    def _put_cursor(self, place: int | None) -> None:
        if place is not None:
            self.table.view.put_cursor(place)

    def _fetch(self, marks: HouseholdMarks, number: int) -> None:
        action = partial(household_page, search=marks.search, after=marks.starts[number])
        self.store.run(action, partial(self._fill, marks, number))

    def _fill(self, marks: HouseholdMarks, number: int, lines: list[HouseholdLine]) -> None:
        lazy = self.table.model.rows()
        if marks is not self._marks or not isinstance(lazy, LazyRows):
            return
        filled = lazy.fill(number, [self._row(line) for line in lines])
        if not filled:
            return
        model = self.table.model
        model.dataChanged.emit(model.index(filled[0], 0), model.index(filled[-1], 2))
        self.table.fit()
        here = self.table.view.currentIndex().row()
        if here in filled:
            self._moved(here)

    def _row(self, line: HouseholdLine) -> Row:
        words = self.frame.words
        name = line.head or words._("names closed on this laptop")
        icon = "" if line.head else "lock"
        return Row((Cell(name, icon=icon), Cell(line.code, ink=tokens.INK2), Cell(line.village)), key=line.id)

    def _moved(self, row: int) -> None:
        key = self.table.model.row(row).key
        if isinstance(key, str) and self._reading != key:
            self._read_card(key)

    def _into_list(self) -> None:
        if self._marks.count:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- one household

    def _read_card(self, household: str) -> None:
        self._reading = household
        self.ask("card", partial(household_card, household=household), self._show_card)

    def _show_card(self, card: HouseholdCard | None) -> None:
        self._card = card
        self.detail.show_card(card)
        if card is not None:
            self.person_form.know_adults(card)
        if self._form is None:
            self._show_part(self.detail)
        self.settle_cursor()
        self.reworded.emit()

    def _settle(self, conflict: Conflict, version: Version) -> None:
        said = self.frame.words._("Settled, all laptops will know")
        self.write(settling(conflict, version), lambda _outcome: self.frame.toast(said))

    # -- forms

    def _show_part(self, shown: QWidget) -> None:
        """The household, or one of the forms in its place."""
        self._form = shown if isinstance(shown, HouseholdForm) else None
        for part in self._forms:
            part.setVisible(part is shown)
        self.detail.setVisible(shown is self.detail and self._card is not None)

    def _show_form(self, form: HouseholdForm, kind: str, gid: str, texts: dict[str, str]) -> None:
        kept = self._kept.get((kind, gid))
        form.begin(kind, gid, kept or texts)
        form.put_back(kept)
        self._show_part(form)
        form.focus_first()
        self.reworded.emit()

    def _new(self) -> None:
        village = self._card.village if self._card else ""
        self._show_form(self.home_form, "new", "", {"village": village})

    def _change_home(self) -> None:
        card = self._card
        if card is not None:
            texts = {"name": card.head or "", "code": card.code, "village": card.village}
            texts |= {"address": card.address or "", "phone": card.phone or ""}
            self._show_form(self.home_form, "change", card.id, texts)

    def _new_person(self) -> None:
        if self._card is not None:
            self._show_form(self.person_form, "new-person", self._card.id, {})

    def _change_person(self, person: PersonCard) -> None:
        self._show_form(self.person_form, "change-person", person.id, self.person_form.texts_of(person))

    def _change_homes(self) -> None:
        """F4: the homes of the person under the cursor who has several; else somebody new to this household."""
        if self._card is not None:
            person = self.detail.person()
            known = person if person is not None and person.elsewhere else None
            self.stay_form.about(self._card, known)
            kept = ("stay", known.id if known is not None else self._card.id)
            self._show_form(self.stay_form, *kept, self.stay_form.texts_of(known))

    def _withdraw(self) -> None:
        """The end of the family's consent; not for one whose names are closed already."""
        if self._card is not None and self.detail.can_withdraw():
            self.withdraw_form.about(self._card)
            self._show_form(self.withdraw_form, "withdraw", self._card.id, {})

    def _search_person(self) -> None:
        read = partial(candidates, search=self.stay_form.text("name"))
        self.ask("candidates", read, self.stay_form.show_candidates)

    def _leave_form(self) -> None:
        """Esc: what was typed waits for the same form to be opened again."""
        form = self._form
        if form is None:
            return
        if form.is_typed:
            self._kept[form.key] = form.texts()
        self._show_part(self.detail)
        self._into_list() if form is self.home_form else self.detail.focus_first()
        self.reworded.emit()

    def leave(self) -> bool:
        if self._form is not None:
            self._leave_form()
        return True

    def _save(self) -> None:
        if self._form is not None:
            self.write(self._form.action(), partial(self._saved, self._form.key), self._trouble)

    def _saved(self, key: tuple[str, str], outcome: Outcome[str]) -> None:
        self._kept.pop(key, None)
        self._show_part(self.detail)
        if key[0] in ("new", "change"):
            self._wanted = outcome.value
        self.detail.focus_first()
        self.told_written(written_down(self.frame.words, key[0]), outcome.warnings)
        self.reworded.emit()

    def _trouble(self, problems: Sequence[Problem]) -> None:
        if self._form is not None:
            self.tell_form(self._form, problems)
