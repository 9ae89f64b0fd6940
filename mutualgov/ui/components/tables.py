"""Tables: real ones on a desk and on paper, a card for each row on a phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .library import component, is_blank, one_of, register, stable_id, trimmed

KINDS = ("text", "number", "actions")
_TABLE = "mutualgov.ui.table"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and what its cells hold (text, number, actions)."""

    heading: str
    kind: str = "text"


@dataclass(slots=True)
class OpenTable:
    """The table whose rows are being rendered; cells take their headings from it in order."""

    columns: list[Column]
    row_headers: bool
    filled: int = 0

    def next_column(self) -> tuple[int, Column]:
        if self.filled == len(self.columns):
            raise ValueError(f"a row has more cells than the table has columns ({len(self.columns)})")
        self.filled += 1
        return self.filled - 1, self.columns[self.filled - 1]

    def end_row(self) -> None:
        if self.filled < len(self.columns):
            raise ValueError(f"a row has {self.filled} cells, the table {len(self.columns)} columns")
        self.filled = 0


def columns_of(text: str) -> list[Column]:
    """Columns as a template writes them: headings between bars, a kind after a colon.

    >>> columns_of("Name | Shares:number | :actions")[1]
    Column(heading='Shares', kind='number')
    """
    found = []
    for part in str(text).split("|"):
        heading, colon, kind = part.strip().rpartition(":")
        if not colon or kind not in KINDS:
            heading, kind = part.strip(), "text"
        found.append(Column(heading.strip(), kind))
    return found


class DataTable(Node):
    """Renders its rows with the columns at hand, then the table round them."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, arguments: Mapping[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.arguments = arguments

    def render(self, context: Context) -> SafeString:
        given: dict[str, Any] = {name: value.resolve(context) for name, value in self.arguments.items()}
        columns = columns_of(given["columns"])
        with context.push(**{_TABLE: OpenTable(columns, given.get("row_headers", True))}):
            rows = self.nodelist.render(context)
        return component(
            "data_table",
            caption=given["caption"],
            caption_hidden=given.get("caption_hidden", False),
            compact=given.get("compact", False),
            columns=columns,
            rows=None if is_blank(rows) else mark_safe(rows),
            empty=given["empty"],
            key=stable_id("table", given["caption"]),
        )


@register.tag
def data_table(parser: Parser, token: Token) -> DataTable:
    """A table; holds ``table_row``, each holding a ``cell`` for every column.

    columns         "Number | Name | Shares:number | :actions"
    empty           what to say instead when there are no rows
    caption_hidden  the heading above says it already; those who hear the page still need it
    row_headers     the first cell of a row names the row
    compact         tighter rows, for long registers
    """
    arguments = _checked_arguments(parser, token)
    nodelist = parser.parse(("enddata_table",))
    parser.delete_first_token()
    return DataTable(nodelist, arguments)


def _checked_arguments(parser: Parser, token: Token) -> Mapping[str, FilterExpression]:
    """Named arguments only, none missing, none unknown; said when the template loads, as for every other component."""
    needed, optional = {"caption", "columns", "empty"}, {"caption_hidden", "row_headers", "compact"}
    bits = token.split_contents()[1:]
    given = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"data_table takes named arguments only, not {bits[0]}")
    if unknown := sorted(given.keys() - needed - optional):
        raise TemplateSyntaxError(f"data_table does not know {', '.join(unknown)}")
    if missing := sorted(needed - given.keys()):
        raise TemplateSyntaxError(f"data_table needs {', '.join(missing)}")
    return given


@register.simple_block_tag(takes_context=True)
def table_row(context: Context, content: str, *, tone: str = "") -> SafeString:
    """A row. tone: "decided" or "muted", when words in it say the same."""
    one_of(tone, ("", "decided", "muted"), argument="tone")
    _open_table(context, "table_row").end_row()
    return format_html(
        '<tr class="nhsuk-table__row{}" role="row">{}</tr>',
        f" mg-row--{tone}" if tone else "",
        trimmed(content),
    )


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: str) -> SafeString:
    """A cell under the next column of the table."""
    table = _open_table(context, "cell")
    index, column = table.next_column()
    is_header = index == 0 and table.row_headers
    return format_html(
        '<{0} class="{1}"{2}>{3}<span class="mg-cell__value">{4}</span></{0}>',
        "th" if is_header else "td",
        _cell_classes(column, is_header=is_header),
        mark_safe(' scope="row" role="rowheader"' if is_header else ' role="cell"'),
        _label_on_a_phone(column),
        trimmed(content),
    )


def _open_table(context: Context, tag: str) -> OpenTable:
    table = context.get(_TABLE)
    if table is None:
        raise ValueError(f"{tag} stands outside a data_table")
    return table


def _cell_classes(column: Column, *, is_header: bool) -> str:
    base = "nhsuk-table__header" if is_header else "nhsuk-table__cell"
    return f"{base} mg-cell mg-cell--{column.kind}"


def _label_on_a_phone(column: Column) -> SafeString:
    if not column.heading:
        return mark_safe("")
    return format_html('<span class="mg-cell__label" aria-hidden="true">{}</span>', column.heading)
