"""A member has died: what she had and owed, what the group decided, what is left to her heirs, and its paper."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.death import Death
from shg_desk.actions.death import DeathAhead
from shg_desk.actions.death import Recorded
from shg_desk.actions.death import preview_death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import DeathSheet
from shg_desk.actions.death_account import death_sheet
from shg_desk.domain.death import Settled
from shg_desk.domain.problems import Problem
from shg_desk.i18n import death_words
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.ui.ahead_page import Ran
from shg_desk.ui.death_after import AfterDeath
from shg_desk.ui.death_parts import DeathFields
from shg_desk.ui.death_parts import DeathNotes
from shg_desk.ui.death_parts import account_columns
from shg_desk.ui.death_parts import account_rows
from shg_desk.ui.death_parts import next_choice
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.typed_fields import typed_day
from shg_desk.ui.typed_fields import typed_sum
from shg_desk.ui.typed_fields import typed_votes

K = Qt.Key
SIDE = 440


class DeathPage(AfterDeath):
    """`open` takes a membership's id."""

    place = "groups"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._choices: dict[str, str] = {}
        self._seen: Settled | None = None
        self._begins = False
        outer = rows(self, margins=(20, 12, 20, 10), gap=10)
        outer.addWidget(self.problems)
        self.table.view.opened.connect(lambda _row, _column: self.next_field())
        self.fields, self.notes = DeathFields(self.lang), DeathNotes()
        self.fields.asked.connect(self._read)
        self.fields.wanted.connect(self._show_account)
        side = rows(gap=10)
        for part in (self.fields, self.notes):
            side.addWidget(part)
        side.addStretch(1)
        left = rows(gap=8)
        left.addWidget(self.table, 1)
        left.addStretch(0)
        body = rows(self.typed)
        body.addWidget(MainAndSide(left, side, side_width=SIDE, gap=16), 1)
        outer.addWidget(self.typed, 1)
        outer.addWidget(self.ahead, 1)
        outer.addStretch(0)
        self.print_button = Button(icon="print")
        self.print_button.clicked.connect(self.print_paper)
        self.pay_button = Button(keys=("F8",))
        self.pay_button.clicked.connect(self._pay_out)

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("A member has died")

    def sentence(self) -> str:
        if self._sheet is None:
            return ""
        view, words = self._sheet.view, self.frame.words
        parts = [ledger_words.person(view.number, view.name), view.group_name]
        if view.died is not None:
            parts.append(words._("died {date}").format(date=formats.date(view.died)))
        return " · ".join(parts)

    def typed_controls(self) -> Sequence[QWidget]:
        recorded = (self.pay_button, self.print_button) if self._died() else ()
        return (*recorded, self.ahead_button) if self._to_settle() else recorded

    def typed_hints(self) -> Sequence[Hint]:
        words = self.frame.words
        found = []
        typing = self.fields.isAncestorOf(QApplication.focusWidget() or self)
        if typing:
            found += [Hint(("Enter",), words._("next field"))]
        elif self._sheet is not None and self._sheet.view.estate.debts:
            found += [
                Hint(("↑", "↓"), words._("line")),
                Hint(("Space",), words._("what becomes of a debt"), self._choose),
            ]
        if self._to_settle():
            found += [Hint(("F6",), words._("table, answers"), self._next_area)]
            found += [Hint(("F10",), words._("what will be written"), self.look_ahead)]
        if self._died():
            found += [
                Hint(("F8",), words._("pay out to the heirs"), self._pay_out),
                Hint(("Ctrl", "P"), words._("print the account"), self.print_paper),
                *(() if typing else (Hint(("Del",), words._("take it back"), self._ask_back),)),
            ]
        return (*found, Hint(("Esc",), words._("back"), self.frame.back), Hint(("F1",), words._("help")))

    def open(self, target: object = None) -> None:
        self.arrive()
        self._begins = True
        if isinstance(target, str) and target != self._member:
            self._member, self._sheet = target, None
            self._forget()
        self.problems.clear()
        self.put_typed()
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_typed(self) -> None:
        if self._sheet is not None:
            part = self.table.view if self._died() else self.fields.died.edit
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed_keys(self) -> Mapping[Qt.Key, Ran]:
        ways: dict[Qt.Key, Ran] = {K.Key_F6: self._next_area, K.Key_F8: self._pay_out}
        if self.table.view.hasFocus():
            ways |= {K.Key_Space: self._choose, K.Key_Delete: self._ask_back}
        return ways

    def next_field(self) -> None:
        """Through the answers; after the last one what will be written is shown."""
        if self.fields.heir.edit.hasFocus():
            self.look_ahead()
        elif self.fields.isVisibleTo(self):  # nothing is left to answer: the cursor stays
            self.focusNextChild()

    def retranslate(self) -> None:
        words = self.frame.words
        self.fields.retranslate(words)
        self.ahead_button.set_words(words._("What will be written"))
        self.print_button.set_words(words._("Print the account"))
        self.pay_button.set_words(words._("Pay out to the heirs"))
        self.table.set_columns(account_columns(words))
        if self._sheet is not None:
            self._show(self._sheet)
        self.show_again()

    # -- reading and showing

    def _to_settle(self) -> bool:
        """True while something can be written: her death, or what was left open of her account."""
        if self._sheet is None:
            return False
        estate = self._sheet.view.estate
        return not self._died() or bool(estate.debts or estate.saved_minor or estate.ahead_minor or estate.brought)

    def _day(self, field: Field) -> tuple[date | None, bool]:
        return typed_day(self.frame.words, field, self._sheet.view.today if self._sheet is not None else None)

    def _grant(self) -> int | None:
        return typed_sum(self.frame.words, self.fields.grant, self.currency())

    def _read(self) -> None:
        on, read = self._day(self.fields.died)
        settled_on, read_too = self._day(self.fields.settled_on)
        if read and read_too and self._member:
            asked = partial(death_sheet, member=self._member, on=on, settled_on=settled_on)
            self.ask("death", asked, self._show, self.tell)

    def _forget(self) -> None:
        """The answers, which were given for something else."""
        self._choices = {}
        self.fields.clear()

    def _show(self, sheet: DeathSheet) -> None:
        if self._sheet is not None and self._sheet.view.died != sheet.view.died:
            self._forget()  # her death was written, or taken back
        self._sheet = sheet
        words = self.frame.words
        self.fields.show_view(words, sheet.view)
        self.fields.setVisible(self._to_settle())
        self.notes.show_sheet(words, sheet)
        nothing = words._("Nothing is left to be paid out")
        self.pay_button.set_reason("" if sheet.view.estate.payable_minor else nothing)
        self._show_account()
        self.reworded.emit()
        self.settle_cursor()
        if self._begins:
            self._begins = False
            self.focus_first()

    def _show_account(self) -> None:
        if self._sheet is not None:
            self._sheet = self._sheet.decided(self._choices, self._grant() or 0)
            self.table.set_rows(*account_rows(self.frame.words, self._sheet))

    def _choose(self) -> None:
        """Space: the next thing that can become of the debt under the cursor."""
        key, sheet = self.table.row_key(), self._sheet
        if sheet is None or key not in {debt.key for debt in sheet.view.estate.debts}:
            self.frame.toast(self.frame.words._("Put the cursor on a debt: Space says what becomes of it"))
            return
        self._choices[str(key)] = next_choice(sheet.view.answers(self._choices)[str(key)])
        self._show_account()

    def _next_area(self) -> None:
        to_fields = self.table.view.hasFocus() and self.fields.isVisible()
        first = self.fields.settled_on if self._died() else self.fields.died
        (first.edit if to_fields else self.table.view).setFocus(Qt.FocusReason.TabFocusReason)

    # -- writing

    def look_ahead(self) -> None:
        """F10: what will be written; nothing is written before Enter."""
        asked = self._answers()
        if asked is None or not self._to_settle():
            return

        def come(ahead: DeathAhead) -> None:
            self.problems.clear()
            self.put_ahead(partial(self._show_ahead, asked, ahead))

        self.ask("ahead", partial(preview_death, death=asked), come, self.tell)

    def _show_ahead(self, asked: Death, ahead: DeathAhead) -> None:
        view, settled, words = ahead.view, ahead.settled, self.frame.words
        decided = death_words.decision_words(words, view.number, view.name, view.on, settled, view.currency)
        self._asked, self._seen = replace(asked, decided=decided), settled
        self._show_effects(ahead.preview, back=False)
        left = formats.money(words, settled.payable_minor, view.currency)
        lines = [("", decided, False), (words._("Still to be paid out to the heirs"), left, True)]
        undo = words._("If it was a mistake: Del on this page takes all of it back, as long as nothing was paid out.")
        heed = self.sentences(ahead.warnings, view.currency)
        self.ahead.show_lines(words, lines, words._("Write it"), heed=heed, below=[undo])

    def _answers(self) -> Death | None:
        """What is typed; None (and told) where a field cannot be read."""
        sheet, fields = self._sheet, self.fields
        if sheet is None:
            return None
        (on, read), (settled_on, read_too), grant = self._day(fields.died), self._day(fields.settled_on), self._grant()
        votes = [typed_votes(self.frame.words, field) for field in (fields.votes_for, fields.votes_against)]
        if not (read and read_too) or grant is None or not all(fine for _, fine in votes):
            return None
        view = sheet.view
        return Death(
            member=view.member,
            on=view.died or on or view.on,
            settled_on=settled_on or view.settled_on,
            choices=view.answers(self._choices),
            grant_minor=grant,
            place=str(fields.place.picker.key() or "box"),
            votes=(votes[0][0], votes[1][0]),
            heir=fields.heir.text(),
        )

    def write_shown(self) -> None:
        """Enter in the preview: it is written, or taken back."""
        if self._asked is None:
            self._take_back()
        else:
            self.write(partial(write_death, death=self._asked, seen=self._seen), self._written, self._refused)

    def _refused(self, problems: Sequence[Problem]) -> None:
        """Nothing was written; the account is read again, as something may have changed since it was shown."""
        self.tell(problems)
        self._read()

    def _written(self, _outcome: Outcome[Recorded]) -> None:
        self._forget()
        self.put_typed()
        self._read()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.frame.toast(self.frame.words._("It is written; Ctrl+P prints the account to sign"))
