"""Settings, one column without tabs: language and letters, users, keys and office, backup, the book itself, about."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from shg_desk.actions.books import add_key
from shg_desk.actions.books import change_key
from shg_desk.actions.books import rebuild_book
from shg_desk.actions.books import remove_key
from shg_desk.actions.care import back_up
from shg_desk.actions.care import check_book
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_settings import SettingsView
from shg_desk.actions.views_settings import settings_view
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.messages import sentence
from shg_desk.sync.enrolment import shown_fingerprint
from shg_desk.ui import choosing
from shg_desk.ui import tokens
from shg_desk.ui.backup_words import day_and_place
from shg_desk.ui.language_and_letters import LanguageBox
from shg_desk.ui.language_and_letters import LetterSizes
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import one_column
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.list_card import ListCard
from shg_desk.ui.parts.picker import Picker
from shg_desk.ui.role_words import choices
from shg_desk.ui.role_words import role_of
from shg_desk.ui.session import NEW_PASSPHRASE
from shg_desk.ui.session import Session
from shg_desk.ui.telling_page import TellingPage
from shg_desk.ui.user_row import UserVerbs
from shg_desk.ui.user_row import user_item

WIDTH = 760


class SettingsPage(TellingPage):
    """What belongs to this computer and this book; nothing here touches the records."""

    shows = Changed.SETTINGS | Changed.EXCHANGE

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame, session)
        self.view: SettingsView | None = None
        self.editing: int | None = None
        self.column = one_column(self, WIDTH)
        self.add_banners(self.column)
        self.screen_card, self.users_card, self.keys_card = (
            Card("\u00a0", gap=8),
            Card("\u00a0", gap=8),
            Card("\u00a0", gap=8),
        )
        self.backup_card, self.practice_card, self.book_card = (Card("\u00a0", gap=8) for _ in range(3))
        first = (self.screen_card, self.users_card, self.keys_card)
        for card in (*first, self.backup_card, self.practice_card, self.book_card):
            self._add(card)
        self._fill_screen()
        self._fill_users()
        self._fill_rest()
        self.column.addStretch(1)

    def _add(self, part: QWidget) -> None:
        self.column.addWidget(part)

    def _fill_screen(self) -> None:
        line = Flow(gap=16)
        self.language = LanguageBox(self.frame.words.lang)
        self.language.activated.connect(lambda _i: self._switch(str(self.language.currentData())))
        self.letters = LetterSizes(self._letters)
        line.addWidget(self.language)
        line.addWidget(self.letters)
        self.screen_card.body.addLayout(line)

    def _fill_users(self) -> None:
        self.users = ListCard()
        self.users_card.body.addWidget(self.users)
        self.person = Field(letters="focused", lang=self.frame.words.lang, names=True)
        self.phrase, self.again = (Field(letters="focused", lang=self.frame.words.lang) for _ in range(2))
        for field in (self.phrase, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.entered.connect(self.keep_user)
        self.role = Picker(most=480)
        for part in (self.person, self.role, self.phrase, self.again):
            self.users_card.body.addWidget(part)
        line = Flow(gap=12)
        self.add_button, self.keep_button, self.stop_button = Button(icon="plus"), Button(kind="primary"), Button()
        for button, run in (
            (self.add_button, lambda: self.edit_user(0)),
            (self.keep_button, self.keep_user),
            (self.stop_button, lambda: self.edit_user(None)),
        ):
            button.clicked.connect(run)
            line.addWidget(button)
        self.users_card.body.addLayout(line)

    def _fill_rest(self) -> None:
        self.own_keys, self.office_keys = Label(wrap=True), Label(wrap=True)
        self.keys_button, self.recovery_button = Button(icon="key"), Button(icon="print")
        self.keys_button.clicked.connect(lambda: self.frame.go("join"))
        self.recovery_button.clicked.connect(lambda: self.frame.go("recovery"))
        self.backup_words, self.about = Label(wrap=True), Label(ink=tokens.INK2, wrap=True)
        self.backup_button, self.check_button = Button(icon="backup"), Button(icon="tick")
        self.rebuild_button, self.leave_button = Button(icon="redo"), Button(icon="lock")
        self.practice_words, self.practice_button = Label(wrap=True), Button()
        self.practice_button.clicked.connect(self.ask_for_practice)
        self.backup_button.clicked.connect(self.make_backup)
        self.check_button.clicked.connect(self.check)
        self.rebuild_button.clicked.connect(self.rebuild)
        self.leave_button.clicked.connect(self.ask_to_leave)
        for card, labels, buttons in (
            (self.keys_card, (self.own_keys, self.office_keys), (self.keys_button, self.recovery_button)),
            (self.backup_card, (self.backup_words,), (self.backup_button, self.check_button)),
            (self.practice_card, (self.practice_words,), (self.practice_button,)),
            (self.book_card, (self.about,), (self.rebuild_button, self.leave_button)),
        ):
            for label in labels:
                card.body.addWidget(label)
            line = Flow(gap=12)
            for button in buttons:
                line.addWidget(button)
            card.body.addLayout(line)

    # -- the frame's questions

    def reading(self) -> Callable[[Desk], SettingsView]:
        return settings_view

    def title(self) -> str:
        return self.frame.words._("Settings")

    def sentence(self) -> str:
        if self.view is None:
            return ""
        owner = self.view.owner
        return " · ".join(part for part in (owner.place, owner.person) if part)

    def hints(self) -> Sequence[Hint]:
        say = self.frame.words._
        return (
            Hint(("Tab",), say("next")),
            Hint(("Ctrl", "Shift", "L"), say("language")),
            Hint(("Ctrl", "+"), say("larger letters")),
            Hint(("F1",), say("help")),
        )

    def focus_first(self) -> None:
        self.language.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing

    def retranslate(self) -> None:
        words, say = self.frame.words, self.frame.words._
        self.screen_card.title.setText(say("Language and letters"))
        self.users_card.title.setText(say("Users and passphrases"))
        self.keys_card.title.setText(say("Keys and office"))
        self.backup_card.title.setText(say("Backup"))
        self.practice_card.title.setText(say("Practice book"))
        self.practice_words.setText(
            say("Everything can be tried there; nothing of this book changes. This book is locked.")
        )
        self.practice_button.set_words(say("Open the practice book"))
        self.book_card.title.setText(say("About this book"))
        self.language.setCurrentIndex(max(0, self.language.findData(words.lang)))
        self.language.setAccessibleName(say("Language"))
        self.letters.retranslate(words)
        self.add_button.set_words(say("Add a user"))
        self.stop_button.set_words(say("Back"))
        self.backup_button.set_words(say("Back up now"))
        self.check_button.set_words(say("Check the book"))
        self.rebuild_button.set_words(say("Count everything anew"))
        self.recovery_button.set_words(say("Recovery sheet"))
        for field in (self.person, self.phrase):
            field.set_language(words.lang)
        self._word_fields()
        if self.view is not None:
            self.show_view(self.view)

    def _word_fields(self) -> None:
        say = self.frame.words._
        changing = bool(self.editing)
        self.person.set_words(say("Name of the user"))
        self.phrase.set_words(say("New passphrase"), say("At least 8 letters"))
        self.again.set_words(say("The same once more"))
        self.keep_button.set_words(say("Change the passphrase") if changing else say("Add"))
        on = self.editing is not None
        for part in (self.phrase, self.again, self.keep_button, self.stop_button):
            part.setVisible(on)
        self.person.setVisible(on and not changing)
        self.role.setVisible(on and not changing)
        self.role.set_name(say("What the user does here"))
        self.add_button.setVisible(not on and (self.view is None or self.view.role.does_all))

    def show_view(self, view: SettingsView) -> None:
        self.view = view
        self.practice_card.setVisible(not view.is_practice)
        words, say = self.frame.words, self.frame.words._
        doing = UserVerbs(self.edit_user, self.remove_user)
        self.users.set_items([user_item(words, one, view.role, view.groups, doing) for one in view.users])
        self.role.set_choices(choices(words, view.groups))
        self._word_fields()
        own = say("Figures of this laptop: {digits}")
        if view.is_office:
            own = say("Figures of this office: {digits}")
        digits = view.office.fingerprint if view.is_office and view.office is not None else view.fingerprint
        self.own_keys.setText(own.format(digits=shown_fingerprint(digits)))
        self.office_keys.setVisible(not view.is_office)
        if view.office is None:
            self.office_keys.setText(say("This book has no office."))
        else:
            compared = say("compared") if view.office.compared else say("not compared")
            told = say("Office {office}: {digits}, {compared}")
            self.office_keys.setText(
                told.format(
                    office=view.office.name, digits=shown_fingerprint(view.office.fingerprint), compared=compared
                )
            )
        self.keys_button.set_words(say("Compare the figures") if view.office is not None else say("Join an office"))
        self.keys_button.setVisible(not view.is_office)
        if view.backed_up is None:
            self.backup_words.setText(say("There is no backup yet."))
        else:
            date = day_and_place(words, view.backed_up)
            self.backup_words.setText(
                say("Newest backup: {date}, {when}.").format(
                    date=date, when=formats.when(words, view.backed_up.on, view.today)
                )
            )
        place = view.folder.replace("\\", "/").strip("/").replace("/", " / ")  # so that a long one can break
        told = say("SHG Desk {version} · {records} records · {folder}")
        self.about.setText(told.format(version=view.version, records=formats.number(words, view.records), folder=place))
        self.leave_button.set_words(say("Leave the practice book") if view.is_practice else say("Lock the book"))
        if self.target == NEW_PASSPHRASE:
            self.target = None
            self._ask_new_passphrase(view)

    def _ask_new_passphrase(self, view: SettingsView) -> None:
        """Whoever came with the recovery sheet sets a passphrase: her own where the book has one, else a new one."""
        say = self.frame.words._
        own = [one.slot for one in view.users if one.kind == "passphrase" and one.role.does_all]
        self.tell("info", say("The book was opened with a recovery sheet"), say("Choose a new passphrase for it now."))
        self.edit_user(own[0] if len(own) == 1 else 0)

    # -- doing

    def ask_to_leave(self) -> None:
        """The book is closed and its unlock page is shown; from the practice book back to a real one."""
        self.session.leave()

    def ask_for_practice(self) -> None:
        """The book is closed and the practice book opens in its place."""
        self.session.practice()

    def _switch(self, lang: str) -> None:
        switch = getattr(self.frame, "switch_language", None)
        if switch is not None:
            switch(lang)

    def _letters(self, percent: int) -> None:
        change = getattr(self.frame, "set_letter_size", None)
        if change is not None:
            change(percent)

    def edit_user(self, slot: int | None) -> None:
        """Opens the fields for a new user (0), a user's passphrase (its number), or closes them (None)."""
        self.editing = slot
        for field in (self.person, self.phrase, self.again):
            field.set_text("")
        self._word_fields()
        if slot is not None:
            (self.phrase if slot else self.person).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_user(self) -> None:
        """Writes the new user or passphrase; what does not fit is told at its field."""
        say, slot = self.frame.words._, self.editing
        if slot is None:
            return
        missing = say("Something has to stand here") if slot == 0 and not self.person.text() else ""
        self.person.tell_problem(missing)
        other = say("This is not what stands above") if self.phrase.text() != self.again.text() else ""
        self.again.tell_problem(other)
        if missing or other:
            return
        phrase, person, role = self.phrase.text(), self.person.text(), role_of(self.role.key())

        def action(desk: Desk) -> Outcome[int]:
            if slot:
                change_key(desk, slot, phrase)
                return Outcome(slot, Changed.SETTINGS)
            return Outcome(add_key(desk, phrase, person, role=role), Changed.SETTINGS)

        def done(_outcome: Outcome[int]) -> None:
            self.edit_user(None)
            self.tell("done", say("The passphrase is changed") if slot else say("The user is added"))

        def wrong(problems: Sequence[Problem]) -> None:
            self.phrase.tell_problem(sentence(self.frame.words, problems[0]))

        self.session.write(action, done, wrong)

    def remove_user(self, slot: int) -> None:
        """The passphrase opens nothing any more."""

        def action(desk: Desk) -> Outcome[None]:
            remove_key(desk, slot)
            return Outcome(None, Changed.SETTINGS)

        told = self.frame.words._("The passphrase opens this book no more; older backups still open with it.")
        self.session.write(
            action, lambda _o: self.tell("done", self.frame.words._("The user is removed"), told), self._tell_problems
        )

    def make_backup(self) -> None:
        """A backup on a stick, opened again before it counts."""
        say, settings = self.frame.words._, self.session.settings
        folder = choosing.folder(self, say("Where should the backup go?"), settings.text("stick"))
        if folder is None:
            return
        settings.keep("stick", str(folder))
        work = partial(back_up, folder=folder, called=choosing.stick_name(folder))

        def done(out: Outcome[Any]) -> None:
            self.tell("done", say("The backup is made and proved"), out.value.file.name)

        self.session.long(say("The backup is being made"), work, done, self._tell_problems)

    def check(self) -> None:
        """Everything is counted again from the records and compared."""
        say = self.frame.words._

        def done(looked: object) -> None:
            problems: Sequence[Problem] = getattr(looked, "problems", ())
            if problems:
                told = [sentence(self.frame.words, one) for one in problems]
                self.tell("warning", say("The book was checked"), "\n".join(told))
            else:
                self.tell("done", say("The book was checked, everything agrees"))

        self.session.long(say("The book is being checked"), partial(check_book), done, self._tell_problems)

    def rebuild(self) -> None:
        """Every list and balance is made anew from the records."""
        self.session.long(
            self.frame.words._("Lists and balances are being made anew"),
            partial(rebuild_book),
            lambda out: self.tell(
                "done",
                self.frame.words._("Everything was counted anew"),
                self.frame.words.n_("{n} record", "{n} records", out.value).format(n=out.value),
            ),
            self._tell_problems,
        )
