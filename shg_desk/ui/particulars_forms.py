"""The forms that put right what a group calls itself and its members; what stands now is told under each field."""

from __future__ import annotations

from shg_desk.actions.particulars import Particulars
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form

DAYS = frozenset({"joined", "formed_on"})


class ParticularsForm(Form):
    """Fields of a record with the value each has now, and who put it right last. `shown` is whose they are."""

    def __init__(self, lines: tuple[tuple[Ask, ...], ...], lang: str) -> None:
        super().__init__(lines, lang=lang)
        self.shown: Particulars | None = None
        self.member = ""
        self._words: Words | None = None
        self._trace = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.body.insertWidget(1, self._trace)

    def begin(self, shown: Particulars) -> None:
        """Open it on what stands now."""
        self.shown, self.member = shown, shown.membership or ""
        for key, part in self.parts.items():
            part.setVisible(key not in shown.closed)
        self.set_texts({key: _said(key, value) for key, value in shown.texts.items()})
        if self._words is not None:
            self.retranslate(self._words)

    def labels(self, words: Words) -> dict[str, str]:
        """The labels of the fields."""
        raise NotImplementedError

    def heading(self, words: Words) -> str:
        """The title."""
        raise NotImplementedError

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.set_language(words.lang)
        now = {key: _said(key, value) for key, value in self.shown.texts.items()} if self.shown is not None else {}
        hint = {key: words._("now: {value}").format(value=value) for key, value in now.items() if value}
        empty = words._("nothing written yet")
        labels = {key: (label, hint.get(key, empty)) for key, label in self.labels(words).items()}
        self.set_words(self.heading(words), labels, words._("Put it right"), words._("Back"))
        self._trace.setText(self._traced(words))
        self._trace.setVisible(bool(self._trace.text()))

    def _traced(self, words: Words) -> str:
        changed = self.shown.changed if self.shown is not None else None
        if changed is None:
            return ""
        day = formats.date(changed.on) if changed.on is not None else words._("day not known")
        if not changed.by:
            return words._("Last put right on {date}").format(date=day)
        return words._("Last put right on {date}, by {name}").format(date=day, name=changed.by)


class MemberParticulars(ParticularsForm):
    """A member's number, booklet, day of joining and nickname."""

    def __init__(self, lang: str) -> None:
        lines = (
            (Ask("number", 130), Ask("booklet", 150), Ask("joined", 150)),
            (Ask("nickname", 300, letters=True),),
        )
        super().__init__(lines, lang)

    def labels(self, words: Words) -> dict[str, str]:
        return {
            "number": words._("Number"),
            "booklet": words._("Booklet"),
            "joined": words._("Joined on"),
            "nickname": words._("Nickname"),
        }

    def heading(self, words: Words) -> str:
        name = self.shown.name if self.shown is not None else ""
        if not name:
            return words._("Put right what is written of a member")
        return words._("Put right what is written of {name}").format(name=name)


class GroupParticulars(ParticularsForm):
    """A group's name, code, village and day of forming."""

    def __init__(self, lang: str) -> None:
        lines = (
            (Ask("name", 300, letters=True), Ask("code", 150)),
            (Ask("village", 300, letters=True), Ask("formed_on", 150)),
        )
        super().__init__(lines, lang)

    def labels(self, words: Words) -> dict[str, str]:
        return {
            "name": words._("Name of the group"),
            "code": words._("Code"),
            "village": words._("Village"),
            "formed_on": words._("Formed on"),
        }

    def heading(self, words: Words) -> str:
        return words._("Put right what is written of the group")


def both(lang: str) -> tuple[MemberParticulars, GroupParticulars]:
    """The form of a member, and that of the group."""
    return MemberParticulars(lang), GroupParticulars(lang)


def _said(key: str, value: str) -> str:
    return formats.date(value) if value and key in DAYS else value
