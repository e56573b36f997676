"""Trouble as values: a code, where it is, and the facts; sentences are made at the edge by `i18n.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum

Fact = str | int | None


class Code(StrEnum):
    """Every kind of trouble that can be told to a person; `i18n.messages` has a sentence for each."""

    # the book as a file
    BOOK_MISSING = "book-missing"
    FOLDER_NOT_EMPTY = "folder-not-empty"
    BOOK_EXISTS = "book-exists"
    BOOK_DAMAGED = "book-damaged"
    BOOK_NEWER = "book-newer"
    BOOK_IN_USE = "book-in-use"
    BOOK_ON_NETWORK = "book-on-network"
    WRONG_PASSPHRASE = "wrong-passphrase"
    WRONG_OFFICE_KEY = "wrong-office-key"
    PASSPHRASE_SHORT = "passphrase-short"
    DISK_FULL = "disk-full"
    CURRENCY_UNKNOWN = "currency-unknown"
    NOT_ALLOWED = "not-allowed"
    NO_QT_LIBRARIES = "no-qt-libraries"
    EXTRA_MISSING = "extra-missing"
    # the log
    LINE_UNREADABLE = "line-unreadable"
    CHAIN_BROKEN = "chain-broken"
    FORKED = "forked"
    REFERENCE_MISSING = "reference-missing"
    KIND_UNKNOWN = "kind-unknown"
    NOT_BALANCED = "not-balanced"
    DEVICE_REVOKED = "device-revoked"
    OUT_OF_PLACE = "out-of-place"
    GROUPS_MIXED = "groups-mixed"
    REJECTED = "rejected"
    NEVER_COUNTS = "never-counts"
    REASON_NOT_KEPT = "reason-not-kept"
    DEVICE_TAKEN = "device-taken"
    KEY_MISSING = "key-missing"
    GUARDS_MISSING = "guards-missing"
    TOTALS_DIFFER = "totals-differ"
    # money and dates as typed
    AMOUNT_UNREADABLE = "amount-unreadable"
    AMOUNT_AMBIGUOUS = "amount-ambiguous"
    AMOUNT_TOO_FINE = "amount-too-fine"
    AMOUNT_NEGATIVE = "amount-negative"
    AMOUNT_CHANGED = "amount-changed"
    AMOUNT_TOO_LARGE = "amount-too-large"
    DATE_UNREADABLE = "date-unreadable"
    DAY_IN_FUTURE = "day-in-future"
    DAY_BEFORE_GROUP = "day-before-group"
    BIRTH_UNREADABLE = "birth-unreadable"
    RULE_UNREADABLE = "rule-unreadable"
    RULE_UNKNOWN = "rule-unknown"
    RULES_EMPTY = "rules-empty"
    DATE_AMBIGUOUS = "date-ambiguous"
    CURRENCY_DIFFERS = "currency-differs"
    # tables of other people
    FILE_UNREADABLE = "file-unreadable"
    FILE_TOO_LARGE = "file-too-large"
    FILE_LOCKED = "file-locked"
    SHEET_MISSING = "sheet-missing"
    TABLE_EMPTY = "table-empty"
    QUOTES_BROKEN = "quotes-broken"
    LETTERS_LOST = "letters-lost"
    MAP_UNREADABLE = "map-unreadable"
    MAP_FIELD_UNKNOWN = "map-field-unknown"
    COLUMN_MISSING = "column-missing"
    COLUMN_TWICE = "column-twice"
    ROW_WITHOUT_GROUP = "row-without-group"
    ROW_WITHOUT_MEMBER = "row-without-member"
    ROW_WITHOUT_NAME = "row-without-name"
    ROW_NOT_PAYABLE = "row-not-payable"
    ROW_AHEAD = "row-ahead"
    ROW_ALIKE = "row-alike"
    ROW_CLOSED_HERE = "row-closed-here"
    ROLE_UNKNOWN = "role-unknown"
    VILLAGE_UNCLEAR = "village-unclear"
    TEXT_TOO_LONG = "text-too-long"
    DUPLICATE_ID = "duplicate-id"
    SEX_UNKNOWN = "sex-unknown"
    AMOUNT_KIND_UNKNOWN = "amount-kind-unknown"
    # loans
    TERMS_IMPOSSIBLE = "terms-impossible"
    ORDER_UNKNOWN = "order-unknown"
    # parcels and how they travel
    BUNDLE_NOT_ONE = "bundle-not-one"
    BUNDLE_INCOMPLETE = "bundle-incomplete"
    BUNDLE_DAMAGED = "bundle-damaged"
    BUNDLE_FOR_ANOTHER = "bundle-for-another"
    BUNDLE_STRANGER = "bundle-stranger"
    BUNDLE_FORGED = "bundle-forged"
    BUNDLE_TOO_LARGE = "bundle-too-large"
    BUNDLE_NEWER = "bundle-newer"
    FOLDER_UNUSABLE = "folder-unusable"
    FILE_BUSY = "file-busy"
    COPY_DIFFERS = "copy-differs"
    # photos of paper
    PHOTO_UNREADABLE = "photo-unreadable"
    PHOTO_TOO_LARGE = "photo-too-large"
    PHOTOS_TOO_MANY = "photos-too-many"
    PHOTO_UNKNOWN = "photo-unknown"
    PHOTO_DAMAGED = "photo-damaged"
    PHOTO_AWAITED = "photo-awaited"
    PHOTOS_LEFT_ASIDE = "photos-left-aside"
    # keys
    KEY_COPY_DAMAGED = "key-copy-damaged"
    SLOT_LAST = "slot-last"
    USER_ROLE_UNKNOWN = "user-role-unknown"
    ROLE_MAY_NOT = "role-may-not"
    SLOT_MISSING = "slot-missing"
    RECOVERY_CODE_UNREADABLE = "recovery-code-unreadable"
    SEALED_DAMAGED = "sealed-damaged"
    # people and groups
    NAME_MISSING = "name-missing"
    CODE_TAKEN = "code-taken"
    NUMBER_TAKEN = "number-taken"
    IN_TWO_GROUPS = "in-two-groups"
    BOOKLET_TAKEN = "booklet-taken"
    JOINED_AFTER_LEFT = "joined-after-left"
    FORMED_AFTER_RECORDS = "formed-after-records"
    BELOW_MINIMUM_AGE = "below-minimum-age"
    PERHAPS_HERE_ALREADY = "perhaps-here-already"
    HOUSEHOLD_UNKNOWN = "household-unknown"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    NAMED_IN_SHEET = "named-in-sheet"
    MEMBERS_BY_NAME = "members-by-name"
    # the meeting sheet
    MEMBER_UNKNOWN = "member-unknown"
    MEMBER_TWICE = "member-twice"
    GROUP_UNKNOWN = "group-unknown"
    GROUP_AMBIGUOUS = "group-ambiguous"
    SHEET_WRITTEN = "sheet-written"
    BEFORE_GROUP = "before-group"
    BEFORE_LAST_MEETING = "before-last-meeting"
    SAME_DAY_MEETING = "same-day-meeting"
    DATE_AHEAD = "date-ahead"
    AFTER_CYCLE = "after-cycle"
    REASON_MISSING = "reason-missing"
    MONEY_WITHOUT_MEETING = "money-without-meeting"
    ATTENDANCE_MISSING = "attendance-missing"
    REPRESENTATIVE_MISSING = "representative-missing"
    BEFORE_JOINING = "before-joining"
    AFTER_LEAVING = "after-leaving"
    AMOUNT_NOT_PAYABLE = "amount-not-payable"
    KIND_OF_LINE_UNKNOWN = "kind-of-line-unknown"
    PRODUCT_UNKNOWN = "product-unknown"
    SHARES_WITHOUT_PRICE = "shares-without-price"
    SHARES_NOT_WHOLE = "shares-not-whole"
    SHARES_OUT_OF_RANGE = "shares-out-of-range"
    LOAN_UNKNOWN = "loan-unknown"
    LOAN_NOT_NAMED = "loan-not-named"
    REPAYMENT_TOO_LARGE = "repayment-too-large"
    HAND_TOO_MUCH = "hand-too-much"
    WITHDRAWAL_TOO_LARGE = "withdrawal-too-large"
    PAYABLE_TOO_MUCH = "payable-too-much"
    LENDER_PAID_TOO_MUCH = "lender-paid-too-much"
    DIFFERENCE_NOT_OPEN = "difference-not-open"
    LOAN_ABOVE_RULE = "loan-above-rule"
    LOAN_AFTER_CYCLE = "loan-after-cycle"
    GUARANTORS_FEW = "guarantors-few"
    GUARANTOR_WRONG = "guarantor-wrong"
    ACCOUNT_UNKNOWN = "account-unknown"
    PLACE_UNKNOWN = "place-unknown"
    PLACE_BELOW_ZERO = "place-below-zero"
    PLACE_TAKEN = "place-taken"
    PLACE_HAS_MONEY = "place-has-money"
    NOT_COUNTED = "not-counted"
    DIFFERENCE_NOT_NAMED = "difference-not-named"
    DIFFERENCE_NAMED_WRONG = "difference-named-wrong"
    DIFFERENCE_NOT_COUNTED = "difference-not-counted"
    COUNTED_AGAIN = "counted-again"
    SURPLUS_BORNE = "surplus-borne"
    COUNT_NOT_PAYABLE = "count-not-payable"
    NO_QUORUM = "no-quorum"
    VOTES_TOO_MANY = "votes-too-many"
    BORNE_WITHOUT_VOTE = "borne-without-vote"
    SHEET_UNREADABLE = "sheet-unreadable"
    MEETING_UNKNOWN = "meeting-unknown"
    # enrolment and exchange
    NOT_A_DESK = "not-a-desk"
    NOT_AN_OFFICE = "not-an-office"
    NO_OFFICE = "no-office"
    PRACTICE_ONLY = "practice-only"
    FINGERPRINT_DIFFERS = "fingerprint-differs"
    NOT_COMPARED = "not-compared"
    REQUEST_MISSING = "request-missing"
    OFFICE_KNOWN = "office-known"
    OFFICE_KEYS_NEW = "office-keys-new"
    OFFICE_KEY_UNKNOWN = "office-key-unknown"
    OFFICE_KEY_FORMER = "office-key-former"
    RECEIPT_OVERTAKEN = "receipt-overtaken"
    OFFICE_LEFT = "office-left"
    RECORDS_HELD_BACK = "records-held-back"
    RECOVERY_NOT_ON_PAPER = "recovery-not-on-paper"
    GRANT_PARTS_MISSING = "grant-parts-missing"
    DEVICE_UNKNOWN = "device-unknown"
    BUNDLE_IS_GRANT = "bundle-is-grant"
    ROLLED_BACK = "rolled-back"
    DIGEST_DIFFERS = "digest-differs"
    # a death
    DEATH_RECORDED = "death-recorded"
    DEATH_NOT_RECORDED = "death-not-recorded"
    LEFT_BEFORE_DEATH = "left-before-death"
    RECORDS_AFTER_DEATH = "records-after-death"
    SETTLED_BEFORE_DEATH = "settled-before-death"
    IN_ANOTHER_GROUP = "in-another-group"
    DEBT_UNKNOWN = "debt-unknown"
    GRANT_TOO_LARGE = "grant-too-large"
    # corrections
    ENTRY_UNKNOWN = "entry-unknown"
    ALREADY_CORRECTED = "already-corrected"
    NOTHING_WRITTEN = "nothing-written"
    LOAN_HAS_REPAYMENTS = "loan-has-repayments"
    CORRECT_BY_REVERSAL = "correct-by-reversal"
    NOTHING_CHANGED = "nothing-changed"
    CORRECTED_SINCE = "corrected-since"
    PERIOD_CLOSED = "period-closed"
    BELOW_ZERO_THEN = "below-zero-then"
    BELOW_ZERO_ACCEPTED = "below-zero-accepted"
    WOULD_BE_BELOW_ZERO = "would-be-below-zero"


class Level(StrEnum):
    """`PROBLEM` changes the exit code and blocks; `WARNING` only tells."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, the place (row, field, file...) and the facts a sentence needs."""

    code: Code
    where: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    level: Level = Level.PROBLEM


class KnownError(Exception):
    """The world or the input stands in the way; carries the problems to tell. Nothing half-written is left."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: Sequence[Problem] = problems
        super().__init__("; ".join(f"{p.code} {p.where} {dict(p.facts)}" for p in problems))


class SurroundingsError(KnownError):
    """The environment stands in the way (disk, lock, passphrase, missing extra): exit code 3 on the command line."""


class BugError(Exception):
    """Our own mistake: an invariant does not hold. Shown with a way to report it, never explained away."""
