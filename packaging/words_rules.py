"""What a catalogue must hold to: complete, same placeholders, real translations, the glossary's terms, no machinery."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message

from shg_desk.i18n.uzbek import to_cyrillic

COMPLETE = ("ru", "ky")
"""Languages that ship whole; the others are prepared, and fall back to Russian where they are empty."""

COLUMN = {"ky": "ky", "ru": "ru", "tg": "tg", "uz": "uz-Cyrl"}
"""The glossary's column a catalogue is held to; Uzbek is held to it in Cyrillic letters."""

FORBIDDEN = "machinery"
"""The term of the glossary's row whose cells no text may contain."""

SAME_AS_ENGLISH = frozenset({"SHG Desk"})
"""Texts that are the same in English and in another language, beside those that are placeholders only."""

LOAN_WORDS = frozenset(
    {
        *("аниматор", "банк", "диск", "касса", "кворум", "компьютер", "кредитор", "лидер", "ноутбук", "офис", "пай"),
        *("папка", "посылка", "протокол", "файл"),
    }
)
"""Words that Kyrgyz and Russian share: a text made of nothing else may be the same in both."""

ONE_RUSSIAN_FORM = frozenset[str]()
"""Counted texts whose Russian does not bend."""


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the glossary: how the term is found in English, and the stems a translation may use."""

    name: str
    english: re.Pattern[str]
    stems: Mapping[str, re.Pattern[str]]
    shown: Mapping[str, str]


def read_glossary(path: Path) -> list[Term]:
    """The terms, longest English first, so that `social fund` is found before `fund`.

    A cell is `shown word|stem|stem`: the first is what a person should read, the others are beginnings of words that a
    translation may use; without stems the shown word is the stem.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    terms = []
    for row in rows:
        cells = {lang: row[lang].split("|") for lang in ("en", "ru", "ky", "tg", "uz-Cyrl") if row[lang]}
        english = cells.pop("en")
        terms.append(
            Term(
                row["term"],
                _any_word(english, whole=row["term"] != FORBIDDEN),
                {
                    lang: _any_word(words[1:] if words[1:] and row["term"] != FORBIDDEN else words, whole=False)
                    for lang, words in cells.items()
                },
                {lang: words[0] for lang, words in cells.items()},
            )
        )
    return sorted(terms, key=lambda term: -max(len(word) for word in term.english.pattern.split("|")))


def _any_word(words: Sequence[str], *, whole: bool) -> re.Pattern[str]:
    """Any of the words: whole ones, or as beginnings of words."""
    end = r"(?!\w)" if whole else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))}){end}", re.IGNORECASE)


def forms(message: Message) -> tuple[str, ...]:
    """The translation's forms; one for a text without number."""
    string = message.string
    return tuple(string) if isinstance(string, (tuple, list)) else (string or "",)


def ids(message: Message) -> tuple[str, ...]:
    """The English forms."""
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


_PLACEHOLDER = re.compile(r"\{[^{}]*\}|--\w+")


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def faults(
    template: Catalog, catalogues: Mapping[str, Catalog], glossary: Sequence[Term], plurals: Mapping[str, str]
) -> list[str]:
    """Every fault of every catalogue, as `lang: what: English text`."""
    found = [f"en: {why}: {text!r}" for text, why in _english(template, glossary)]
    for lang, catalog in catalogues.items():
        if f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};".replace(" ", "") != plurals[lang].replace(
            " ", ""
        ):
            found.append(f"{lang}: plural rule is not {plurals[lang]}")
        for wanted in template:
            if not wanted.id:
                continue
            message = catalog.get(wanted.id, wanted.context)
            text = ids(wanted)[0]
            if message is None:
                found.append(f"{lang}: not in the catalogue, run update: {text!r}")
            elif not all(forms(message)):
                if lang in COMPLETE or any(forms(message)):
                    found.append(f"{lang}: not translated: {text!r}")
            else:
                other = catalogues["ru"].get(wanted.id, wanted.context) if lang == "ky" and "ru" in catalogues else None
                found.extend(f"{lang}: {why}: {text!r}" for why in _message(lang, message, glossary, other))
    return found


def _english(template: Catalog, glossary: Sequence[Term]) -> Iterator[tuple[str, str]]:
    machinery = next(term for term in glossary if term.name == FORBIDDEN)
    for message in template:
        for text in ids(message):
            if hit := machinery.english.search(text):
                yield text, f"a word of the machinery, {hit.group()}"


def _message(lang: str, message: Message, glossary: Sequence[Term], russian: Message | None) -> Iterator[str]:
    english, given = ids(message), forms(message)
    if message.fuzzy:
        yield "fuzzy"
    wanted = placeholders(english[-1])
    if any(placeholders(form) != wanted for form in given):
        yield "other placeholders"
    if any(_edges(form) != _edges(english[-1]) for form in given):
        yield "other spaces at the ends or another closing sign"
    said = set(re.findall(r"[^\W\d_]+", _PLACEHOLDER.sub("", given[0]).lower()))
    if english[0] in given and said and english[0] not in SAME_AS_ENGLISH:
        yield "same as the English"
    if russian is not None and given[0] == forms(russian)[0] and not said <= LOAN_WORDS:
        yield f"same as the Russian, {given[0]}"
    if lang == "ru" and len(given) == 3 and len(set(given)) < 3 and english[0] not in ONE_RUSSIAN_FORM:
        yield "Russian forms do not differ"
    yield from _terms(lang, english, given, glossary)


def _edges(text: str) -> tuple[bool, bool, str]:
    last = text.rstrip()[-1:]
    return text[:1].isspace(), text[-1:].isspace(), last if last in ".:?…" else ""


def _terms(lang: str, english: Sequence[str], given: Sequence[str], glossary: Sequence[Term]) -> Iterator[str]:
    rest = _PLACEHOLDER.sub("", english[-1])
    if lang == "uz":
        given = [to_cyrillic(form) for form in given]
    for term in glossary:
        stems = term.stems.get(COLUMN[lang])
        if stems is None:
            continue
        if term.name == FORBIDDEN:
            if hit := next((hit for form in given if (hit := stems.search(form))), None):
                yield f"a word of the machinery, {hit.group()}"
            continue
        if not term.english.search(rest):
            continue
        rest = term.english.sub("\u2022", rest)
        if not all(stems.search(form) for form in given):
            yield f"the glossary's word for {term.name!r} is {term.shown[COLUMN[lang]]!r}"
