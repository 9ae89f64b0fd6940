"""Every command that the help names: in which group, in which words, and where it is."""

from dataclasses import dataclass

EVERYDAY = "Everyday"
OPERATORS = "For operators"


@dataclass(frozen=True)
class Command:
    """One command.

    follows  what is typed after the name, as the help shows it
    target   a plain function of the arguments; without it the name is one of Django's commands
    """

    name: str
    group: str
    says: str
    follows: str = ""
    target: str = ""

    @property
    def usage(self) -> str:
        return f"{self.name} {self.follows}".rstrip()


COMMANDS = (
    Command(
        name="serve",
        group=EVERYDAY,
        says="Serve the site and carry out its tasks, until Ctrl-C.",
        target="mutualgov.serving.serve:main",
    ),
    Command(
        name="count",
        group=EVERYDAY,
        says="Count the ballots in a file, at the desk, without the site.",
        follows="FILE --rule RULE",
        target="voting.counting.cli:main",
    ),
    Command(
        name="constitution",
        group=EVERYDAY,
        says="Say what is wrong with a constitution, or read its rules in plain English.",
        follows="check FILE",
        target="mutualgov.constitution.cli:main",
    ),
    Command(
        name="play",
        group=EVERYDAY,
        says="Play an election from a staff file and ballot papers to filled seats, and print what came of it.",
        follows="governor-election",
        target="mutualgov.stories.cli:play",
    ),
    Command(
        name="audit",
        group=EVERYDAY,
        says="Check that no entry of the record has been altered, taken out or moved.",
        follows="verify",
    ),
    Command(
        name="demo",
        group=OPERATORS,
        says="Fill the site with the demonstration: three mutuals of invented people.",
        target="mutualgov.stories.cli:demo",
    ),
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
