"""What a person says of a file where its cells leave it open: the group of its rows, rounding and sign of its sums."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from shg_desk.actions.views_import import SAVINGS
from shg_desk.actions.views_import import TableLook
from shg_desk.domain.money import ROUNDING_MODES
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.rules_words import ROUNDINGS


class FileChoices(QObject):
    """Choices that stand there only for files that need them; those of sums tell how many cells they are about.

    `changed` says that a person chose; `group`, `rounding` and `decimal` are what: a code, a mode, a sign, or ''.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.group, self.rounding, self.decimal = "", "", ""
        self.group_field, self.rounding_field, self.decimal_field = ChoiceField(260), ChoiceField(420), ChoiceField(420)
        self.fields = (self.group_field, self.rounding_field, self.decimal_field)
        self.group_field.picker.picked.connect(lambda key: self._picked("group", key))
        self.rounding_field.picker.picked.connect(lambda key: self._picked("rounding", key))
        self.decimal_field.picker.picked.connect(lambda key: self._picked("decimal", key))
        for field in self.fields:
            field.hide()

    def forget(self) -> None:
        """Another file: nothing is chosen."""
        self.group, self.rounding, self.decimal = "", "", ""

    def show(self, words: Words, look: TableLook | None) -> None:
        """The choices that this file needs."""
        self._show_groups(words, look)
        sums = look if look is not None and look.kind == SAVINGS else None
        fine = 0 if sums is None else sums.fine
        self.rounding_field.setVisible(fine > 0)
        count = words.n_("{n} sum is finer than the smallest coin", "{n} sums are finer than the smallest coin", fine)
        self.rounding_field.set_words(count.format(n=formats.number(words, fine)))
        modes = [(mode, words.say(said)) for mode, said in ROUNDINGS.items() if mode in ROUNDING_MODES]
        self.rounding_field.picker.set_choices([("", words._("leave them out")), *modes], self.rounding)
        unclear = 0 if sums is None else sums.unclear
        self.decimal_field.setVisible(unclear > 0 or (sums is not None and bool(self.decimal)))
        count = words.n_("{n} sum can be read in two ways", "{n} sums can be read in two ways", unclear)
        told = count.format(n=formats.number(words, unclear))
        self.decimal_field.set_words(told if unclear else words._("Decimal sign of the sums"))
        comma, point = words._("the comma, as in {sum}"), words._("the point, as in {sum}")
        signs = [(",", comma.format(sum="1 234,50")), (".", point.format(sum="1,234.50"))]
        self.decimal_field.picker.set_choices([("", words._("leave them out")), *signs], self.decimal)

    def _show_groups(self, words: Words, look: TableLook | None) -> None:
        """The groups of the book for a file without a column of groups; people may also be of none."""
        self.group_field.setVisible(look is not None and "group" not in look.given.columns)
        self.group_field.set_words(words._("Group for all rows"))
        if look is not None:
            self.group = look.given.constants.get("group", "")
            groups = [(code, code if name == code else f"{code} · {name}") for code, name in look.groups]
            self.group_field.picker.set_choices([("", words._("choose")), *groups], self.group)

    def take_focus(self) -> None:
        """The keys go to the next choice that stands there."""
        shown = [field.picker for field in self.fields if not field.isHidden()]
        at = next((place for place, picker in enumerate(shown) if picker.hasFocus()), -1)
        if shown:
            shown[(at + 1) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        """True while one of the choices has the keys."""
        return any(field.picker.hasFocus() for field in self.fields)

    def _picked(self, name: str, key: object) -> None:
        if str(key or "") != getattr(self, name):
            setattr(self, name, str(key or ""))
            self.changed.emit()
