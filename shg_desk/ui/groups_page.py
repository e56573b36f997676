"""Groups: the list at the left, and one group: at a glance, members, rules, officers, and the forms of each."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.group_forms import candidates
from shg_desk.actions.group_places import drop_place
from shg_desk.actions.particulars import particulars
from shg_desk.actions.rules_forms import preview_rules
from shg_desk.actions.views_groups import GroupCard
from shg_desk.actions.views_groups import GroupLine
from shg_desk.actions.views_groups import MemberLine
from shg_desk.actions.views_groups import group_card
from shg_desk.actions.views_groups import group_lines
from shg_desk.domain.problems import Problem
from shg_desk.ui import keys
from shg_desk.ui import particulars_forms
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.group_detail import GroupDetail
from shg_desk.ui.group_forms import GroupForm
from shg_desk.ui.group_forms import HandOverForm
from shg_desk.ui.group_forms import LeaveForm
from shg_desk.ui.group_forms import MemberForm
from shg_desk.ui.group_forms import OfficerForm
from shg_desk.ui.group_overview import group_sentence
from shg_desk.ui.group_places_form import PlaceForm
from shg_desk.ui.group_saving import what_is_saved
from shg_desk.ui.group_tables import group_columns
from shg_desk.ui.group_tables import group_row
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.find_box import FindBox
from shg_desk.ui.parts.flow import ListAndDetail
from shg_desk.ui.parts.form import Form
from shg_desk.ui.parts.header import GroupMark
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table
from shg_desk.ui.rules_form import RulesForm

LIST_WIDTH = 370


class GroupsPage(DeskPage):
    """`open` takes a group's id, (id, tab) with a tab of `group_detail.TABS`, or `new`."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._lines: list[GroupLine] = []
        self._card: GroupCard | None = None
        self._today = date.min
        self._wanted: str | None = None
        self._from_detail = False
        self._form: Form | None = None
        self._kept: dict[tuple[str, str], dict[str, str]] = {}
        self._mark = GroupMark()
        self.new_button = Button(icon="plus", keys=("Ins",))
        self.sheet_button = Button(kind="primary", icon="sheet", keys=("F10",))
        self.new_button.clicked.connect(self._new_group)
        self.sheet_button.clicked.connect(self._open_sheet)
        self._build()

    def _build(self) -> None:
        body = rows(self, margins=(20, 12, 20, 12))
        self.detail = GroupDetail()
        self._left = QWidget()
        left = rows(self._left, gap=8)
        self.find_box = FindBox(keys=("/",))
        self.find_box.textChanged.connect(lambda _text: self.after_pause(self._read))
        self.find_box.down_asked.connect(self._into_list)
        self.find_box.entered.connect(self._into_list)
        left.addWidget(self.find_box)
        self.table = Table([], row_height=(36, 36), fills=True)
        self.table.view.moved.connect(lambda row, _column: self._moved(row))
        self.table.view.opened.connect(lambda _row, _column: self.detail.focus_first())
        left.addWidget(self.table, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(self._new_group)
        self._empty.hide()
        left.addWidget(self._empty)
        right = rows(gap=0)
        self.detail.asked.connect(self._asked)
        right.addWidget(self.detail, 1)
        lang = self.lang
        self.group_form, self.member_form, self.leave_form = GroupForm(lang), MemberForm(lang), LeaveForm(lang)
        self.officer_form, self.rules_form, self.hand_form = OfficerForm(lang), RulesForm(lang), HandOverForm(lang)
        self.place_form, (self.member_facts, self.group_facts) = PlaceForm(lang), particulars_forms.both(lang)
        self._forms: tuple[Any, ...] = (self.group_form, self.member_form, self.leave_form, self.officer_form)
        self._forms += (self.rules_form, self.hand_form, self.place_form, self.member_facts, self.group_facts)
        for form in self._forms:
            form.saved.connect(self._save)
            form.left.connect(self._leave_form)
            form.touched.connect(self.reworded)
            form.hide()
            right.addWidget(form)
        self.rules_form.preview_asked.connect(self._preview_rules)
        self.rules_form.turned.connect(self.reworded)
        self.member_form.searched.connect(lambda _text: self.after_pause(self._search_person))
        self.member_form.choices.changed.connect(self.reworded)
        right.addStretch(0)
        self.detail.hide()
        self._pair = ListAndDetail(self._left, right, list_width=LIST_WIDTH)
        body.addWidget(self._pair, 1)

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("Groups") if self._card is None else self._card.name

    def sentence(self) -> str:
        return group_sentence(self.frame.words, self._card) if self._card is not None else ""

    def before_title(self) -> QWidget | None:
        return self._mark if self._card is not None else None

    def controls(self) -> Sequence[QWidget]:
        if self._form is not None:
            return ()
        return (self.new_button, self.sheet_button) if self._card is not None else (self.new_button,)

    def hints(self) -> Sequence[Hint]:
        words, help_ = self.frame.words, Hint(("F1",), self.frame.words._("help"))
        in_detail = self.detail.isAncestorOf(QApplication.focusWidget() or self)
        self.new_button.set_keys(() if in_detail else ("Ins",))  # the keycap stands where the key works now
        self.detail.add_button.set_keys(("Ins",) if in_detail else ())
        if self._form is not None:
            return (*self._form.hints(words), self.hint_of_leaving(), help_)
        if in_detail:
            return (*self.detail.hints(words), Hint(("Esc",), words._("back to the list")), help_)
        return (
            Hint(("↑", "↓"), words._("choose")),
            Hint(("Enter",), words._("go to the group")),
            Hint(("F6",), words._("members, rules, officers"), self._next_tab),
            Hint(("F10",), words._("open the sheet"), self._open_sheet),
            *self.detail.share_out_hint(words),
            Hint(("Ins",), words._("new group"), self._new_group),
            help_,
        )

    def come_back(self, target: object = None) -> None:
        """As it was left: the same group, and the cursor in its row."""
        self.arrive()
        self._read() if self._card is not None else self.open(target)

    def open(self, target: object = None) -> None:
        self.arrive()
        self._from_detail = False
        if isinstance(target, tuple):
            target, tab = target
            self.detail.show_tab(str(tab))
        if target == "new":
            self._read()
            self._new_group()
            return
        if isinstance(target, str):
            self._wanted = target
            self.find_box.clear()
        self._show_part(None)
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
        elif self._from_detail and self._card is not None:
            self.detail.focus_first()
        elif self._lines:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._empty.isHidden():
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if self._form is not None:
            return False
        in_detail = self.detail.isAncestorOf(QApplication.focusWidget() or self)
        if keys.is_plain(event, Qt.Key.Key_Escape) and in_detail:
            self._into_list()
        elif keys.is_plain(event, Qt.Key.Key_F6):
            self._next_tab()
        elif keys.is_plain(event, Qt.Key.Key_F10):
            self._open_sheet()
        elif keys.is_plain(event, Qt.Key.Key_F5):
            self._asked("share-out", None)
        elif keys.is_plain(event, Qt.Key.Key_Insert):
            (self.detail.add if in_detail else self._new_group)()
        elif in_detail and keys.is_plain(event, Qt.Key.Key_F2):
            self.detail.change()
        elif in_detail and keys.is_plain(event, Qt.Key.Key_Delete):
            self.detail.take_away()
        elif in_detail and keys.is_plain(event, Qt.Key.Key_F7):
            self.detail.died()
        else:
            return False
        return True

    def leave(self) -> bool:
        self._from_detail = self._form is not None or self.detail.isAncestorOf(QApplication.focusWidget() or self)
        self._leave_form()
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.find_box.set_words(words._("Name or code of a group"))
        self.new_button.set_words(words._("New group"))
        self.sheet_button.set_words(words._("Open the sheet"))
        self.table.set_columns(group_columns(words))
        start = words._("Families that choose each other make a group.")
        self._empty.set_words(start, words._("Make a group"), ("Ins",))
        for form in self._forms:
            form.retranslate(words)
        self.detail.retranslate(words)
        self.table.set_rows([group_row(words, one) for one in self._lines])
        if self._card is not None:
            self.detail.show_card(self._card)

    # -- reading

    def _read(self) -> None:
        self.ask("today", lambda desk: desk.today(), self._have_today)
        self.ask("groups", partial(group_lines, search=self.find_box.text()), self._show_lines)

    def _have_today(self, today: date) -> None:
        self._today = today

    def _show_lines(self, found: list[GroupLine]) -> None:
        words = self.frame.words
        self._lines = found
        nothing = not found and not self.find_box.text()
        self._empty.setVisible(nothing)
        self.table.setVisible(not nothing)
        self.find_box.setVisible(not nothing)
        self.table.set_rows([group_row(words, one) for one in found])
        wanted = self._wanted or (self._card.id if self._card else None)
        self._wanted = None
        at = next((i for i, one in enumerate(found) if one.id == wanted), 0)
        if wanted is not None:
            self._read_card(wanted)
        if found:
            self.table.view.put_cursor(at)
        elif wanted is None:
            self._show_card(None)

    def _moved(self, row: int) -> None:
        key = self.table.model.row(row).key
        if isinstance(key, str) and (self._card is None or self._card.id != key):
            self._read_card(key)

    def _read_card(self, group: str) -> None:
        self.ask("card", partial(group_card, gid=group), self._show_card)

    def _show_card(self, card: GroupCard | None) -> None:
        self._card = card
        if card is not None:
            self._mark.set_colour(card.colour)
            self.detail.show_card(card)
        self.detail.setVisible(card is not None and self._form is None)
        self.reworded.emit()
        self.settle_cursor()

    # -- going on

    def _into_list(self) -> None:
        if self._lines:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_tab(self) -> None:
        if self._card is not None:
            self.detail.next_tab()
            self.reworded.emit()  # the cursor may stand where it stood, and the keys are others

    def _open_sheet(self) -> None:
        if self._card is not None:
            self.ways.open_sheet(self._card.id)

    def _asked(self, what: str, thing: object) -> None:
        """Something of the group is wanted: a form, or another page."""
        card = self._card
        if card is None:
            return
        ways: dict[str, Callable[[], None]] = {
            "member": lambda: self.frame.go("member", thing),
            "ledger": lambda: self.frame.go("ledger", (card.id, thing)),
            "loans": lambda: self.frame.go("loans", card.id),
            "share-out": lambda: self.frame.go("share_out", card.id),
            "join": lambda: self._begin(self.member_form, lambda: self.member_form.begin(card.next_number)),
            "leave": lambda: self._leave_member(thing),
            "died": lambda: self.frame.go("death", thing),
            "elect": lambda: self._begin(self.officer_form, lambda: self.officer_form.begin(card, self._today)),
            "correct": lambda: self._correct(card.id, thing),
            "rules": lambda: self._begin(self.rules_form, lambda: self.rules_form.begin(card, self._today)),
            "place": lambda: self._begin(self.place_form, lambda: self.place_form.begin(card, thing)),
            "drop": lambda: self._drop_place(card.id, str(thing)),
            "hand": lambda: self._begin(self.hand_form, lambda: self.hand_form.begin(card)),
        }
        ways[what]()

    def _correct(self, group: str, member: object) -> None:
        """What is written of a member, or of the group itself, is put right: what stands now is read first."""
        form = self.member_facts if member else self.group_facts
        read = partial(particulars, group=group, member=str(member or ""))
        self.ask("particulars", read, lambda found: self._begin(form, lambda: form.begin(found)))

    def _drop_place(self, group: str, code: str) -> None:
        def told(problems: Sequence[Problem]) -> None:
            self.frame.toast(" ".join(self.sentences(problems)))

        done = self.frame.words._("The place is taken off the list")
        self.write(partial(drop_place, gid=group, code=code), lambda _outcome: self.frame.toast(done), told)

    # -- forms

    def _show_part(self, form: Form | None) -> None:
        self._form = form
        self._left.setVisible(form is not self.rules_form)
        for one in self._forms:
            one.setVisible(one is form)
        self.detail.setVisible(form is None and self._card is not None)
        self.reworded.emit()

    def _key(self, form: Form) -> tuple[str, str]:
        return type(form).__name__, getattr(form, "member", "") or (self._card.id if self._card is not None else "")

    def _begin(self, form: Form, begin: Callable[[], None]) -> None:
        begin()
        form.put_back(self._kept.get(self._key(form)))
        self._show_part(form)
        form.focus_first()

    def _new_group(self) -> None:
        village = self._card.village if self._card is not None else ""
        self._begin(self.group_form, lambda: self.group_form.set_texts({"village": village, "currency": "KGS"}))

    def _leave_member(self, member: object) -> None:
        if isinstance(member, MemberLine) and member.left is None:
            name, form = member.name or f"№ {member.number}", self.leave_form
            self._begin(form, lambda: form.begin(member.id, name, self._today))

    def _leave_form(self) -> None:
        form = self._form
        if form is None:
            return
        if form.is_typed:
            self._kept[self._key(form)] = form.texts()
        self._show_part(None)
        self._into_list() if form is self.group_form else self.detail.focus_first()

    def _search_person(self) -> None:
        name = self.member_form.text("name")
        self.ask("candidates", partial(candidates, search=name), self.member_form.show_candidates)

    def _preview_rules(self) -> None:
        if self._card is not None:
            read = partial(preview_rules, group=self._card.id, typed=self.rules_form.texts())
            self.ask("preview", read, self.rules_form.show_preview, self._trouble)

    def _save(self) -> None:
        form = self._form
        if form is None:
            return
        saved = what_is_saved(form, self._card.id if self._card is not None else "")
        self.write(saved, partial(self._saved, form), self._trouble)

    def _saved(self, form: Form, outcome: Outcome[str]) -> None:
        self._kept.pop(self._key(form), None)
        if form is self.group_form:
            self._wanted = outcome.value
        if form is self.member_form:
            self.detail.stand_at(outcome.value)
        self.arrive()  # the list of the first group is still to come
        self._show_part(None)
        self.told_written(self.frame.words._("Written down"), outcome.warnings)
        self.detail.focus_first() if form is not self.group_form else self._into_list()

    def _trouble(self, problems: Sequence[Problem]) -> None:
        if self._form is not None:
            self.tell_form(self._form, problems, self._card.currency if self._card is not None else None)
