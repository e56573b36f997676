"""Text tables: which encoding, which separator, which rows. Decides by counting, and says what it decided."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.spelling import as_kept
from shg_desk.tables.sheet import Row
from shg_desk.tables.sheet import Sheet

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r", "koi8-t", "koi8-u"),
    *("ptcp154", "kz1048", "mac-cyrillic", "iso8859-5", "cp1252", "cp1254", "iso8859-1", "ascii"),
)
"""Encodings a map may name; others are no text or have never been seen here."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 200_000
_SAMPLE_ROWS = 200
_DELIMITERS = ";\t,|"
_WEIGHTS = {
    letter: weight
    for weight, letters in (
        *((4, "оеа"), (3, "инт"), (2, "сврл"), (1, "кмдпу"), (0, "яыбьгз")),
        *((-1, "чйх"), (-2, "жш"), (-3, "юц"), (-5, "щэф"), (-8, "ъё")),
    )
    for letter in letters
}
"""How much commoner than the average a letter is in Russian and Kyrgyz texts, roughly by its logarithm."""
_SELDOM_SEEN = {"cp1251": 0, "cp866": 0, "koi8-r": -6, "mac-cyrillic": -6}
_RARE = re.compile("[\u0402-\u040f\u0452-\u045f\u2500-\u259f\u0080-\u009f¤¦§©«»¬®°±µ¶·†‡•‰€™ґҐ√≤≥≈÷∞∆∂ƒΩ]")
_LOST_LETTER = re.compile(r"(?<=[^\W\d_])\?+(?=[^\W\d_])|\ufffd")
_LONGEST_CELL_LINES = 30


def named_encoding(name: str) -> str | None:
    """The encoding's own name for what a person wrote (`win1251`, `DOS 866`, `UTF8`); None for what is none of ours."""
    plain = name.strip().casefold().replace(" ", "-").replace("_", "-")
    plain = re.sub(r"^(windows|win|ansi|cp|dos|oem|ibm)-?(?=\d)", "cp", plain)
    try:
        found = codecs.lookup(plain).name
    except (LookupError, ValueError):  # a name with a NUL in it is not even looked up
        return None
    return found if found in {codecs.lookup(one).name for one in ENCODINGS} else None


def read_text_table(data: bytes, name: str, encoding: str | None = None, delimiter: str | None = None) -> Sheet:
    """The rows of a CSV or tab-separated file. Raises KnownError where the bytes are no text in the named encoding."""
    text, used, problems = decode(data, encoding)
    text = as_kept(text)
    if text.startswith("sep=") and len(text) > 4:
        delimiter, text = text[4], "\n" + text.partition("\n")[2]
    sign = delimiter or _delimiter_of(text)
    records = _records(text, sign, csv.QUOTE_MINIMAL)
    if records is None:
        # One quotation mark without its pair would swallow every row after it.
        records = _records(text, sign, csv.QUOTE_NONE) or []
        problems = (*problems, Problem(Code.QUOTES_BROKEN, facts={"file": name}, level=Level.WARNING))
    rows = tuple(Row(number, cells) for number, cells in enumerate(_cleaned(records), 1) if any(cells))
    if used not in {"utf-8", "utf-8-sig", "utf-16"}:
        problems = (*problems, *_lost_letters(rows))
    return Sheet(name=name, rows=rows, encoding=used, delimiter=sign, problems=problems)


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str, tuple[Problem, ...]]:
    """Text, the encoding it was read in, and warnings about letters that could not be read.

    Without a name: byte order mark, else UTF-8 where it holds, else the likeliest of the Cyrillic ones. Raises
    KnownError for bytes that are no text, or none in the named encoding.
    """
    if encoding is not None:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding, ()
        except UnicodeDecodeError as error:
            raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"encoding": encoding})) from error
    for mark, found in _MARKS:
        if data.startswith(mark):
            return data.decode(found, "replace"), found, _replaced(data.decode(found, "replace"))
    if b"\x00" in data[:_SAMPLE_BYTES]:
        return _without_mark(data)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    # A stray byte in a file that is otherwise UTF-8 (say, two files pasted together) must not turn every name to noise.
    beyond_ascii = sum(1 for letter in text if letter > "\x7f")
    if beyond_ascii >= 20 * text.count("\ufffd"):
        return text, "utf-8", _replaced(text)
    likely = _likely_cyrillic(data)
    return data.decode(likely, "replace"), likely, ()


def _without_mark(data: bytes) -> tuple[str, str, tuple[Problem, ...]]:
    """UTF-16 without a byte order mark shows as many zeros on one side only; on both sides, or few, they are no text.

    Raises KnownError FILE_UNREADABLE; for a zero here and there with its line.
    """
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 25 < len(sample):
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"nul": line}))
    if len(data) % 2 or min(even, odd) * 50 > max(even, odd):
        raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"encoding": None}))
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = data.decode(encoding, "replace")
    return text, encoding, _replaced(text)


def _replaced(text: str) -> tuple[Problem, ...]:
    lost = text.count("\ufffd")
    return (Problem(Code.LETTERS_LOST, facts={"n": lost}, level=Level.WARNING),) if lost else ()


def _likely_cyrillic(data: bytes) -> str:
    """The 8-bit encoding whose text looks most like Cyrillic words; the library is asked only where no letter is."""
    sample = data[:_SAMPLE_BYTES]
    scores = {
        encoding: _score(sample.decode(encoding, "replace")) + _SELDOM_SEEN[encoding] for encoding in _SELDOM_SEEN
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] > 0:
        return best
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    return guess.encoding if guess is not None and guess.encoding in ENCODINGS else "cp1252"


def _score(text: str) -> int:
    """How much a text looks like words in Cyrillic: common letters and whole words count for it, noise against it."""
    score = 0
    for word in re.findall(r"[^\W\d_]+", text):
        if re.fullmatch("[А-ЯЁа-яё]+", word):
            score += sum(_WEIGHTS[letter] for letter in word.casefold())
            # A word is small, capital or begins with one capital; mixed cases are another encoding's letters.
            score += 1 if word.islower() or word.istitle() or word.isupper() else -3 * len(word)
    return score - 4 * len(_RARE.findall(text)) - 8 * text.count("\ufffd")


def _delimiter_of(text: str) -> str:
    """The sign that cuts most rows into equally many cells, more than one; a semicolon where none does."""
    sample = "\n".join(text[:_SAMPLE_BYTES].splitlines()[:_SAMPLE_ROWS])
    best, best_score = ";", 0.0
    for sign in _DELIMITERS:
        widths = Counter(len(record) for record in _records(sample, sign, csv.QUOTE_MINIMAL) or [] if record)
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        score = max(wide.values()) / sum(widths.values())
        if score > best_score:
            best, best_score = sign, score
    return best


def _records(text: str, sign: str, quoting: int) -> list[list[str]] | None:
    """The records of a text; None where a quotation mark swallowed what cannot be one cell."""
    marked = quoting != csv.QUOTE_NONE and '"' in text
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, quoting=quoting))  # type: ignore[arg-type]
    except csv.Error:
        return None if quoting != csv.QUOTE_NONE else _cut(text, sign)
    if marked and any(cell.count("\n") > _LONGEST_CELL_LINES for record in found for cell in record):
        return None
    return found


def _cut(text: str, sign: str) -> list[list[str]]:
    return [line.split(sign) for line in text.splitlines()]


def _cleaned(records: Iterable[list[str]]) -> Iterable[tuple[str, ...]]:
    for record in records:
        yield tuple(cell.strip(" \t\r\n\u00a0\ufeff\u200b") for cell in record)


def _lost_letters(rows: Iterable[Row]) -> list[Problem]:
    """One warning for all question marks inside words: the 8-bit Cyrillic sets have no ң, ө, ү, ғ, қ, ҳ, ҷ."""
    lost = [(row.number, match) for row in rows for cell in row.cells for match in _LOST_LETTER.findall(cell)]
    if not lost:
        return []
    facts = {"row": lost[0][0], "n": sum(len(match) for _, match in lost)}
    return [Problem(Code.LETTERS_LOST, str(lost[0][0]), facts, Level.WARNING)]
