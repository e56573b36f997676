"""The forms of the household page: a household with the one who speaks for it, and a person. A name is enough."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence

from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.people import change_household
from shg_desk.actions.people import change_person
from shg_desk.actions.registering import Told
from shg_desk.actions.registering import change_home
from shg_desk.actions.registering import change_told
from shg_desk.actions.registering import register_home
from shg_desk.actions.registering import register_person
from shg_desk.actions.views_people import Conflict
from shg_desk.actions.views_people import HouseholdCard
from shg_desk.actions.views_people import PersonCard
from shg_desk.actions.views_people import Version
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form

SEXES = (("", N_("not said")), ("f", N_("woman")), ("m", N_("man")))
SPOUSE = (
    ("", N_("not said")),
    ("registered", N_("registered marriage")),
    ("nikah", N_("nikah only")),
    ("former", N_("former")),
    ("widowed", N_("widowed")),
    ("none", N_("none")),
)


class HomeForm(Form):
    """A household. With a new one, the person who speaks for it is registered, too."""

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("name", 420, letters=True),),
                (Ask("birth", 210), Ask("sex", 160, choice=True)),
                (Ask("code", 150), Ask("village", 300, letters=True)),
                (Ask("address", 300, letters=True), Ask("phone", 190)),
            ),
            lang=lang,
        )
        self.key = ("new", "")
        self._words: Words | None = None
        self._known: Sequence[str] = ()

    def begin(self, kind: str, gid: str, texts: Mapping[str, str]) -> None:
        """Open it for a new household or for changing one."""
        self.key = (kind, gid)
        for part in ("birth", "sex"):
            self.parts[part].setVisible(kind == "new")
        self.set_texts(texts)
        if self._words is not None:
            self.retranslate(self._words)

    def know_villages(self, names: Sequence[str]) -> None:
        """Villages somebody is from already; they stand under the field."""
        self._known = names
        if self._words is not None:
            self.retranslate(self._words)

    def action(self) -> Callable[[Desk], Outcome[str]]:
        """What is to be done with what is typed."""
        typed = self.texts()
        kind, gid = self.key
        code, village, name = typed["code"], typed["village"], typed["name"]
        place = {"address": typed["address"], "phone": typed["phone"]}
        if kind == "new":
            told = Told(name, typed["birth"], {"sex": typed["sex"]})
            return lambda desk: register_home(desk, code, village, told, **place)
        return lambda desk: change_home(desk, gid, code=code, village=village, head=name, **place)

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.set_language(words.lang)
        self.picker("sex").set_choices([(key, words.say(text)) for key, text in SEXES])
        known = ", ".join(self._known[:6])
        village = words._("known so far: {names}").format(names=known) if known else ""
        new = self.key[0] == "new"
        name_hint = words._("as she gives it is enough") if new else ""
        self.set_words(
            words._("New household") if new else words._("Change the household"),
            {
                "name": (words._("Who speaks for the household"), name_hint),
                "birth": (words._("Birth or age"), words._("5.3.1985, 3.1985, 1985 or 40")),
                "sex": (words._("Sex"), " "),
                "code": (words._("Code"), words._("as you write it")),
                "village": (words._("Village"), village or " "),
                "address": (words._("Address"),),
                "phone": (words._("Phone"),),
            },
            words._("Register") if new else words._("Save"),
            words._("Back"),
        )


class PersonForm(Form):
    """A person of a household."""

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("name", 420, letters=True),),
                (Ask("father", 300, letters=True), Ask("nickname", 200, letters=True)),
                (Ask("birth", 210), Ask("sex", 160, choice=True), Ask("language", 170, choice=True)),
                (Ask("relation", 230, letters=True), Ask("spouse_relation", 230, choice=True), Ask("phone", 190)),
                (Ask("guardian", 420, choice=True),),
                "papers",
                (Ask("given", 200, letters=True), Ask("surname", 230, letters=True)),
                (Ask("maiden", 200, letters=True), Ask("passport_spelling", 300)),
            ),
            lang=lang,
        )
        self.key = ("new-person", "")
        self._words: Words | None = None
        self._adults: list[tuple[str, str]] = []

    def begin(self, kind: str, gid: str, texts: Mapping[str, str]) -> None:
        """Open it for a new person or for changing one."""
        self.key = (kind, gid)
        self._offer_guardians(texts.get("guardian", ""))
        self.set_texts(texts)
        if self._words is not None:
            self.retranslate(self._words)

    def know_adults(self, card: HouseholdCard) -> None:
        """Those of the household who can answer for a minor."""
        grown = [one for one in card.persons if one.name and not one.is_minor]
        self._adults = [(one.id, one.name or "") for one in grown]

    def _offer_guardians(self, named: str) -> None:
        """Nobody, the grown-up people of the household, and whoever is named already."""
        if self._words is None:
            return
        known = {key for key, _ in self._adults}
        others = [(named, named)] if named and named not in known else []
        self.picker("guardian").set_choices([("", self._words._("nobody is named")), *self._adults, *others])

    def texts_of(self, person: PersonCard) -> dict[str, str]:
        """A person as the fields show her."""
        texts = {key: str(person.identity.get(key) or "") for key in self.parts}
        return texts | {"name": person.name or "", "birth": birth_text(person)}

    def action(self) -> Callable[[Desk], Outcome[str]]:
        """What is to be done with what is typed."""
        typed = self.texts()
        kind, gid = self.key
        told = Told(typed.pop("name"), typed.pop("birth"), typed)
        save = register_person if kind == "new-person" else change_told
        return lambda desk: save(desk, gid, told)

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.set_language(words.lang)
        self.picker("sex").set_choices([(key, words.say(text)) for key, text in SEXES])
        self.picker("spouse_relation").set_choices([(key, words.say(text)) for key, text in SPOUSE])
        self.picker("language").set_choices([("", words._("not said")), *LANGUAGES.items()])
        self._offer_guardians(self.text("guardian"))
        new = self.key[0] == "new-person"
        self.set_words(
            words._("New person of the household") if new else words._("Change the person"),
            {
                "name": (words._("Name"), words._("as she gives it is enough")),
                "father": (words._("Father's name"),),
                "nickname": (words._("Nickname"),),
                "birth": (words._("Birth or age"), words._("5.3.1985, 3.1985, 1985 or 40")),
                "sex": (words._("Sex"), " "),
                "language": (words._("Language of her papers"), " "),
                "relation": (words._("Relation to the household"),),
                "spouse_relation": (words._("Marriage"),),
                "phone": (words._("Phone"),),
                "guardian": (words._("Guardian"), words._("of whoever is under 18: consents and signs")),
                "given": (words._("Given name"),),
                "surname": (words._("Surname"),),
                "maiden": (words._("Surname before marriage"),),
                "passport_spelling": (words._("As in the passport"),),
            },
            words._("Register") if new else words._("Save"),
            words._("Back"),
            sections={"papers": words._("Names on papers, where they are known")},
        )


def settling(conflict: Conflict, version: Version) -> Callable[[Desk], Outcome[str]]:
    """What is done when one of two versions is kept."""
    if conflict.kind == "person":
        return lambda desk: change_person(desk, conflict.id, version.fields)
    return lambda desk: change_household(desk, conflict.id, conflict.field_group, version.fields)


def birth_text(person: PersonCard) -> str:
    """A birthday as it is typed: whole, month, year, or the age where only that is known."""
    born = str(person.identity.get("birth") or "")
    if person.age is None:
        return born
    if person.age.certainty == "about":
        return str(person.age.years)
    return {"year": born[:4], "month": f"{born[5:7]}.{born[:4]}"}.get(person.age.certainty, formats.date(born))
