"""The recovery code of a book: 28 letters on paper, in seven groups of four.

25 letters of random (125 bits) and 3 of checksum (the first 15 bits of SHA-256 over the 25), in the alphabet
`0123456789ABCDEFGHJKMNPQRSTVWXYZ` (no I, L, O, U). Reading folds case, takes O as 0, I and L as 1, and the Cyrillic
letters that look like Latin ones as those, since people copy what they see with the keyboard they have.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from shg_desk.domain.problems import Code
from shg_desk.sync.keys import RandomBytes
from shg_desk.sync.label import refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LETTERS = 25
CHECK_LETTERS = 3
_LOOK_ALIKE = str.maketrans("OILОАВЕКМНРСТХУЗҮ", "011" + "0ABEKMHPCTXY3Y")


def new_recovery_code(random_bytes: RandomBytes) -> str:
    """A code from 16 random bytes, as it is printed."""
    number = int.from_bytes(random_bytes(16), "big") >> 3
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(RANDOM_LETTERS)))
    return shown(letters + _check(letters))


def read_recovery_code(typed: str) -> str:
    """The 28 letters of a typed code. Raises KnownError RECOVERY_CODE_UNREADABLE: a letter is missing or wrong."""
    letters = folded(typed)
    random, check = letters[:RANDOM_LETTERS], letters[RANDOM_LETTERS:]
    if set(letters) - set(ALPHABET) or len(letters) != RANDOM_LETTERS + CHECK_LETTERS or check != _check(random):
        raise refused(Code.RECOVERY_CODE_UNREADABLE, letters=len(letters))
    return letters


def shown(letters: str) -> str:
    """In groups of four."""
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def folded(typed: str) -> str:
    """The letters meant, whatever the case, spaces, hyphens and keyboard."""
    plain = re.sub(r"[\s.,_‐-―-]", "", unicodedata.normalize("NFKC", typed))
    return plain.upper().translate(_LOOK_ALIKE)


def _check(letters: str) -> str:
    bits = int.from_bytes(hashlib.sha256(letters.encode("ascii", "replace")).digest()[:2], "big") >> 1
    return "".join(ALPHABET[bits >> shift & 31] for shift in (10, 5, 0))
