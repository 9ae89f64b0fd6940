"""The locks: hashes, no addresses, and the same versions for running and testing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
ASSETS_LOCK = ROOT / "mutualgov" / "ui" / "assets" / "package-lock.json"


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.\-]+)==([^ ]+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", [*LOCKS, ASSETS_LOCK], ids=lambda path: path.name)
def test_no_lock_names_an_address(lock):
    assert "://" not in lock.read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_by_hash(lock):
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())

    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry or "==" not in entry.split()[0]] == []


def test_the_tests_run_on_the_versions_that_the_product_runs_on():
    product, tests = pins(ROOT / "requirements/base.txt"), pins(ROOT / "requirements/dev.txt")

    assert {name: tests.get(name) for name in product} == product
