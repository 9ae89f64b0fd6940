"""PDF by typst: PDF/UA-1 and PDF/A-2a, or no document at all.

A layout is a ``.typ`` file beside the room's code. What it shows comes as JSON and is never pasted into markup, so a
name with a bracket in it is a name with a bracket in it. A missing title or alternative text fails the compile.
"""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from mutualgov.core.canonical import canonical_json

LAYOUTS = Path(__file__).parent / "layouts"
FONTS = Path(__file__).parent.parent / "ui" / "static" / "mutualgov" / "fonts"
STANDARDS: Any = ["ua-1", "a-2a"]  # a missing title or alternative text fails the compile


def typeset(layout: Path, *, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None) -> bytes:
    """One PDF from a layout and its data.

    layout  a .typ file; it may import "house.typ" and show images by the names given
    data    strings, whole numbers, booleans, lists, mappings; the layout reads it as ``data``
    images  file name to bytes, such as a QR code in SVG; each needs its ``alt`` in the layout
    """
    with tempfile.TemporaryDirectory(prefix="mutualgov-pdf-") as folder:
        shutil.copy(LAYOUTS / "house.typ", folder)
        page = Path(shutil.copy(layout, folder))
        for name, content in (images or {}).items():
            (Path(folder) / name).write_bytes(content)
        pdf = typst.compile(
            page,
            root=Path(folder),
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": canonical_json(data).decode("ascii")},
            pdf_standards=STANDARDS,
        )
    assert isinstance(pdf, bytes)
    return pdf
