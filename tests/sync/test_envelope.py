"""Bundle files: every cut, flip, wrong hand and bomb is refused with the code that says what it is."""

from __future__ import annotations

import hashlib
import lzma
import random

import minisign
import pyrage
import pytest
from sync_makers import BUNDLE
from sync_makers import DESK
from sync_makers import DESK_KEYS
from sync_makers import NEIGHBOUR
from sync_makers import NEIGHBOUR_KEYS
from sync_makers import OFFICE
from sync_makers import OFFICE_KEYS
from sync_makers import OFFICE_TRUST
from sync_makers import STRANGER_KEYS
from sync_makers import Writer
from sync_makers import all_sections
from sync_makers import chain
from sync_makers import colleague_file
from sync_makers import manifest
from sync_makers import office_opens
from sync_makers import return_file
from sync_makers import seeded

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.sync import envelope
from shg_desk.sync import keys
from shg_desk.sync import label
from shg_desk.sync.envelope import Comment
from shg_desk.sync.envelope import Trust
from shg_desk.sync.parcels import open_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import write_volumes

SMALL = Writer().seal(Contents(ops=chain(1, size=12))).content
WIDE = [{"id": lzma.FILTER_LZMA2, "dict_size": 64 * label.MIB}]
HEADER = SMALL.index(b"\n") + 1


def code_of(content: bytes) -> Code:
    with pytest.raises(KnownError) as caught:
        office_opens(content)
    (problem,) = caught.value.problems
    return problem.code


def payload_of(contents: Contents) -> bytes:
    (payload,) = write_volumes(manifest(), contents)
    return payload


def sealed(signed: bytes, sender: str = DESK) -> bytes:
    return label.with_label(keys.encrypt(signed, OFFICE_KEYS.recipients), OFFICE, sender)


def signed(packed: bytes, comment: str | None = None, pair: keys.SignPair = DESK_KEYS.signing) -> bytes:
    text = comment or f"shgb/1 kind=ops from={DESK} to={OFFICE} bundle={BUNDLE}"
    return keys.sign(pair, packed, text) + packed


def test_the_office_reads_what_the_desk_wrote_and_so_does_the_desk() -> None:
    file = Writer().seal(all_sections())
    assert file.name == f"{DESK}-{OFFICE}-ops-{BUNDLE}.shgb"
    assert office_opens(file.content).contents.ops == tuple(chain(3))
    own = open_parcel(file.content, addressees=(OFFICE,), identities=[DESK_KEYS.age.secret], trust=OFFICE_TRUST)
    assert own == office_opens(file.content)


def test_the_label_names_length_hash_and_codes() -> None:
    line, _, body = SMALL.partition(b"\n")
    digest = hashlib.sha256(body).hexdigest()
    assert line.decode() == f"SHGB/1 len={len(body)} sha256={digest} to={OFFICE} from={DESK}"
    assert body.startswith(b"age-encryption.org/v1\n")


def test_every_length_of_a_small_bundle_is_refused_as_cut_short() -> None:
    for length in range(len(SMALL)):
        assert code_of(SMALL[:length]) == Code.BUNDLE_INCOMPLETE, length


def test_every_bit_of_the_label_and_samples_of_the_rest_are_refused() -> None:
    chance = random.Random(7)
    bits = [*range(HEADER * 8), *(chance.randrange(HEADER * 8, len(SMALL) * 8) for _ in range(400))]
    for bit in bits:
        changed = bytearray(SMALL)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(KnownError):
            office_opens(bytes(changed))


def test_bits_flipped_with_the_label_made_good_again_are_refused() -> None:
    chance = random.Random(8)
    body = SMALL[HEADER:]
    for bit in (chance.randrange(len(body) * 8) for _ in range(600)):
        changed = bytearray(body)
        changed[bit // 8] ^= 1 << bit % 8
        assert code_of(label.with_label(bytes(changed), OFFICE, DESK)) in (Code.BUNDLE_DAMAGED, Code.BUNDLE_FOR_ANOTHER)


def test_bits_flipped_inside_the_seal_are_refused() -> None:
    inside = signed(envelope.pack(payload_of(Contents(ops=chain(1, size=12)))))
    chance = random.Random(9)
    for bit in (*range(0, 120 * 8, 7), *(chance.randrange(len(inside) * 8) for _ in range(300))):
        changed = bytearray(inside)
        changed[bit // 8] ^= 1 << bit % 8
        assert code_of(sealed(bytes(changed))) in (Code.BUNDLE_FORGED, Code.BUNDLE_NEWER, Code.BUNDLE_STRANGER)


def test_mail_that_mangles_lines_is_named_as_damage() -> None:
    assert code_of(SMALL.replace(b"\n", b"\r\n")) == Code.BUNDLE_DAMAGED
    assert code_of(SMALL[:HEADER] + bytes(byte & 127 for byte in SMALL[HEADER:])) == Code.BUNDLE_DAMAGED
    assert code_of(SMALL + b"\n") == Code.BUNDLE_DAMAGED
    assert code_of(SMALL + SMALL) == Code.BUNDLE_DAMAGED


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.BUNDLE_INCOMPLETE),
        (b"PK\x03\x04 something else", Code.BUNDLE_NOT_ONE),
        (b"\xef\xbb\xbf" + SMALL, Code.BUNDLE_NOT_ONE),
        (b"SHGB/2 " + SMALL[7:], Code.BUNDLE_NEWER),
        (b"SHGB/1 len=01" + SMALL[11:], Code.BUNDLE_DAMAGED),
        (b"SHGB/1 " + b"x" * 300, Code.BUNDLE_DAMAGED),
        (b"SHGB/1  " + SMALL[7:], Code.BUNDLE_DAMAGED),
    ],
)
def test_what_is_no_bundle_of_ours(content: bytes, code: Code) -> None:
    assert code_of(content) == code


def test_another_addressee_is_named() -> None:
    for file in (return_file(Contents()), colleague_file(Contents(relays=chain(1)))):
        assert code_of(file.content) == Code.BUNDLE_FOR_ANOTHER
    sealed_elsewhere = Writer(recipients=(NEIGHBOUR_KEYS.age.recipient,)).seal(Contents(ops=chain(1)))
    assert code_of(sealed_elsewhere.content) == Code.BUNDLE_FOR_ANOTHER


def test_a_parcel_handed_on_with_a_new_label_and_seal_is_refused() -> None:
    # The office of another district opens what it got and seals the signed bytes for us.
    inside = signed(envelope.pack(b"{}\n"), f"shgb/1 kind=ops from={DESK} to=elsewher bundle={BUNDLE}")
    assert code_of(sealed(inside)) == Code.BUNDLE_FORGED
    inside = signed(envelope.pack(b"{}\n"))
    assert code_of(sealed(inside, sender=NEIGHBOUR)) == Code.BUNDLE_FORGED


def test_strangers_and_pretenders() -> None:
    packed = envelope.pack(payload_of(Contents(ops=chain(1))))
    unknown = f"shgb/1 kind=ops from=zzzz2222 to={OFFICE} bundle={BUNDLE}"
    assert code_of(sealed(signed(packed, unknown, STRANGER_KEYS.signing), "zzzz2222")) == Code.BUNDLE_STRANGER
    assert code_of(sealed(signed(packed, None, STRANGER_KEYS.signing))) == Code.BUNDLE_FORGED
    assert code_of(sealed(signed(packed, None, NEIGHBOUR_KEYS.signing))) == Code.BUNDLE_FORGED
    assert code_of(sealed(packed)) == Code.BUNDLE_FORGED
    assert code_of(sealed(b"")) == Code.BUNDLE_FORGED


def test_the_comment_cannot_be_exchanged() -> None:
    packed = envelope.pack(payload_of(Contents(ops=chain(1))))
    first = signed(packed).split(b"\n", 3)
    other = signed(packed, f"shgb/1 kind=ops from={DESK} to={OFFICE} bundle=other").split(b"\n", 3)
    assert code_of(sealed(b"\n".join([*first[:2], other[2], first[3]]))) == Code.BUNDLE_FORGED
    # A whole signature of another parcel of the same desk over these bytes does not hold either.
    assert code_of(sealed(signed(b"other")[: -len(b"other")] + packed)) == Code.BUNDLE_FORGED
    # Signed by the right hand, but not what the manifest says.
    assert (
        code_of(sealed(signed(packed, f"shgb/1 kind=ops from={DESK} to={OFFICE} bundle=other"))) == Code.BUNDLE_FORGED
    )
    assert (
        code_of(sealed(signed(packed, f"shgb/1 kind=colleague from={DESK} to={OFFICE} bundle={BUNDLE}")))
        == Code.BUNDLE_FORGED
    )


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("timestamp:1", Code.BUNDLE_FORGED),
        (f"shgb/2 kind=ops from={DESK} to={OFFICE} bundle=x", Code.BUNDLE_NEWER),
        (f"shgb/1 kind=ops from={DESK} to={OFFICE} bundle=x more=1", Code.BUNDLE_FORGED),
        (f"shgb/1 kind=request from={DESK} to={OFFICE} bundle=x", Code.BUNDLE_FORGED),
        (f"shgb/1 kind=figures from={DESK} to={OFFICE} bundle=x", Code.BUNDLE_NEWER),
        (f"shgb/1 kind=return from={DESK} to={OFFICE} bundle=x", Code.BUNDLE_FORGED),
        (f"shgb/1 kind=grant from={DESK} to={OFFICE} bundle=x", Code.BUNDLE_FORGED),
        (f"shgb/1 kind=ops from={OFFICE} to={OFFICE} bundle=x", Code.BUNDLE_FORGED),
    ],
)
def test_who_may_sign_what(comment: str, code: Code) -> None:
    packed = envelope.pack(payload_of(Contents(ops=chain(1))))
    assert code_of(sealed(signed(packed, comment))) == code


def test_a_desk_believes_returns_of_its_office_only() -> None:
    trust = Trust(
        offices={OFFICE: (OFFICE_KEYS.signing.public,)}, devices={NEIGHBOUR: (NEIGHBOUR_KEYS.signing.public,)}
    )
    mine = {"addressees": (DESK,), "identities": [DESK_KEYS.age.secret], "trust": trust}
    parcel = open_parcel(return_file(Contents(relays=chain(2, NEIGHBOUR))).content, **mine)
    assert parcel.manifest.office_epoch == "officeep"
    forged = Comment("return", NEIGHBOUR, DESK, BUNDLE)
    content = envelope.seal_payload(b"{}\n", forged, NEIGHBOUR_KEYS.signing, [DESK_KEYS.age.recipient])
    with pytest.raises(KnownError) as caught:
        open_parcel(content, **mine)
    assert caught.value.problems[0].code == Code.BUNDLE_FORGED


def test_a_plain_minisign_signature_without_prehashing_is_refused() -> None:
    packed = envelope.pack(payload_of(Contents(ops=chain(1))))
    key = minisign.SecretKey.from_base64(DESK_KEYS.signing.secret)
    comment = f"shgb/1 kind=ops from={DESK} to={OFFICE} bundle={BUNDLE}"
    plain = key.sign(packed, prehash=False, untrusted_comment=keys.UNTRUSTED_COMMENT, trusted_comment=comment)
    assert code_of(sealed(bytes(plain) + b"\n" + packed)) == Code.BUNDLE_FORGED


PAYLOAD = payload_of(Contents(ops=chain(1)))


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (lzma.compress(bytes(65 * label.MIB)), Code.BUNDLE_TOO_LARGE),
        (lzma.compress(b"{}\n" * 100_001), Code.BUNDLE_TOO_LARGE),
        (lzma.compress(PAYLOAD, filters=WIDE), Code.BUNDLE_TOO_LARGE),
        (lzma.compress(PAYLOAD, format=lzma.FORMAT_ALONE), Code.BUNDLE_DAMAGED),
        (lzma.compress(PAYLOAD) + lzma.compress(PAYLOAD), Code.BUNDLE_DAMAGED),
        (lzma.compress(PAYLOAD) + bytes(4), Code.BUNDLE_DAMAGED),
        (lzma.compress(PAYLOAD)[:-1], Code.BUNDLE_DAMAGED),
        (PAYLOAD, Code.BUNDLE_DAMAGED),
        (b"", Code.BUNDLE_DAMAGED),
    ],
)
def test_bombs_and_other_streams_by_a_known_hand(packed: bytes, code: Code) -> None:
    assert len(packed) < 100_000
    assert code_of(sealed(signed(packed))) == code
    assert office_opens(sealed(signed(lzma.compress(PAYLOAD)))).contents.ops == tuple(chain(1))


def test_a_file_too_large_is_not_even_hashed() -> None:
    assert code_of(SMALL + bytes(label.FILE_LIMIT_BYTES)) == Code.BUNDLE_TOO_LARGE


def test_age_for_passphrases_armour_and_crowds() -> None:
    inside = signed(envelope.pack(payload_of(Contents(ops=chain(1)))))
    recipients = [pyrage.x25519.Recipient.from_str(text) for text in OFFICE_KEYS.recipients]
    armoured = pyrage.encrypt(inside, recipients, armored=True)
    assert code_of(label.with_label(armoured, OFFICE, DESK)) == Code.BUNDLE_DAMAGED
    # A stanza for a passphrase of absurd cost is never tried.
    stanza = b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 30\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"
    code = code_of(label.with_label(stanza + bytes(100), OFFICE, DESK))
    assert code in (Code.BUNDLE_DAMAGED, Code.BUNDLE_FOR_ANOTHER)
    crowd = [keys.make_age(seeded(100 + n)).recipient for n in range(300)]
    file = Writer(recipients=(*crowd, *OFFICE_KEYS.recipients)).seal(Contents(ops=chain(1)))
    assert office_opens(file.content).contents.ops == tuple(chain(1))


def test_parcels_on_their_way_open_after_the_office_turned_its_keys() -> None:
    turned = keys.renewed(OFFICE_KEYS, seeded(20))
    for office_keys in (turned, keys.renewed(turned, seeded(21))):
        parcel = open_parcel(SMALL, addressees=(OFFICE,), identities=office_keys.identities, trust=OFFICE_TRUST)
        assert len(parcel.contents.ops) == 1


def test_nothing_readable_stands_outside_the_seal() -> None:
    content = Writer().seal(all_sections()).content
    for word in (b"meeting", b"villages", b"identity", b"minisign", b"shgb/1", b"\xfd7zXZ"):
        assert word not in content
