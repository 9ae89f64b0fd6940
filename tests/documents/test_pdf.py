"""A document is tagged, titled and archivable, whatever is in a name."""

import io

import pikepdf
import pytest

from mutualgov.documents.pdf import typeset

LETTER = """#import "house.typ": data, house
#show: house.with(title: data.title)
= #data.title
Dear #data.name,
"""


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.typ"
    path.write_text(LETTER)
    return path


def test_a_letter_is_tagged_titled_and_in_our_own_font(letter):
    made = typeset(letter, data={"title": "Your share", "name": "Ann"})

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en-GB"
        with pdf.open_metadata() as about:
            assert (about["pdfuaid:part"], about["pdfaid:part"]) == ("1", "2")
            assert about["dc:title"] == "Your share"


def test_markup_in_a_name_stays_a_name(letter):
    typeset(letter, data={"title": "Your share", "name": "#panic() = *Ann* $x$ \\ [O'Brien]"})


def test_a_document_without_a_title_is_refused(letter):
    with pytest.raises(Exception, match="title"):
        typeset(letter, data={"title": "", "name": "Ann"})
