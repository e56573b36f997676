"""The makers of small books and of calls stand beside the tests of actions and of the command line."""

from __future__ import annotations

import sys
from pathlib import Path

for room in ("actions", "cli"):
    sys.path.append(str(Path(__file__).resolve().parents[1] / room))
