"""``python -m mutualgov``, which is also ``.venv/bin/mutualgov``: the one command-line entry."""

import sys

from mutualgov.cli.dispatch import run


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused or failed, 2 not understood."""
    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
