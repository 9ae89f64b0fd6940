"""The tests' own servers: real, plain-rolled, and gone when the run is."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from tests.tools.waiting import is_running, until

ROOT = Path(__file__).resolve().parents[2]
A_RUN = """
from tests.servers import Servers
servers = Servers()
servers.start_valkey()
print(servers.running[0][0].pid, flush=True)
input()
"""
needs_postgresql = pytest.mark.skipif(not settings.ON_POSTGRESQL, reason="SQLite has no roles")


@needs_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("alias", ["default", "box"])
def test_the_application_connects_as_a_role_that_policies_bind(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user")

        assert cursor.fetchone() == (False, False, False)


@needs_postgresql
@pytest.mark.django_db
def test_the_ballot_box_is_another_database_under_another_role():
    seen = []
    for alias in ("default", "box"):
        with connections[alias].cursor() as cursor:
            cursor.execute("select current_user, current_database()")
            seen.append(cursor.fetchone())

    (role, database), (box_role, box_database) = seen
    assert role != box_role
    assert database != box_database


def test_a_killed_run_leaves_no_server_behind():
    run = subprocess.Popen([sys.executable, "-c", A_RUN], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert run.stdin is not None
    assert run.stdout is not None
    server = int(run.stdout.readline())
    assert is_running(server)

    os.kill(run.pid, signal.SIGKILL)
    run.wait()

    until(lambda: not is_running(server), "the server is gone")
