"""Takes the Qt binding's hook off the import statement.

The hook reads the source of every module imported after it, looking for switches (`from __feature__ import`) that this
program never uses; at a start that costs as much as a dozen modules.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - puts the hook in place


def restore() -> None:
    """Give the import statement back what it was, where the binding kept it; called before the window's modules."""
    before = getattr(builtins, "__orig_import__", None)
    if callable(before):
        builtins.__import__ = before
