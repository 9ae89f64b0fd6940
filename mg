#!/bin/sh
# mutualgov's two commands and a few more; ./mg help lists them.
#
# Needs a POSIX shell and a Python 3.11 to 3.13. Everything it installs goes into .venv and other folders that git
# ignores; the system is touched only where root has apt-get and something is missing. Safe to stop at any moment
# and start again: what was half done is done anew.
set -eu

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
cd -- "$ROOT"
PY=.venv/bin/python
LOG=.mg/setup.log
BUSY=.mg/setting-up

mkdir -p .mg

usage() {
    cat <<'END'
Usage: ./mg COMMAND

  run     set everything up, seed the demonstration and serve it (PORT=8000)
  test    set everything up and run the tests on PostgreSQL, Valkey and Chromium
          (with arguments: pytest with those arguments)
  lint    ruff, mypy and the import contracts
  bench   the benchmarks
  shots   screenshots of the key pages, into shots/
  lock    write the dependency locks anew (--upgrade takes newer versions)

Everything else is .venv/bin/mutualgov, once ./mg run or ./mg test has made it.

MG_PYTHON names the Python to use, MG_CHROMIUM the browser, MG_DATA the folder
of ./mg run's data (var), MG_DB=sqlite tests on SQLite; PGHOST and REDIS_URL
name servers of yours to test on.
END
}

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# quietly WHAT COMMAND...: one line for the reader, the rest into the record, whose end is shown if it fails.
quietly() {
    say "  $1"
    shift
    failed_with=0
    "$@" >.mg/step.log 2>&1 || failed_with=$?
    cat .mg/step.log >>"$LOG"
    [ "$failed_with" -ne 0 ] || return 0
    say "  That failed: $*"
    tail -n 15 .mg/step.log >&2
    return 1
}

is_root_with_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    quietly "Installing $*" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' apt "$@"
}

# --- Python ---------------------------------------------------------------------------------------------------------

# A candidate is run, not looked at: a shim may exist and fail, and Debian's may lack venv.
works() {
    "$1" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${MG_PYTHON:-}" ]; then
        if works "$MG_PYTHON"; then printf '%s' "$MG_PYTHON"; return; fi
        fail "MG_PYTHON=$MG_PYTHON is not a Python 3.11, 3.12 or 3.13 that can make a virtual environment."
    fi
    for candidate in python3 python3.13 python3.12 python3.11 python; do
        if works "$candidate"; then printf '%s' "$candidate"; return; fi
    done
    return 1
}

make_venv() {
    if ! python=$(find_python); then
        [ -z "${MG_PYTHON:-}" ] || exit 1
        if is_root_with_apt; then apt_install python3 python3-venv ca-certificates; fi
        python=$(find_python) || fail "mutualgov needs Python 3.11, 3.12 or 3.13 with its venv module.
On Debian and Ubuntu: sudo apt-get install python3 python3-venv. On macOS: brew install python@3.13.
Or name one: MG_PYTHON=/path/to/python3.12 ./mg run"
    fi
    rm -rf .venv
    quietly "Making .venv with $("$python" --version 2>&1)" "$python" -m venv .venv
}

# --- Packages -------------------------------------------------------------------------------------------------------

# What .venv must have been made from: the locks, our own packages, this folder (scripts in .venv name it), its Python.
wanted() {
    printf '%s\n' "$ROOT"
    cat "requirements/$1.txt" requirements/tools.txt pyproject.toml | cksum
    printf '%s ' */__init__.py
    "$PY" -c 'import sys; print(sys.version)'
}

is_set_up() { [ -f ".venv/set-up-for-$1" ] && [ "$(wanted "$1" 2>/dev/null)" = "$(cat ".venv/set-up-for-$1")" ]; }

moved_or_broken() {
    ! "$PY" -m pip --version >/dev/null 2>&1 || [ "$(cat .venv/made-in 2>/dev/null)" != "$ROOT" ]
}

install_lock() {
    lock=requirements/$1.txt
    quietly "Fetching the installer" "$PY" -m pip install -q --require-hashes --only-binary :all: -r requirements/tools.txt &&
        quietly "Installing the packages of $lock" "$PY" -m uv pip install --require-hashes -r "$lock" &&
        return
    quietly "Installing them with pip instead, which takes a minute" \
        "$PY" -m pip install -q --require-hashes --only-binary :all: -r "$lock"
}

install_ourselves() {
    quietly "Installing mutualgov itself" "$PY" -m pip install -q --no-deps --no-build-isolation --no-index -e .
}

# Two starts at once would pull the floor from under each other: the second waits.
wait_for_another_start() {
    tries=0
    while [ -f "$BUSY" ] && kill -0 "$(cat "$BUSY")" 2>/dev/null && [ "$tries" -lt 300 ]; do
        [ "$tries" -gt 0 ] || say "Another ./mg is setting up; waiting for it."
        tries=$((tries + 1))
        sleep 1
    done
}

# set_up base|dev
set_up() {
    if [ -L .venv ]; then # somebody else's environment, lent to this folder: used as it is
        "$PY" -m mutualgov.ui.build
        return
    fi
    wait_for_another_start
    if [ -f "$BUSY" ] || ! is_set_up "$1"; then
        say "Setting up; this is done once."
        if [ -f "$BUSY" ] || moved_or_broken; then # killed half way, moved, or its Python is gone
            echo $$ >"$BUSY"
            make_venv
            printf '%s\n' "$ROOT" >.venv/made-in
        fi
        echo $$ >"$BUSY"
        : >"$LOG"
        install_lock "$1" || fail "The packages could not be installed. $LOG has the whole record; ./mg starts anew."
        install_ourselves || fail "mutualgov itself could not be installed. $LOG has the whole record."
        wanted "$1" >".venv/set-up-for-$1"
        if [ "$1" = dev ]; then wanted base >.venv/set-up-for-base; fi
        rm -f "$BUSY"
    fi
    "$PY" -m mutualgov.ui.build
}

# --- Browser --------------------------------------------------------------------------------------------------------

# Sets MG_CHROMIUM; the tests never skip for want of a browser.
find_chromium() {
    if ! "$PY" tests/chromium.py --driver; then
        if is_root_with_apt; then apt_install libatomic1; fi
        "$PY" tests/chromium.py --driver || fail "Playwright's own Node does not start. On Debian: sudo apt-get install libatomic1"
    fi
    if ! MG_CHROMIUM=$("$PY" tests/chromium.py); then
        if is_root_with_apt; then
            apt_install chromium libatomic1 fonts-liberation
        else
            quietly "Fetching Chromium" "$PY" -m playwright install chromium || true
        fi
        MG_CHROMIUM=$("$PY" tests/chromium.py) || fail "The tests need Chromium or Chrome and found none.
On Debian: sudo apt-get install chromium fonts-liberation. Or name one: MG_CHROMIUM=/path/to/chrome ./mg test"
    fi
    export MG_CHROMIUM
}

# --- Commands -------------------------------------------------------------------------------------------------------

run() {
    set_up base
    exec "$PY" -m mutualgov serve "$@"
}

run_tests() {
    set_up dev
    find_chromium
    if [ $# -gt 0 ]; then exec "$PY" -m pytest "$@"; fi
    failed=0
    say "The whole suite${MG_DB:+ on $MG_DB}:"
    "$PY" -m pytest -q -n auto --maxprocesses 4 || failed=1
    say "The product's main paths on SQLite:"
    MG_DB=sqlite "$PY" -m pytest -q -m main_path || failed=1
    return $failed
}

lint() {
    set_up dev
    failed=0
    for check in "ruff check ." "ruff format --check ." "mypy ." "lint-imports"; do
        say "$check"
        # shellcheck disable=SC2086  # the words are ours
        .venv/bin/${check} || failed=1
    done
    return $failed
}

lock() {
    set_up dev
    for name in tools base dev; do
        case $name in dev) same="-c base.txt" ;; *) same="" ;; esac
        say "requirements/$name.txt"
        # shellcheck disable=SC2086  # no word at all, or two
        (cd requirements && ../"$PY" -m uv pip compile -q --universal --python-version 3.11 --only-binary :all: \
            --generate-hashes --no-header --no-annotate $same "$@" "$name.in" -o "$name.txt")
    done
    say "mutualgov/ui/assets/package-lock.json"
    "$PY" -m mutualgov.ui.build --lock
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
run) run "$@" ;;
test) run_tests "$@" ;;
lint) lint ;;
bench)
    set_up dev
    exec "$PY" -m benchmarks "$@"
    ;;
shots)
    set_up dev
    find_chromium
    exec "$PY" -m tests.shots "$@"
    ;;
lock) lock "$@" ;;
help | --help | -h) usage ;;
*)
    say "mg: there is no command \"$command\"."
    usage >&2
    exit 2
    ;;
esac
