"""``mutualgov audit verify`` names every entry that was altered, taken out or moved, and fails then."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mutualgov.audit.actions import Fact, record_many
from mutualgov.audit.management.commands import audit as command
from mutualgov.tenancy.scope import acting_in
from tests.audit.tampering import tamper
from tests.conftest import NOON

ROOT = Path(__file__).resolve().parents[2]


def written_in(mutual, count):
    with acting_in(mutual):
        record_many([Fact("mutual.tested", mutual, details={"n": n}) for n in range(count)], by="tests", at=NOON)


def verify(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("audit", "verify", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def two_chains(weavers, bakers):
    written_in(weavers, 5)
    written_in(bakers, 3)


def test_whole_chains_pass(two_chains):
    assert verify() == (
        0,
        "Bakers Mutual: 3 entries, none altered, missing or moved.\n"
        "Weavers Mutual: 5 entries, none altered, missing or moved.\n",
    )


def test_an_altered_entry_is_named_and_the_other_mutual_still_checked(two_chains, weavers):
    with acting_in(weavers):
        tamper("update audit_auditentry set rule = 'forged' where number = 3 and mutual_id = %s", weavers.pk)

    assert verify() == (
        1,
        "Bakers Mutual: 3 entries, none altered, missing or moved.\n"
        "Weavers Mutual: BROKEN\n  Entry 3 has been altered since it was written.\n",
    )


def test_one_mutual_can_be_checked_alone(two_chains, weavers):
    with acting_in(weavers):
        tamper("delete from audit_auditentry where number = 2 and mutual_id = %s", weavers.pk)

    assert verify("--mutual", "bakers")[0] == 0
    assert verify("--mutual", "weavers") == (1, "Weavers Mutual: BROKEN\n  Entry 2 is missing.\n")


def test_entries_that_changed_places_are_named(two_chains, weavers):
    with acting_in(weavers):
        for old, new in ((2, 900), (3, 2), (900, 3)):
            tamper("update audit_auditentry set number = %s where number = %s and mutual_id = %s", new, old, weavers.pk)

    code, said = verify("--mutual", "weavers")

    assert code == 1
    assert "Entry 2 does not follow from entry 1." in said
    assert "Entry 3 does not follow from entry 2." in said


def test_a_tail_that_was_cut_off_is_found(two_chains, weavers):
    with acting_in(weavers):
        tamper("delete from audit_auditentry where number > 3 and mutual_id = %s", weavers.pk)

    assert verify("--mutual", "weavers") == (
        1,
        "Weavers Mutual: BROKEN\n  The chain ends at entry 3; 5 were written.\n",
    )


def test_a_chain_that_was_rewritten_names_the_first_and_counts_the_rest(two_chains, weavers, monkeypatch):
    monkeypatch.setattr(command, "NAMED", 2)
    with acting_in(weavers):
        tamper("update audit_auditentry set action = 'mutual.forged' where mutual_id = %s", weavers.pk)

    code, said = verify("--mutual", "weavers")

    assert code == 1
    assert said.splitlines()[1:] == [
        "  Entry 1 has been altered since it was written.",
        "  Entry 2 has been altered since it was written.",
        "  … and 3 more.",
    ]


def test_a_mutual_that_is_not_there_is_named_with_those_that_are(two_chains):
    with pytest.raises(CommandError, match=r'There is no mutual with the key "millers"\. Known: bakers, weavers'):
        verify("--mutual", "millers")


def test_an_empty_site_says_so(db):
    assert verify() == (0, "There is no mutual on this site yet, so there is nothing to check.\n")


def test_the_command_is_found_by_a_process_that_has_just_started():
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    done = subprocess.run(
        [sys.executable, "-m", "mutualgov", "audit", "verify", "--help"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "--mutual KEY" in done.stdout
