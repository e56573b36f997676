"""Key slots and recovery codes: every right secret opens, every wrong one is told from damage."""

from __future__ import annotations

import hmac
import json
import unicodedata
from contextlib import suppress
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st
from sync_makers import MADE
from sync_makers import seeded

from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import SurroundingsError
from shg_desk.sync import keys
from shg_desk.sync import keyslots
from shg_desk.sync import recovery_code
from shg_desk.sync import sealing

CHEAP = keyslots.Cost(memory_kib=64, passes=1, lanes=2)
BOOK_KEY = bytes(range(100, 132))
PAPER = recovery_code.new_recovery_code(seeded(5))
RECOVERY = keys.make_age(seeded(6))


def full_file() -> keyslots.KeyFile:
    file = keyslots.KeyFile()
    file = keyslots.with_passphrase(file, BOOK_KEY, "Ала-Тоо 2026", random_bytes=seeded(1), made=MADE, cost=CHEAP)
    file = keyslots.with_recovery_code(file, BOOK_KEY, PAPER, random_bytes=seeded(2), made=MADE, cost=CHEAP)
    file = keyslots.with_office(file, BOOK_KEY, RECOVERY.recipient, made=MADE)
    return keyslots.with_passphrase(file, BOOK_KEY, "second pass", random_bytes=seeded(3), made=MADE, cost=CHEAP)


def code_of(action: object) -> Code:
    with pytest.raises(KnownError) as caught:
        action()  # type: ignore[operator]
    return caught.value.problems[0].code


def test_each_slot_opens_the_book() -> None:
    file = keyslots.read_key_file(full_file().content())
    assert file == full_file() or [slot.kind for slot in file.slots] == ["passphrase", "paper", "office", "passphrase"]
    assert keyslots.unlock(file, "Ала-Тоо 2026") == keyslots.Unlocked(BOOK_KEY, 1)
    assert keyslots.unlock(file, PAPER) == keyslots.Unlocked(BOOK_KEY, 2)
    assert keyslots.unlock(file, PAPER.lower().replace("-", " ")) == keyslots.Unlocked(BOOK_KEY, 2)
    assert keyslots.unlock_as_office(file, RECOVERY.secret) == keyslots.Unlocked(BOOK_KEY, 3)
    assert keyslots.unlock(file, "second pass") == keyslots.Unlocked(BOOK_KEY, 4)


@pytest.mark.parametrize("typed", ["  ала-тоо 2026\n", "АЛА-ТОО 2026", unicodedata.normalize("NFD", "Ала-Тоо 2026")])
def test_case_edges_and_composition_of_a_passphrase_do_not_matter(typed: str) -> None:
    assert keyslots.unlock(full_file(), typed).book_key == BOOK_KEY


@pytest.mark.parametrize("chosen", ["алма  булут жаз", "алма\u00a0булут \t жаз ", "алма булут жаз"])
def test_spaces_between_the_words_do_not_matter(chosen: str) -> None:
    making = {"random_bytes": seeded(1), "made": MADE, "cost": CHEAP}
    file = keyslots.with_passphrase(keyslots.KeyFile(), BOOK_KEY, chosen, **making)
    changed = keyslots.with_changed_passphrase(full_file(), 1, BOOK_KEY, chosen, **making)
    for typed in (chosen, "алма булут жаз", " алма   булут жаз"):
        assert keyslots.unlock(file, typed).book_key == BOOK_KEY
        assert keyslots.unlock(changed, typed) == keyslots.Unlocked(BOOK_KEY, 1)
    too_short = keyslots.passphrase_problem("ал     бу")
    assert too_short is not None, "four letters and a space: the other spaces are no letters"
    assert too_short.facts["letters"] == 5


def test_a_slot_kept_with_two_spaces_opens_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(keyslots, "as_kept", lambda passphrase: passphrase)
        file = keyslots.with_passphrase(
            keyslots.KeyFile(), BOOK_KEY, "алма  булут", random_bytes=seeded(1), made=MADE, cost=CHEAP
        )
    assert keyslots.unlock(file, "Алма  булут").book_key == BOOK_KEY


@pytest.mark.parametrize("chosen", ["осёл дарё", "осел даре", unicodedata.normalize("NFD", "ОСЁЛ дарё")])
@pytest.mark.parametrize("typed", ["осёл дарё", "Осел  даре", unicodedata.normalize("NFD", "осёл даре")])
def test_a_letter_with_two_dots_opens_without_them_and_with_them(chosen: str, typed: str) -> None:
    making = {"random_bytes": seeded(1), "made": MADE, "cost": CHEAP}
    file = keyslots.with_passphrase(keyslots.KeyFile(), BOOK_KEY, chosen, **making)
    assert keyslots.unlock(file, typed).book_key == BOOK_KEY


def test_a_slot_made_when_words_with_two_dots_were_proposed_opens_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(keyslots, "as_kept", lambda passphrase: passphrase)
        making = {"random_bytes": seeded(1), "made": MADE, "cost": CHEAP}
        proposed = keyslots.with_passphrase(keyslots.KeyFile(), BOOK_KEY, "кукуруза осёл ёж", **making)
        own = keyslots.with_passphrase(keyslots.KeyFile(), BOOK_KEY, "Чёлмёк тоо", **making)
    for typed in ("кукуруза осёл ёж", "кукуруза осел еж", "кукуруза осёл еж", "Кукуруза  осел Ёж"):
        assert keyslots.unlock(proposed, typed).book_key == BOOK_KEY
    assert keyslots.unlock(own, "чёлмёк тоо").book_key == BOOK_KEY


def test_hardly_any_passphrase_is_tried_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    file = keyslots.with_passphrase(
        keyslots.KeyFile(), BOOK_KEY, "алма булут", random_bytes=seeded(1), made=MADE, cost=CHEAP
    )
    tried: list[bytes] = []
    derived = keyslots._derived
    monkeypatch.setattr(keyslots, "_derived", lambda secret, *rest: tried.append(secret) or derived(secret, *rest))
    for typed, times in (("алма берег", 1), ("алма осел", 2), ("алма осёл", 2), ("алма  осёл", 3)):
        tried.clear()
        code_of(lambda typed=typed: keyslots.unlock(file, typed))
        assert len(tried) == times, typed


def test_letters_with_marks_fold_to_one_spelling() -> None:
    # The long s with dot folds to what is no longer composed; й typed as two code points is one letter.
    for chosen, typed in (
        ("ẛ̣passphrase", "\u1e9b\u0323PASSPHRASE"),
        ("Йигит Straße", "и\u0306ИГИТ STRASSE"),
        ("\u0390passphrase", "\u03aa\u0301PASSPHRASE"),
        ("\u1fb4passphrase", "\u03b1\u0345\u0301passphrase"),
    ):
        file = keyslots.with_passphrase(
            keyslots.KeyFile(), BOOK_KEY, chosen, random_bytes=seeded(1), made=MADE, cost=CHEAP
        )
        assert keyslots.unlock(file, typed).book_key == BOOK_KEY


def test_a_wrong_passphrase_is_told_from_damage() -> None:
    file = full_file()
    with pytest.raises(SurroundingsError) as caught:
        keyslots.unlock(file, "Ала-Тоо 2027")
    assert caught.value.problems[0].code == Code.WRONG_PASSPHRASE
    with pytest.raises(SurroundingsError):
        keyslots.unlock_as_office(file, keys.make_age(seeded(7)).secret)
    with pytest.raises(SurroundingsError):
        keyslots.unlock(file, recovery_code.new_recovery_code(seeded(8)))
    # The right passphrase on a slot whose wrapped key was exchanged, the checksum made good again.
    value = json.loads(file.content())
    value["slots"][0]["wrapped"] = value["slots"][3]["wrapped"]
    hurt = keyslots.KeyFile(1, tuple(keyslots._slot(slot) for slot in value["slots"]))
    assert code_of(lambda: keyslots.unlock(hurt, "Ала-Тоо 2026")) == Code.BOOK_DAMAGED


def test_every_flipped_bit_and_every_length_is_seen() -> None:
    content = full_file().content()
    broken = [content[:length] for length in range(0, len(content), 3)]
    broken += [
        content[: bit // 8] + bytes([content[bit // 8] ^ 1 << bit % 8]) + content[bit // 8 + 1 :]
        for bit in range(0, len(content) * 8, 5)
    ]
    for changed in broken:
        assert code_of(lambda changed=changed: keyslots.read_key_file(changed)) == Code.BOOK_DAMAGED


def test_a_slot_opens_from_the_written_format_alone() -> None:
    slot = json.loads(full_file().content())["slots"][0]
    derived = Argon2id(
        salt=sealing.from_text(slot["salt"]),
        length=64,
        iterations=slot["passes"],
        lanes=slot["lanes"],
        memory_cost=slot["memory_kib"],
    ).derive("ала-тоо 2026".encode())
    wrapped = sealing.from_text(slot.pop("wrapped"))
    place = json.dumps(slot, sort_keys=True, separators=(",", ":")).encode()
    assert ChaCha20Poly1305(derived[:32]).decrypt(sealing.from_text(slot["nonce"]), wrapped, place) == BOOK_KEY


def test_whose_file_it_is_shows_under_the_book_key_alone() -> None:
    file = full_file().as_of(BOOK_KEY)
    written = json.loads(file.content())
    said = {name: written[name] for name in ("format", "serial", "slots")}
    signed = b"shgb/1 key file" + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    assert written["book"] == hmac.new(BOOK_KEY, signed, "sha256").hexdigest()
    read = keyslots.read_key_file(file.content())
    assert read == file
    assert read.is_of(BOOK_KEY)
    assert not read.is_of(bytes(32))
    assert not full_file().is_of(BOOK_KEY)
    assert not keyslots.without_slot(read, 4).is_of(BOOK_KEY), "a change has to be signed anew"


def test_nobody_is_named_in_the_file() -> None:
    slot_names = {name for slot in json.loads(full_file().content())["slots"] for name in slot}
    assert slot_names == {
        "kind", "lanes", "made", "memory_kib", "nonce", "number", "passes", "recipient", "salt", "tag", "wrapped"
    }  # fmt: skip


def test_changing_a_passphrase_keeps_key_and_number() -> None:
    file = keyslots.with_changed_passphrase(
        full_file(), 1, BOOK_KEY, "another one", random_bytes=seeded(9), made=MADE, cost=CHEAP
    )
    assert keyslots.unlock(file, "another one") == keyslots.Unlocked(BOOK_KEY, 1)
    assert code_of(lambda: keyslots.unlock(file, "Ала-Тоо 2026")) == Code.WRONG_PASSPHRASE
    change = {"random_bytes": seeded(9), "made": MADE, "cost": CHEAP}
    for number in (2, 3, 9):
        missing = lambda n=number: keyslots.with_changed_passphrase(file, n, BOOK_KEY, "x", **change)  # noqa: E731
        assert code_of(missing) == Code.SLOT_MISSING


def test_the_last_slot_that_opens_by_typing_stays() -> None:
    file = keyslots.without_slot(keyslots.without_slot(full_file(), 1), 4)
    assert [slot.kind for slot in file.slots] == ["paper", "office"]
    assert code_of(lambda: keyslots.without_slot(file, 2)) == Code.SLOT_LAST
    assert code_of(lambda: keyslots.without_slot(file, 7)) == Code.SLOT_MISSING
    assert [slot.kind for slot in keyslots.without_slot(file, 3).slots] == ["paper"]
    assert file.serial == full_file().serial + 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("memory_kib", 2**40), ("passes", 10**6), ("lanes", 200), ("kind", "face"), ("salt", "AA"), ("made", -1)],
)
def test_a_file_from_elsewhere_cannot_ask_for_the_whole_machine(name: str, value: object) -> None:
    wrong = json.loads(full_file().content())
    wrong["slots"][0][name] = value
    del wrong["checksum"]
    wrong["checksum"] = sha256(canonical.encode(wrong)).hexdigest()
    assert code_of(lambda: keyslots.read_key_file(canonical.encode(wrong) + b"\n")) == Code.BOOK_DAMAGED


def test_a_later_format_is_named_as_such() -> None:
    later = {"format": 2, "boxes": []}
    later["checksum"] = sha256(canonical.encode(later)).hexdigest()
    assert code_of(lambda: keyslots.read_key_file(canonical.encode(later) + b"\n")) == Code.BOOK_NEWER


def test_the_full_cost_is_the_agreed_one() -> None:
    file = keyslots.with_passphrase(keyslots.KeyFile(), BOOK_KEY, "practice", random_bytes=seeded(1), made=MADE)
    slot = file.slots[0].fields
    assert (slot["memory_kib"], slot["passes"], slot["lanes"]) == (65536, 3, 4)
    assert keyslots.unlock(file, "practice").book_key == BOOK_KEY


def test_short_passphrases_are_named() -> None:
    assert keyslots.passphrase_problem("practice") is None
    assert keyslots.passphrase_problem("   seven77 ").code == Code.PASSPHRASE_SHORT  # type: ignore[union-attr]


@given(st.binary(min_size=16, max_size=16))
def test_a_recovery_code_reads_back_from_any_hand(chance: bytes) -> None:
    code = recovery_code.new_recovery_code(lambda _: chance)
    letters = code.replace("-", "")
    assert len(letters) == 28
    assert recovery_code.read_recovery_code(code) == letters
    cyrillic = code.translate(str.maketrans("ABEKMHPCTXY0", "АВЕКМНРСТХУО")).lower()
    assert recovery_code.read_recovery_code(cyrillic) == letters


@given(st.binary(min_size=16, max_size=16), st.integers(0, 27), st.integers(1, 31))
def test_a_wrong_letter_is_seen(chance: bytes, place: int, shift: int) -> None:
    letters = recovery_code.new_recovery_code(lambda _: chance).replace("-", "")
    alphabet = recovery_code.ALPHABET
    other = alphabet[(alphabet.index(letters[place]) + shift) % 32]
    typed = letters[:place] + other + letters[place + 1 :]
    # Three letters of checksum miss one wrong letter in 32,768; what they miss must at least not read as the same.
    with suppress(KnownError):
        assert recovery_code.read_recovery_code(typed) != letters


def test_checksum_catches_nearly_every_slip() -> None:
    chance = seeded(11)
    missed = 0
    for _ in range(300):
        letters = recovery_code.new_recovery_code(chance).replace("-", "")
        for place in range(27):
            swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
            if swapped != letters:
                with suppress(KnownError):
                    recovery_code.read_recovery_code(swapped)
                    missed += 1
    assert missed <= 3
    for typed in ("", "abc", letters[:-1], letters + "0", letters[:-1] + "U"):
        assert code_of(lambda typed=typed: recovery_code.read_recovery_code(typed)) == Code.RECOVERY_CODE_UNREADABLE
