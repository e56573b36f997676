"""One name in many spellings: its Latin form by BGN/PCGN 1979, and a folded key, equal for Жапаров and Dzhaparov.

The key is for finding and for proposing, never for deciding that two people are one.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import Any

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and ends of lines, and what overrides the direction of writing."""

_NO_LETTERS = re.compile(r"[\W\d_]+")


def _pairs(table: str) -> dict[str, str]:
    """A table written as `letter:letters`, parted by blanks."""
    return dict(pair.split(":") for pair in table.split())


_LATIN_1979 = _pairs(
    "а:a б:b в:v г:g д:d е:e ё:yo ж:j з:z и:i й:y к:k л:l м:m н:n ң:ng о:o ө:ö п:p р:r с:s т:t у:u ү:ü ф:f х:kh ц:ts "
    "ч:ch ш:sh щ:shch ъ:ʺ ы:y ь:ʹ э:e ю:yu я:ya"
)
"""BGN/PCGN 1979 for Kyrgyz Cyrillic, small letters."""

_LATIN = _LATIN_1979 | _pairs("ғ:gh ӣ:í қ:q ӯ:ŭ ҳ:h ҷ:j ў:o‘ ә:ä і:i ұ:u һ:h")
"""With the Tajik, Uzbek and Kazakh letters that the system of 1979 does not have."""

_APART = {("н", "г"), ("ш", "ч")}
"""Pairs written with a raised dot between, because without it they would read as ң and щ."""

_SOUND = _pairs(
    "а:a б:b в:v г:g д:d е:e ё:yo ж:j з:z и:i й:y к:k л:l м:m н:n ң:n о:u ө:u п:p р:r с:s т:t у:u ү:u ф:f х:h ц:ts "
    "ч:ch ш:sh щ:shch ы:y э:e ю:yu я:ya дж:j нг:n ңг:n нгг:n йо:yo йө:yo ыо:yo ыө:yo "
    "ғ:g ӣ:i қ:k ӯ:u ҳ:h ҷ:j ў:u ә:a і:i ұ:u һ:h "
    "o:u q:k w:v x:h c:k ı:i ɨ:y ə:a ç:ch ş:sh š:sh č:ch ž:j ğ:g "
    "dzh:j dj:j zh:j kh:h gh:g ng:n ngg:n ph:f shch:shch sh:sh ch:ch yo:yo"
)
"""What a letter or group sounds like, in one alphabet for all scripts. A group that stays itself stands here to keep
its parts from being read as another group."""

_SOUNDS = re.compile("|".join(sorted(_SOUND, key=len, reverse=True)))
_UZBEK_O = re.compile("o['’‘`´ʻʼ]")
_SILENT = re.compile("[ьъ'’‘`´ʻʼʹʺ′″·\u0300-\u036f]")
_GAPS = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
_WORDS = {"uli": "ulu"}
"""Whole words with spellings the sounds do not explain: уулу is also written uuly."""

_CHILD_OF = frozenset({"кызы", "уулу", "kyzy", "kizi", "uulu", "ulu"})
"""Words beside a father's name that tell nobody apart."""

_LONG_ENOUGH_TO_MISSPELL = 6
"""In shorter words one letter makes another name: Марат, Мурат; Зая, Сая."""

_UNFINISHED = {
    "z": ("j",),
    "d": ("j",),
    "dz": ("j",),
    "д": ("j",),
    "k": ("h",),
    "p": ("f",),
    "c": ("ch",),
    "y": ("", "e", "u", "ia"),
    "yo": ("u",),
    "й": ("", "e"),
    "i": ("", "u"),
    "и": ("", "u"),
}
"""Letters a person may be in the middle of typing, and what they may become: `Z` with `h` to come, `D` with `zh`."""


def latin(name: str) -> str:
    """The name in Latin letters by BGN/PCGN 1979; what is no Cyrillic letter stays as it is.

    Letters of neighbouring languages follow their own BGN/PCGN tables. A capital stays a capital; a letter that becomes
    several is `Sh` before a small letter and `SH` elsewhere. Source: the table and notes of the system of 1979.
    """
    text = unicodedata.normalize("NFC", name)
    written: list[str] = []
    for place, letter in enumerate(text):
        small = letter.lower()
        plain = _LATIN.get(small)
        if plain is None:
            written.append(letter)
            continue
        following = text[place + 1 : place + 2]
        if letter == small:
            written.append(plain)
        elif following.lower() in _LATIN and following.islower():
            written.append(plain[:1].upper() + plain[1:])
        else:
            written.append(plain.upper())
        # A small letter before a capital is two names run together: no pair.
        if (small, following.lower()) in _APART and not (letter.islower() and following.isupper()):
            written.append("·")
    return "".join(written)


def as_kept(value: Any) -> Any:
    """A value as a record can hold it: its texts composed (NFC), without halves of letters and what steers a screen.

    Files of other systems and pasted texts bring all three; to the eye the text stays the same.
    """
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value
        return unicodedata.normalize("NFC", _STEERING.sub("", value).encode("utf-8", "ignore").decode())
    if isinstance(value, dict):
        return {as_kept(name): as_kept(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_kept(item) for item in value]
    return value


def as_seen(value: Any) -> Any:
    """What others wrote as it can be shown: without what moves a terminal's cursor or turns a line's direction round.

    Lines and columns stay lines and columns.
    """
    if isinstance(value, str):
        return value if value.isprintable() else _STEERING.sub("", value)
    if isinstance(value, dict):
        return {name: as_seen(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_seen(item) for item in value]
    return value


def escaped(text: str) -> str:
    """JSON with the same spelt out in digits: whoever reads it gets every letter, a terminal shows none of them."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def key(name: str) -> str:
    """The folded form under which all usual spellings of a name meet: small letters, words parted by one blank.

    Folds case, script, ё/е, ү/у/о/ө, қ/к, ғ/г, ҳ/х, ҷ/ж/дж, ӣ/и/ы/й, ў/ӯ/у, ң/нг/н, doubled letters, apostrophes and
    soft signs. After a rounded vowel е is taken as rounded (Толеген is Төлөгөн). The key of what is typed so far is
    nearly always the beginning of the whole name's key; for the rest see `prefixes`.
    """
    return " ".join(_key_of_word(word) for word in _words(name))


def prefixes(text: str) -> tuple[str, ...]:
    """Keys with which the key of a name that begins with `text` may begin: the plain one first, then what an unfinished
    last group could become (`Z` of `Zhaparov`). Empty where nothing was typed.
    """
    words = _words(text)
    if not words:
        return ()
    before = [_key_of_word(word) for word in words[:-1]]
    last = words[-1]
    found = [_key_of_word(last)]
    for ending, becomes in _UNFINISHED.items():
        if last.endswith(ending):
            stem = last[: len(last) - len(ending)]
            found += [_folded(_sounds(stem) + other) for other in becomes if stem or other]
    found = [one for one in found if one]
    return tuple(dict.fromkeys(" ".join([*before, one]) for one in found))


def is_found(query: str, key_of_name: str) -> bool:
    """True when every word of the query begins some word of the name, in any order; an empty query finds everybody."""
    words = key_of_name.split()
    return all(any(word.startswith(begin) for begin in prefixes(part) for word in words) for part in _words(query))


def may_be_one_name(one: str, other: str) -> bool:
    """False where two names clearly are two people's: some word of the shorter one has nothing like it in the longer.

    Alike are words that sound alike, begin alike to the end of one of them (an initial; Асан кызы and Асанова), or are
    one letter apart. An empty name may be anybody's.
    """
    few, many = sorted(([word for word in _words(text) if word not in _CHILD_OF] for text in (one, other)), key=len)
    return all(any(_are_alike(word, like) for like in many) for word in few)


def _are_alike(one: str, other: str) -> bool:
    sound, other_sound = _key_of_word(one), _key_of_word(other)
    begins = sound.startswith(other_sound) or other_sound.startswith(sound)
    return begins or _is_misspelt(one, other) or _is_misspelt(sound, other_sound)


def _is_misspelt(one: str, other: str) -> bool:
    """One letter more, less or another, in words that are long enough for that to be no other name."""
    begins = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    rest, rest_of_other = one[begins:], other[begins:]
    is_one = rest[1:] == rest_of_other[1:] or rest[1:] == rest_of_other or rest == rest_of_other[1:]
    return is_one and min(len(one), len(other)) >= _LONG_ENOUGH_TO_MISSPELL


def _words(name: str) -> list[str]:
    """Small letters, accents and silent signs gone, cut at blanks and hyphens."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    text = _UZBEK_O.sub("ў", text)
    kept = "".join(letter if letter in _SOUND else unicodedata.normalize("NFD", letter) for letter in text)
    return _GAPS.sub(" ", _SILENT.sub("", kept)).split()


def _key_of_word(word: str) -> str:
    folded = _folded(_sounds(word))
    return _WORDS.get(folded, folded)


def _sounds(word: str) -> str:
    return _SOUNDS.sub(lambda match: _SOUND[match[0]], word)


def _folded(sounds: str) -> str:
    """The sounds with glides, doubled letters and the colour of е after a rounded vowel settled."""
    text = sounds.replace("ye", "e").replace("yo", "e").replace("yu", "u").replace("y", "i")
    text = _DOUBLED.sub(r"\1", text).replace("iu", "u")
    rounded = False
    settled: list[str] = []
    for letter in text:
        if letter in "aeiu":
            if letter == "e" and rounded:
                letter = "u"  # noqa: PLW2901 - the vowel heard, not the one written
            rounded = letter == "u"
        settled.append(letter)
    return _DOUBLED.sub(r"\1", "".join(settled))


def reads_as_name(text: str) -> bool:
    """True where what stands for a number is rather somebody's name: no digit, and a word of three letters or more."""
    return not any(one.isdigit() for one in text) and any(len(one) > 2 for one in _NO_LETTERS.split(text))
