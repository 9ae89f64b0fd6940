"""``mutualgov constitution``: check a document, or read its rules in plain English.

    mutualgov constitution check FILE [--on DATE]
    mutualgov constitution explain FILE|MUTUAL|TEMPLATE [KEY] [--on DATE]

A file needs no database. A mutual is found by its key, the first part of its address.
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mutualgov.core.clock import now, uk_date
from mutualgov.core.rulings import Refusal

from .compiler import Document, compile_documents, compile_text, template_keys, template_text
from .document.problems import Problem, WrongConstitution, suggestion
from .document.tree import Layer
from .explain import explain, explain_key
from .rulebook import Rulebook

DONE, REFUSED = 0, 1
PIPED_WIDTH = 200  # so that a file or another program gets whole lines


def main(argv: list[str]) -> int:
    """Run one command; returns the exit code: 0 done, 1 something is wrong with the rules, 2 not understood."""
    parser = _parser()
    try:
        asked = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    try:
        return check(console, asked.file, on=asked.on) if asked.what == "check" else _explain(console, asked)
    except WrongConstitution as wrong:
        _print_problems(console, wrong.problems, asked.name)
        return REFUSED
    except Refusal as refusal:
        console.print(escape(refusal.reason), style="bold red")
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mutualgov constitution", description="Check a constitution, or read its rules in plain English."
    )
    what = parser.add_subparsers(dest="what", required=True, metavar="check|explain")
    checking = what.add_parser("check", help="Say what is wrong with a document, or print its rules as merged.")
    checking.add_argument("file", type=Path, help="a constitution in YAML")
    explaining = what.add_parser("explain", help="Print the rule book that members read.")
    explaining.add_argument("name", help="a file, the key of a mutual, or of a template")
    explaining.add_argument("key", nargs="?", default="", help="one rule only, such as decisions.remove_ned")
    for command in (checking, explaining):
        command.add_argument("--on", type=date.fromisoformat, default=uk_date(now()), help="the date, as 2026-06-01")
    return parser


def check(console: Console, file: Path, *, on: date) -> int:
    """Print the merged rules of a file, each with its layer and source, or everything that is wrong with it."""
    try:
        text = file.read_bytes()
    except OSError as wrong:
        console.print(escape(f"{file} cannot be read: {wrong.strerror}."), style="bold red")
        return REFUSED
    compilation = compile_text(text, on=on)
    if compilation.rulebook is None:
        _print_problems(console, compilation.problems, str(file))
        return REFUSED
    _print_merged(console, compilation.rulebook)
    for warning in compilation.warnings:
        console.print(escape(f"Warning: {warning.message} {warning.remedy}"), style="yellow")
    layers = ", ".join(dict.fromkeys(document.layer.label.lower() for document in compilation.documents))
    console.print(escape(f"{file} is a valid constitution ({layers})."), style="bold green")
    return DONE


def _explain(console: Console, asked: argparse.Namespace) -> int:
    book = find_rulebook(asked.name, on=asked.on)
    if asked.key:
        try:
            sentences = explain_key(book, asked.key)
        except KeyError:
            known = [path for path, _text in book.provenance.values()]
            console.print(escape(f"The rules have no “{asked.key}”. {suggestion(asked.key, known)}"), style="bold red")
            return REFUSED
        for sentence in sentences:
            _print_sentence(console, sentence.text, sentence.source.in_words)
        return DONE
    console.print(escape(book.mutual.name), style="bold underline")
    if book.version is not None:
        console.print(f"Version {book.version} of the constitution.")
    for section in explain(book):
        console.print()
        console.print(escape(section.heading), style="bold")
        for sentence in section.sentences:
            _print_sentence(console, sentence.text, sentence.source.in_words)
    return DONE


def find_rulebook(name: str, *, on: date) -> Rulebook:
    """The rules of a file, of a mutual on this site, or of a template that ships; looked for in that order.

    Raises WrongConstitution for a document that cannot be used, Refusal when nothing has that name.
    """
    path = Path(name)
    if path.is_file():
        return compile_text(path.read_bytes(), on=on).or_refuse()
    mutuals = _rules_on_this_site(name, on=on)
    if isinstance(mutuals, Rulebook):
        return mutuals
    if name in template_keys():
        return compile_documents([Document(Layer.TEMPLATE, name, template_text(name))], on=on).or_refuse()
    raise Refusal(
        f"There is no file, mutual or template “{name}”. {suggestion(name, [*mutuals, *template_keys()])}",
        rule="constitution",
    )


def _rules_on_this_site(key: str, *, on: date) -> Rulebook | list[str]:
    """The rules of a mutual in the database; where it has none of that key, the keys it has."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutualgov.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    from mutualgov.tenancy.models import Mutual
    from mutualgov.tenancy.scope import reading_in

    from .queries import rulebook_in_force

    try:
        mutual = Mutual.objects.filter(key=key).first()
        if mutual is None:
            return list(Mutual.objects.values_list("key", flat=True))
    except DatabaseError:  # no tables yet: only files and templates can be read
        return []
    with reading_in(mutual):
        return rulebook_in_force(on=on)


def _print_merged(console: Console, book: Rulebook) -> None:
    table = Table("Key", "Value", "Where it comes from", box=None, pad_edge=False)
    for path, text in book.provenance.values():
        table.add_row(escape(path), escape(text), escape(book.source_of(path).in_words))
    console.print(table)


def _print_sentence(console: Console, text: str, source: str) -> None:
    console.print(f"  {escape(text)} [dim]\\[{escape(source)}][/dim]")


def _print_problems(console: Console, problems: tuple[Problem, ...], name: str) -> None:
    for problem in problems:
        console.print(escape(str(problem)))
    count = len(problems)
    console.print(escape(f"{name}: {count} problem{'s' if count != 1 else ''}."), style="bold red")
