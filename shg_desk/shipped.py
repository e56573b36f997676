"""Finds the data the program ships, alike in a checkout, a wheel and an installer.

A wheel carries `resources/` and `translations/` inside the package; in a checkout they lie beside it.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def shipped(folder: str) -> Path:
    """The folder `resources` or `translations` of this installation."""
    inside = Path(str(files("shg_desk"))) / folder
    return inside if inside.is_dir() else inside.parent.parent / folder
