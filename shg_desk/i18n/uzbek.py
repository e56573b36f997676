"""Uzbek Latin to Uzbek Cyrillic, letter by letter with the exceptions a letter rule cannot know.

The rules are those of the alphabet law of 1995 read backwards: `e` is э at a word's start and after a vowel, `ye` is е,
`yoʻ` is йў and not ёʻ. Russian loan words that lost their ь, ц or я in Latin letters stand in a list.
"""

from __future__ import annotations

import re

_APOSTROPHES = "ʻʼ'’‘`"
"""U+02BB and U+02BC are right; the others are what keyboards and other people's data give."""

_PAIRS = {
    "sh": "ш", "ch": "ч", "oʻ": "ў", "gʻ": "ғ", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е",
}  # fmt: skip
_LETTERS = dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True)) | {"ʼ": "ъ"}
_VOWELS = "aeiou"

_LOANS = {
    "yanvar": "январь", "fevral": "февраль", "aprel": "апрель", "iyun": "июнь", "iyul": "июль",
    "sentabr": "сентябрь", "oktabr": "октябрь", "noyabr": "ноябрь", "dekabr": "декабрь",
    "rubl": "рубль", "kalendar": "календарь", "parol": "пароль", "vedomost": "ведомость", "modul": "модуль",
    "avtomobil": "автомобиль", "mebel": "мебель", "profil": "профиль", "kompyuter": "компьютер",
    "litsenziya": "лицензия", "protsent": "процент", "sement": "цемент", "sirk": "цирк", "sex": "цех",
    "konferensiya": "конференция", "kvitansiya": "квитанция", "aksiya": "акция", "funksiya": "функция",
    "fransiya": "франция", "belgiya": "бельгия", "finlandiya": "финляндия", "shveytsariya": "швейцария",
    "polsha": "польша", "obyekt": "объект", "subyekt": "субъект",
}  # fmt: skip
"""Stems; only an Uzbek ending may follow, so that `sirk` is not found inside another word."""

_ENDINGS = "(?:lar|ni|ning|ga|da|dan|gacha|dagi|lik|si|im|imiz|ingiz|i|m|ng|miz|ngiz)*"
_LOAN = re.compile(rf"({'|'.join(sorted(_LOANS, key=len, reverse=True))})(?={_ENDINGS}$)")

_KEPT = re.compile(
    r"\{[^{}]*\}"  # a placeholder
    r"|<[^<>]*>"  # a mark-up tag
    r"|\b(?:Ctrl|Alt|Shift)\+\w+|\bSHG Desk\b|\.shgb(?:ook)?\b"
    r"|\b(?:Enter|Tab|Esc|Ctrl|Alt|Shift|Space|Home|End|Ins|Del|PgUp|PgDn|Caps Lock|Windows|Debian|Linux|Python|USB)\b"
    r"|\b[A-Z]{1,4}\d+\b|\b[A-Z]{2,}\b(?!['ʻʼ’])"  # F10, A4, PDF, KGS
)
_WORD = re.compile(rf"[A-Za-z{_APOSTROPHES}]+")


def to_cyrillic(text: str) -> str:
    """The same Uzbek text in Cyrillic; placeholders, key names, abbreviations and foreign words stay."""
    parts: list[str] = []
    at = 0
    for kept in _KEPT.finditer(text):
        parts.append(_WORD.sub(_word, text[at : kept.start()]))
        parts.append(kept.group())
        at = kept.end()
    parts.append(_WORD.sub(_word, text[at:]))
    return "".join(parts)


def _word(match: re.Match[str]) -> str:
    word = _one_apostrophe(match.group())
    low = word.lower()
    if "w" in low or re.search("c(?!h)", low):  # no letters of this alphabet: a foreign word
        return match.group()
    known = _LOAN.match(low)
    if known is not None:
        start, rest = _LOANS[known.group(1)], low[known.end() :]
        letters = (start.removesuffix("ь") if rest else start) + _letters(rest, after="x")  # рубль, but рублни
    else:
        letters = _letters(low, after="")
    if word.isupper() and len(word) > 1:
        return letters.upper()
    return letters[0].upper() + letters[1:] if word[0].isupper() and letters else letters


def _letters(low: str, after: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(low):
        two = low[at : at + 2]
        before = low[at - 1] if at else after
        if two == "yo" and low[at + 2 : at + 3] == "ʻ":
            out.append("йў")
            at += 3
        elif low.startswith("tsiya", at):
            out.append("ция")
            at += 5
        elif two in _PAIRS:
            out.append(_PAIRS[two])
            at += 2
        elif low[at] == "e" and (not before or before in _VOWELS):
            out.append("э")
            at += 1
        elif low[at] == "ʼ" and low[at - 1 : at] == "s" and low[at + 1 : at + 2] == "h":
            at += 1  # the sign only keeps s and h apart
        else:
            out.append(_LETTERS.get(low[at], low[at]))
            at += 1
    return "".join(out)


def _one_apostrophe(word: str) -> str:
    """ʻ after o and g, ʼ elsewhere, whichever sign was typed."""
    return re.sub(
        f"([A-Za-z]?)[{_APOSTROPHES}]",
        lambda found: found.group(1) + ("ʻ" if found.group(1) and found.group(1) in "oOgG" else "ʼ"),
        word,
    )
