"""The first day on a laptop: five words to open the book with, the book itself, and opening it in a wrong layout."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.domain.ids import RandomBytes
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.shipped import shipped
from shg_desk.sync.keyslots import FULL_COST
from shg_desk.sync.keyslots import Cost

WORDS_OF_A_PHRASE = 5
FALLBACKS = {"uz": "uz-Cyrl"}
BOOK_ENDING = ".shgbook"

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


@dataclass(frozen=True, slots=True)
class FirstBook:
    """What the first run has asked: what the book is for, where, whose it is, and the passphrase."""

    folder: Path
    role: str
    place: str
    person: str
    passphrase: str
    currency: str = "KGS"


@cache
def phrase_words(lang: str) -> tuple[str, ...]:
    """The words proposed in a language: short, of things everybody has seen, none a letter away from another.

    Uzbek words always stand in Cyrillic; English serves for what has no list.
    """
    import csv

    with (shipped("resources") / "passphrase_words.csv").open(encoding="utf-8", newline="") as file:
        lists = {row["lang"]: tuple(row["words"].split()) for row in csv.DictReader(file)}
    return lists.get(lang, lists[FALLBACKS.get(lang, "en")])


def propose_phrase(lang: str, random_bytes: RandomBytes = secrets.token_bytes) -> str:
    """Five words, each equally likely, none twice."""
    words = phrase_words(lang)
    chosen: list[str] = []
    while len(chosen) < WORDS_OF_A_PHRASE:
        number = int.from_bytes(random_bytes(4), "big")
        word = words[number % len(words)]
        if word not in chosen:
            chosen.append(word)
    return " ".join(chosen)


def book_path(folder: Path, place: str) -> Path:
    """Where a book of this place is made: its name without signs that a file system minds, and never one in use."""
    name = re.sub(r'[\\/:*?"<>|.\x00-\x1f]', " ", place).strip() or "book"
    path, number = folder / f"{name}{BOOK_ENDING}", 2
    while path.exists():
        path, number = folder / f"{name} {number}{BOOK_ENDING}", number + 1
    return path


def make_first_book(first: FirstBook, *, cost: Cost = FULL_COST) -> Desk:
    """Makes the book of the first run and opens it. Raises KnownError as `make_book` does."""
    new = NewBook(
        book_path(first.folder, first.place), first.role, first.place.strip(), first.passphrase, first.currency
    )
    desk = make_book(new, cost=cost).desk
    desk.book.set_setting("user.1", first.person.strip())
    return desk


def layout_twins(phrase: str) -> list[str]:
    """What the same keys would have typed in the other layout; nothing where that changes nothing."""
    typed = phrase.lower()
    return [twin for twin in (typed.translate(_TO_CYRILLIC), typed.translate(_TO_LATIN)) if twin != typed]


def open_typed(path: Path, phrase: str) -> tuple[Desk, bool]:
    """Opens a book; true where the phrase fits only as typed in another layout.

    Raises what `open_desk` raises.
    """
    try:
        return open_desk(path, phrase), False
    except KnownError as error:
        if error.problems[0].code is not Code.WRONG_PASSPHRASE:
            raise
        for twin in layout_twins(phrase):
            try:
                return open_desk(path, twin), True
            except KnownError as again:
                if again.problems[0].code is not Code.WRONG_PASSPHRASE:
                    raise
        raise
