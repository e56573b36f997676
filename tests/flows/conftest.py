"""The program as it is installed: a wheel made once a session, put into a folder of its own, without a network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import program
import pytest
from province import Province
from province import Source
from province import invented


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that people would get."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=program.ROOT, check=True, capture_output=True)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed_in(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel was installed into."""
    target = tmp_path_factory.mktemp("installed")
    install = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", str(target), str(wheel)], check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def installed(installed_in: Path) -> Iterator[Path]:
    """The tests' processes run the installed program, not the checkout."""
    with program.run_by(installed_in):
        yield installed_in


@pytest.fixture(scope="session")
def made_here(installed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Province:
    """An invented table's whole job, done by the installed program."""
    folder = tmp_path_factory.mktemp("made")
    with program.run_by(installed_in):
        return Province(folder, invented(folder / "all.csv"), cheap=True)


@pytest.fixture(scope="session")
def real(shared: Path, installed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Province:
    """The real table's whole job, done by the installed program."""
    path = shared / "samples" / "savings_groups" / "moz_household_quarterly_savings.csv"
    with program.run_by(installed_in):
        return Province(tmp_path_factory.mktemp("real"), Source.of(path), cheap=False)


@pytest.fixture(params=["made_here", pytest.param("real", marks=pytest.mark.needs("shared"))])
def province(request: pytest.FixtureRequest) -> Province:
    """The office and the two laptops after the job, one for all tests that look at them; none changes the books."""
    found: Province = request.getfixturevalue(request.param)
    return found
