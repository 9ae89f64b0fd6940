"""From documents to a rulebook: read each, lay them on each other, read the nouns, check references, law and limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from .document.fields import Reader
from .document.problems import Problem, WrongConstitution, suggestion
from .document.reader import read_nouns
from .document.references import References
from .document.tree import Layer, Node, Origin, Tree, read_tree
from .floors import broken_floors
from .lawpack import LawPack, law_pack, law_text, pack_keys, read_law_pack
from .layers import merge, normalise
from .provenance import Provenance, read_tags
from .rulebook import Rulebook
from .semantics.limits import Standing, findings

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one layer, and what to call it when something is wrong."""

    layer: Layer
    name: str
    text: bytes | str


@dataclass(frozen=True, slots=True)
class Compilation:
    """What compiling gave. ``rulebook`` is None exactly when there are problems.

    documents  every layer that was used, lowest first, the template and law packs among them
    """

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    documents: tuple[Document, ...] = ()

    def or_refuse(self) -> Rulebook:
        """The rulebook. Raises WrongConstitution with every problem."""
        if self.rulebook is None:
            raise WrongConstitution(self.problems)
        return self.rulebook


def compile_text(text: bytes | str, *, on: date, name: str = "", further: Sequence[Document] = ()) -> Compilation:
    """One constitution, with the template and law packs it names, and further layers on top.

    on       the date the rules are to hold: law packs change over time
    name     what to call the document in problems; may stay empty when it is the only one
    further  agreements and standing orders
    """
    return compile_documents([Document(Layer.CONSTITUTION, name, text), *further], on=on)


def compile_documents(documents: Sequence[Document], *, on: date, adopted: bool = False) -> Compilation:
    """Layers in any order, at least one of them a constitution or an agreement.

    adopted  the documents have been adopted already: what a later release would object to (a tag, a floor of the
             law) is a warning, so that no upgrade takes a mutual's rules away

    A law pack or template among them is used as it reads there; otherwise the one that ships is.
    """
    reader = Reader()
    gathered = _gather(sorted(documents, key=lambda document: document.layer), reader)
    merged = merge(gathered.trees) if gathered else Tree(None)
    if gathered is None or merged.root is None:
        return Compilation(None, tuple(sorted(reader.problems)), (), tuple(documents))
    reader.problems.extend(merged.problems)
    objections = Reader()
    provenance = _provenance(gathered.trees, merged.root, objections)
    book = _rulebook(merged.root, gathered.laws, provenance, reader)
    warnings = _lawful(book, objections, on) if book is not None and not reader.problems else []
    (warnings if adopted else reader.problems).extend(objections.problems)
    problems = tuple(sorted(set(reader.problems)))
    if book is None or problems:
        return Compilation(None, problems, tuple(warnings), gathered.documents)
    compiled = Rulebook.of(book.nouns, laws=gathered.laws, provenance=provenance, warnings=tuple(warnings))
    return Compilation(compiled, (), tuple(warnings), gathered.documents)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All layers of one constitution, lowest first."""

    documents: tuple[Document, ...]
    trees: tuple[Tree, ...]
    laws: tuple[LawPack, ...]


def _gather(ordered: Sequence[Document], reader: Reader) -> _Gathered | None:
    """The documents given, with the template and law packs they name; None when one cannot be read at all."""
    kept = {document.name: document for document in ordered if document.layer is Layer.LAW}
    written = [document for document in ordered if document.layer is not Layer.LAW]
    trees = [_read(document, reader) for document in written]
    if reader.problems or not trees:  # broken text would only bring further problems that are none
        return None
    if written[0].layer is not Layer.TEMPLATE:
        template = _named_template(trees, reader)
        if template is not None:
            written, trees = [template, *written], [_read(template, reader), *trees]
    laws, law_trees = _laws(merge(trees), kept, reader)
    used = [kept.get(law.key) or Document(Layer.LAW, law.key, law_text(law.key)) for law in laws]
    return _Gathered((*used, *written), (*law_trees, *trees), laws)


def template_keys() -> tuple[str, ...]:
    """Keys of the templates that ship."""
    return tuple(sorted(path.stem for path in TEMPLATES.glob("*.yaml")))


@lru_cache(maxsize=32)
def template_text(key: str) -> str:
    """The text of a template. Raises KeyError for one that does not ship."""
    if key not in template_keys():
        raise KeyError(key)
    return (TEMPLATES / f"{key}.yaml").read_text(encoding="utf-8")


def _read(document: Document, reader: Reader) -> Tree:
    tree = read_tree(document.text, origin=Origin(document.layer, document.name))
    reader.problems.extend(tree.problems)
    if tree.root is None:
        return tree
    normal = normalise(tree.root)
    reader.problems.extend(normal.problems)
    return normal


def _named_template(trees: Sequence[Tree], reader: Reader) -> Document | None:
    named = next((node for tree in trees if tree.root and (node := tree.root.get("template"))), None)
    if named is None:
        return None
    try:
        return Document(Layer.TEMPLATE, named.text, template_text(named.text))
    except KeyError:
        remedy = suggestion(named.text, template_keys())
        reader.problem(named, "template", f"There is no template “{named.text}”.", remedy)
        return None


def _laws(merged: Tree, kept: Mapping[str, Document], reader: Reader) -> tuple[tuple[LawPack, ...], list[Tree]]:
    mutual = merged.root.get("mutual") if merged.root else None
    named = mutual.get("packs") if mutual else None
    form = mutual.get("form") if mutual else None
    laws: dict[str, LawPack] = {}
    for node in named.scalars() if named is not None else ():
        if node.text not in pack_keys() and node.text not in kept:
            remedy = suggestion(node.text, pack_keys())
            reader.problem(node, "mutual.packs", f"There is no law pack “{node.text}”.", remedy)
            continue
        law = _law(node.text, kept)
        laws[law.key] = law
        if form is not None and form.text not in law.forms:
            message = f"{law.title} does not apply to the form “{form.text}”."
            reader.problem(node, "mutual.packs", message, f"It applies to: {', '.join(law.forms)}.")
        for needed in law.builds_on:
            laws.setdefault(needed, _law(needed, kept))
    trees = [normalise(law.defaults) for law in laws.values() if law.defaults is not None]
    return tuple(laws.values()), trees


def _law(key: str, kept: Mapping[str, Document]) -> LawPack:
    return read_law_pack(kept[key].text, name=key) if key in kept else law_pack(key)


def _provenance(trees: Sequence[Tree], root: Node, reader: Reader) -> Provenance:
    tags = {}
    for tree in trees:
        if tree.root is not None:
            found, problems = read_tags(tree.root)
            tags[(tree.root.origin.layer, tree.root.origin.document)] = found
            reader.problems.extend(problems)
    return Provenance(root, tags)


def _rulebook(root: Node, laws: tuple[LawPack, ...], provenance: Provenance, reader: Reader) -> Rulebook | None:
    nouns = read_nouns(root, reader)
    if nouns is None:
        return None
    References(nouns, root, reader).check()
    return Rulebook.of(nouns, laws=laws, provenance=provenance)


def _lawful(book: Rulebook, reader: Reader, on: date) -> list[Problem]:
    problems, warnings = broken_floors(book, on=on)
    reader.problems.extend(problems)
    for finding in findings(book, Standing.as_designed(book), on=on):
        if not finding.holds:
            source = book.source_of(f"limits.{finding.limit.key}")
            place = source.document if source.layer is not Layer.LAW else ""
            line = source.line if source.layer is not Layer.LAW else 1
            problem = Problem(
                place,
                line,
                f"limits.{finding.limit.key}",
                f"With every seat filled as designed, this limit is broken: {finding.sentence}",
                "Change the seats or weights, or the limit.",
            )
            (reader.problems if finding.limit.breach.value == "block" else warnings).append(problem)
    return warnings
