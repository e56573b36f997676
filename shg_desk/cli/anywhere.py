"""The options that may stand anywhere, read before it is known whether a window opens or a verb runs."""

from __future__ import annotations

from collections.abc import Sequence


def wants_window(arguments: Sequence[str]) -> bool:
    """True where no verb is named: only `--book` and `--lang` may stand there."""
    rest, _, _, as_json = split_common(arguments)
    return not rest and not as_json


def split_common(arguments: Sequence[str]) -> tuple[list[str], str | None, str | None, bool]:
    """The arguments without `--json`, `--book X` and `--lang X`, and what those said."""
    rest: list[str] = []
    found: dict[str, str | None] = {"--book": None, "--lang": None}
    as_json = False
    queue = list(arguments)
    while queue:
        word = queue.pop(0)
        name, mark, value = word.partition("=")
        if word == "--json":
            as_json = True
        elif word == "--":
            rest += [word, *queue]
            break
        elif name in found and (mark or queue):
            found[name] = value if mark else queue.pop(0)
        else:
            rest.append(word)
    return rest, found["--book"], found["--lang"], as_json
