"""The side of the page of today: what is not sent yet, what the office has, and the last backup."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_today import Records
from shg_desk.i18n import formats
from shg_desk.ui import tokens
from shg_desk.ui.backup_words import day_and_place
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.state_bars import state_word

BACKUP_OLD_DAYS = 7


class _RecordCard(Card):
    """Icon, name, bars; a large count; a sentence; perhaps a button."""

    def __init__(self, icon: str, state: int | None, button: Button | None = None) -> None:
        super().__init__(" ", icon=icon, state=state, small_title=True, gap=4)
        self.figure = Label(size=tokens.CARD_TITLE, weight=tokens.SEMIBOLD, wrap=True)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.body.addWidget(self.figure)
        self.body.addWidget(self.below)
        self.button = button
        if button is not None:
            self.body.addSpacing(tokens.px(4))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def tell(self, name: str, figure: str, below: str, *, warns: bool = False) -> None:
        """Its words."""
        self.title.setText(name)
        self.figure.setText(figure)
        self.below.setText(below)
        self.below.setVisible(bool(below))
        self.below.set_ink(tokens.AMBER if warns else tokens.INK2)
        self.setAccessibleName(f"{name}: {figure}. {below}")


class RecordCards(QWidget):
    """Three cards; a book without an office shows two: saved here, backed up."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        column = rows(self, gap=10)
        self.title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD, wrap=True)
        self.send_button = Button(icon="stick")
        self.backup_button = Button(icon="backup")
        self.send_button.clicked.connect(lambda: frame.go("exchange", "write"))
        self.backup_button.clicked.connect(lambda: frame.go("settings", "backup"))
        self.unsent = _RecordCard("exchange", 1, self.send_button)
        self.received = _RecordCard("office", 3)
        self.backup = _RecordCard("backup", None, self.backup_button)
        for part in (self.title, self.unsent, self.received, self.backup):
            column.addWidget(part)
        column.addStretch(1)

    def buttons(self) -> list[QAbstractButton]:
        """The buttons in sight, from above."""
        found: list[QAbstractButton] = [self.send_button] if not self.send_button.isHidden() else []
        return [*found, self.backup_button]

    def retranslate(self) -> None:
        """Words that do not depend on the records."""
        words = self._frame.words
        self.title.setText(words._("Records of this laptop"))
        self.send_button.set_words(words._("Write a parcel"))
        self.backup_button.set_words(words._("Make a backup"))

    def show_records(self, records: Records, today: date) -> None:
        """What the three cards say."""
        words = self._frame.words
        self.unsent.setVisible(records.has_office and not records.is_office)
        self.received.setVisible(records.has_office)
        count = words.n_("{n} record", "{n} records", records.unsent).format(n=formats.number(words, records.unsent))
        self.send_button.setVisible(records.has_office and not records.is_office and records.unsent > 0)
        below = words._("Everything of this laptop is on its way or with the office.")
        if records.unsent:
            below = words._("Put in your stick and write a parcel.")
            if records.oldest_unsent is not None:
                below = words._("The oldest is of {date}. Put in your stick and write a parcel.").format(
                    date=formats.date(records.oldest_unsent)
                )
        self.unsent.tell(words._("Not sent yet"), count, below)
        have = words.n_("{n} record", "{n} records", records.received).format(n=formats.number(words, records.received))
        receipt = words._("No receipt has come yet.")
        if records.last_receipt is not None:
            receipt = words._("Last receipt {date}").format(date=formats.date(records.last_receipt))
        if records.is_office:
            receipt = words._("No parcel has come yet.")
            if records.last_parcel is not None:
                receipt = words._("Last parcel {date}").format(date=formats.date(records.last_parcel))
            self.received.tell(words._("Taken in from laptops"), have, receipt)
        else:
            if self.received.bars is not None:  # the bars of the page of exchange for the same records
                filled = 4 if records.received and records.reconciled == records.received else 3
                self.received.bars.set_state(filled, state_word(words, filled))
            if records.received:
                same = words._("Reconciled: {n}.").format(n=formats.number(words, records.reconciled))
                receipt = f"{same} {receipt}"
            self.received.tell(words._("The office has"), have, receipt)
        self._show_backup(records, today)

    def _show_backup(self, records: Records, today: date) -> None:
        words = self._frame.words
        if records.backed_up is None:
            below = words._("If this laptop breaks, what is not sent is lost.")
            self.backup.tell(words._("Backup"), words._("None yet"), below, warns=True)
            return
        on = records.backed_up.on
        old = (today - on).days > BACKUP_OLD_DAYS
        day = day_and_place(words, records.backed_up)
        below = words._("{date}, proved by opening it again").format(date=day)
        self.backup.tell(words._("Backup"), formats.when(words, on, today), below, warns=old)
