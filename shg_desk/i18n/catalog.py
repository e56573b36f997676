"""The words of the program in the person's language: catalogues found, compiled when needed, switched while running."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import GNUTranslations
from gettext import NullTranslations
from pathlib import Path
from typing import NewType

from shg_desk.i18n.uzbek import to_cyrillic
from shg_desk.shipped import shipped

LANGUAGES = {
    "ky": "Кыргызча",
    "ru": "Русский",
    "tg": "Тоҷикӣ",
    "uz-Cyrl": "Ўзбекча",
    "uz": "Oʻzbekcha",
    "en": "English",
}
"""Every language a person can choose, in its own name, in the order it is offered."""

STRETCHED = "x-long"
"""A test language: English made 40 % longer, so that a page too narrow for Tajik shows it in English already."""

CATALOGUES = ("ky", "ru", "tg", "uz")
DOMAIN = "shg_desk"
SOURCE_MARK = "X-Source-SHA256"
"""Header of a compiled catalogue naming the text it was made from; a file's age says nothing after an installation."""

_PROBES = ("Today", "Back", "Save", "Name", "Meeting", "Groups")
"""Texts of which a catalogue that is begun has one."""
_FALLBACKS = {"ky": ("ru",), "tg": ("ru",), "uz": ("ru",), "uz-Cyrl": ("ru",)}


Marked = NewType("Marked", str)
"""An English text that stands in a table, marked for the catalogues by `N_`; `Words.say` translates it when shown."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A marked text with a form for one and a form for many of the fact named `fact`."""

    one: str
    many: str
    fact: str = "n"


def N_(text: str) -> Marked:
    """Marks a text for the catalogues and leaves it as it is."""
    return Marked(text)


def Nn_(one: str, many: str, fact: str = "n") -> Counted:
    """Marks a counted text for the catalogues."""
    return Counted(one, many, fact)


Sentence = Marked | Counted


class Words:
    """Texts of one language. Missing ones come in Russian where its readers know it, else in English."""

    def __init__(self, lang: str = "en", folder: Path | None = None) -> None:
        self._folder = folder if folder is not None else shipped("translations")
        self._loaded: dict[str, NullTranslations] = {}
        self.switch(lang)

    def __reduce__(self) -> tuple[type[Words], tuple[str, Path]]:
        """Handed to another process by its language; the texts are read there."""
        return Words, (self._lang, self._folder)

    @property
    def lang(self) -> str:
        """The chosen language: a key of LANGUAGES, or the stretched one of the tests."""
        return self._lang

    def has_texts(self, lang: str) -> bool:
        """Whether anything is translated into a language; English is what the texts are written in."""
        name = "uz" if lang == "uz-Cyrl" else lang
        return name not in CATALOGUES or any(self._catalogue(name).gettext(text) for text in _PROBES)

    def switch(self, lang: str) -> None:
        """Answer in another language from now on. Raises ValueError for one that is not shipped."""
        if lang not in LANGUAGES and lang != STRETCHED:
            raise ValueError(f"no such language: {lang}")
        chain: list[tuple[NullTranslations, Callable[[str], str]]] = []
        for name in (lang, *_FALLBACKS.get(lang, ())):
            catalogue = "uz" if name == "uz-Cyrl" else name
            if catalogue in CATALOGUES:
                chain.append((self._catalogue(catalogue), to_cyrillic if name == "uz-Cyrl" else _unchanged))
        self._lang = lang
        self._chain = tuple(chain)
        self._seen: dict[tuple[str, ...], str] = {}

    def _(self, text: str) -> str:
        """The text in the chosen language, placeholders still in it."""
        return self._found((text,), lambda words: words.gettext(text), text)

    def n_(self, one: str, many: str, n: int) -> str:
        """The form of a counted text that goes with `n`, placeholders still in it."""
        english = one if n == 1 else many
        # A counted text is not remembered: its form depends on n in each language's own way.
        for catalogue, letters in self._chain:
            found = catalogue.ngettext(one, many, n)
            if found:
                return letters(found)
        return self._own(english)

    def p_(self, context: str, text: str) -> str:
        """Like `_` for a text that means different things in different places."""
        return self._found((context, text), lambda words: words.pgettext(context, text), text)

    def say(self, text: Marked) -> str:
        """Like `_` for a text out of a table, marked there by `N_`."""
        return self._(text)

    def say_counted(self, text: Counted, n: int) -> str:
        """Like `n_` for a text out of a table, marked there by `Nn_`."""
        return self.n_(text.one, text.many, n)

    def _found(self, key: tuple[str, ...], ask: Callable[[NullTranslations], str], english: str) -> str:
        known = self._seen.get(key)
        if known is None:
            known = next((letters(got) for words, letters in self._chain if (got := ask(words))), self._own(english))
            self._seen[key] = known
        return known

    def _own(self, english: str) -> str:
        return stretched(english) if self._lang == STRETCHED else english

    def _catalogue(self, name: str) -> NullTranslations:
        if name not in self._loaded:
            words = load(self._folder / name / "LC_MESSAGES" / f"{DOMAIN}.po")
            words.add_fallback(_Nothing())
            self._loaded[name] = words
        return self._loaded[name]


class _Nothing(NullTranslations):
    """Behind every catalogue: an empty answer tells that it had none, so the next one is asked."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


def _unchanged(text: str) -> str:
    return text


def closest(locale_name: str) -> str:
    """The shipped language for a name as systems give it (`ky_KG.UTF-8`, `uz_UZ@cyrillic`), or English."""
    parts = re.split("[-_.@]", locale_name.lower())
    if parts[0] == "uz":  # Latin is read in Uzbekistan; in Batken, Osh and Tajikistan Uzbek is read in Cyrillic
        return "uz" if {"latn", "uz"} & set(parts[1:]) and not {"cyrl", "cyrillic"} & set(parts) else "uz-Cyrl"
    return parts[0] if parts[0] in LANGUAGES else "en"


def spoken(name: str) -> str:
    """The shipped language of that name, in any case and with a country behind it (`KY`, `ky-KG`); '' where it is none.

    Its own name comes first: `uz` is Latin, though a system's `uz` alone is read in Cyrillic.
    """
    exact = next((one for one in LANGUAGES if one.lower() == name.lower()), "")
    found = exact or closest(name)
    return found if re.split("[-_.@]", found.lower())[0] == re.split("[-_.@]", name.lower())[0] else ""


def load(po: Path) -> NullTranslations:
    """The catalogue of a .po file: the .mo beside it when made from this text, else compiled in memory.

    A missing file is an empty catalogue. Untranslated and fuzzy texts are left out, so that a fallback answers.
    """
    if not po.is_file():
        return _Nothing()
    source = po.read_bytes()
    mo = po.with_suffix(".mo")
    if mo.is_file():
        with mo.open("rb") as file:
            ready = GNUTranslations(file)
        if ready.info().get(SOURCE_MARK.lower()) == hashlib.sha256(source).hexdigest():
            return ready
    return GNUTranslations(io.BytesIO(compiled(source)))


def compiled(source: bytes) -> bytes:
    """The bytes of a .mo for the bytes of a .po. Babel is loaded here only: with .mo files it costs no start."""
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    class Ready(Catalog):
        """The finished texts, under a header of our own (Babel's leaves out the plural rule and any further line)."""

        def __iter__(self) -> Iterator[Message]:
            rule = f"Plural-Forms: {read.plural_forms}\n{SOURCE_MARK}: {hashlib.sha256(source).hexdigest()}\n"
            yield Message("", f"Content-Type: text/plain; charset=utf-8\n{rule}")
            yield from (message for message in read if message.id and _whole(message.string))

    read = read_po(io.BytesIO(source))
    out = io.BytesIO()
    write_mo(out, Ready(charset="utf-8"))
    return out.getvalue()


def _whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_FILLER = " ңөү ғӣқӯ ҳҷўщ"


def stretched(text: str) -> str:
    """The text with filler behind it, each line at least 40 % longer; placeholders are not counted."""
    lines = []
    for line in text.split("\n"):
        length = len(_PLACEHOLDER.sub("", line))
        missing = -(-length * 2 // 5)
        filler = (_FILLER * (missing // len(_FILLER) + 1))[: max(missing, 2)]
        lines.append(line + (filler.rstrip() + "ң" * (len(filler) - len(filler.rstrip())) if length else ""))
    return "\n".join(lines)
