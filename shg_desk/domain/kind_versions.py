"""The kinds of operations this program knows, each at its newest version. What they say is in `kinds`."""

from __future__ import annotations

KIND_VERSIONS = dict.fromkeys(
    (
        "profile",
        "rules",
        "meeting",
        "between",
        "count",
        "correction",
        "import",
        "settlement",
        "closing",
        "note",
        "destroy",
        "tombstone",
        "same-as",
        "file",
    ),
    1,
)
