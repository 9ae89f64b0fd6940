"""The child of ``mutualgov serve`` that carries out the tasks: ``python -m mutualgov.serving.worker PARENT``."""

from __future__ import annotations

import os
import sys

from mutualgov.processes import end_with_parent


def main(parent: int) -> None:
    """Work until told to stop, or until the parent is gone."""
    end_with_parent(parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutualgov.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("qcluster")


if __name__ == "__main__":
    main(int(sys.argv[1]))
