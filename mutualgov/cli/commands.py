"""Every command that the help names: in which group, in which words, and where it is."""

from dataclasses import dataclass

EVERYDAY = "Everyday"
OPERATORS = "For operators"


@dataclass(frozen=True)
class Command:
    """One command. ``target`` is a plain function of the arguments; without it the name is one of Django's commands."""

    name: str
    group: str
    says: str
    target: str = ""


COMMANDS = (
    Command("serve", EVERYDAY, "Serve the site and carry out its tasks, until Ctrl-C.", "mutualgov.serving.serve:main"),
    Command("audit", EVERYDAY, "Check that no record has been altered: mutualgov audit verify."),
    Command("migrate", OPERATORS, "Bring the database's tables up to date."),
    Command("createsuperuser", OPERATORS, "Make a login for the operator of the site."),
    Command("changepassword", OPERATORS, "Set a new password for a login."),
    Command("check", OPERATORS, "Look for mistakes in the set-up."),
    Command("collectstatic", OPERATORS, "Gather style sheets and scripts for a separate web server."),
    Command("clearsessions", OPERATORS, "Forget sign-ins that have run out."),
    Command("qcluster", OPERATORS, "Carry out tasks only: for sites that run them apart from the pages."),
    Command("shell", OPERATORS, "Open a Python prompt inside the site."),
)

ALIASES = {"run": "serve"}
