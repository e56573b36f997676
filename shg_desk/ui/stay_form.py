"""Somebody lives in a further household: who it is, in which of her homes she is counted, since when, until when."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_forms import Candidate
from shg_desk.actions.registering import live_here_too
from shg_desk.actions.views_people import HouseholdCard
from shg_desk.actions.views_people import PersonCard
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form
from shg_desk.ui.person_choice import PersonChoices


class StayForm(Form):
    """For a person of this household with another home, for one who stays here, too, or for somebody new to it."""

    searched = Signal(str)

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("name", 420, letters=True),),
                (Ask("counted", 320, choice=True),),
                (Ask("since", 130), Ask("until", 130)),
            ),
            lang=lang,
        )
        self.key = ("stay", "")
        self.person: str | None = None
        self._card: HouseholdCard | None = None
        self._known: PersonCard | None = None
        self._words: Words | None = None
        self.choices = PersonChoices(self.field("name").edit)
        self.choices.chosen.connect(self._choose)
        self.body.insertWidget(3, self.choices)
        self.field("name").changed.connect(self._typed)

    def about(self, card: HouseholdCard, known: PersonCard | None) -> None:
        """Whose homes it is about: one of the household's persons, or somebody still to be found."""
        self._card, self._known = card, known

    def begin(self, kind: str, gid: str, texts: Mapping[str, str]) -> None:
        """Open it; `about` has said of whom."""
        self.key = (kind, gid)
        known = self._known
        self.parts["name"].setVisible(known is None)
        guest = known is None or not known.lives_here
        for part in ("since", "until"):
            self.parts[part].setVisible(guest and (part == "since" or known is not None))
        self._offer()
        self.set_texts(texts)
        self.person = known.id if known is not None else None  # emptying the field has forgotten it
        self.choices.show_found([])
        if self._words is not None:
            self.retranslate(self._words)

    def texts_of(self, known: PersonCard | None) -> dict[str, str]:
        """What is recorded of a stay."""
        if known is None:
            return {"counted": ""}
        since = formats.date(known.since) if known.since is not None else ""
        return {"counted": known.counted_in, "since": since}

    def action(self) -> Callable[[Desk], Outcome[str]]:
        """What is to be done with what is typed."""
        typed, person = self.texts(), self.person
        household = self._card.id if self._card is not None else ""
        return lambda desk: live_here_too(desk, household, person, typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.choices.step(event, self.picker("counted")):
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self.person = None
        self.searched.emit(text)

    def show_candidates(self, found: Sequence[Candidate]) -> None:
        """People known here by that name, but those who live here already."""
        here = {one.id for one in self._card.persons} if self._card is not None else set()
        self.choices.show_found([one for one in found if one.id not in here])

    def _choose(self, one: Candidate) -> None:
        field = self.field("name")
        field.blockSignals(True)  # noqa: FBT003 - Qt's own
        field.set_text(one.name)
        field.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.person = one.id
        self.parts["counted"].setFocus()

    def _offer(self) -> None:
        """The homes she can be counted in."""
        words, card = self._words, self._card
        if words is None or card is None:
            return
        here = words._("here, with {name}").format(name=card.head or card.code)
        if self._known is None:
            homes = [("", words._("where she is registered")), (card.id, here)]
        else:
            homes = [(gid, here if gid == card.id else name) for gid, name in self._known.homes]
        self.picker("counted").set_choices(homes)

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.choices.words = None  # groups of hers do not matter here
        self.set_language(words.lang)
        self._offer()
        name = self._known.name if self._known is not None else None
        title = words._("Somebody lives here, too")
        if name:
            title = words._("Homes of {name}").format(name=name)
        below = words._("a man with two homes, a migrant registered elsewhere; every person is listed once")
        self.set_words(
            title,
            {
                "name": (words._("Who"), words._("somebody registered here: begin to type and choose")),
                "counted": (words._("Listed in the household"), below),
                "since": (words._("Lives here since"), ""),
                "until": (words._("Until"), words._("left empty while she lives here")),
            },
            words._("Save"),
            words._("Back"),
        )
