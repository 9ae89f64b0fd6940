"""The rule book in plain English, its picture, and what changed between two versions."""

from xml.etree import ElementTree

import pytest

from mutualgov.constitution.changes import Change, changes
from mutualgov.constitution.compiler import template_keys
from mutualgov.constitution.diagram import diagram, powers_of
from mutualgov.constitution.explain import explain, explain_key

from .constitutions import AGREEMENT_ONLY, FORMING, TWO_PEOPLE, book, template_book

riverside = template_book("riverside")


def words(rulebook, key):
    return [sentence.text for sentence in explain_key(rulebook, key)]


def test_the_parts_of_a_rule_book_come_in_the_order_a_member_would_ask():
    assert [section.heading for section in explain(riverside)] == [
        "What we are",
        "Who may be a member",
        "How members are grouped",
        "What members hold",
        "The members' meeting",
        "The council",
        "The board",
        "Who decides what",
        "What must be done, and when",
        "What must stay true",
    ]


@pytest.mark.parametrize(
    ("template", "key", "expected"),
    [
        (
            "riverside",
            "classes.staff",
            [
                "A person who is at least 16 and is employed may be one of the staff members.",
                "They are members once invited, unless they say no; a no is kept for good.",
                "Each holds one membership share of £1.",
            ],
        ),
        (
            "riverside",
            "shares.membership",
            [
                "The membership share is worth £1; a member holds one.",
                "Each member has one vote, whatever they hold.",
                "It cannot be transferred and cannot be withdrawn.",
                "It pays no dividend.",
                "When a member leaves, it is cancelled and what it was worth goes to the reserve.",
            ],
        ),
        (
            "riverside",
            "decisions.remove_ned",
            [
                "Remove the chair or a non-executive: the council by at least three quarters of all who may vote, "
                "present or not, in a secret ballot, on 14 clear days' notice.",
                "It may be proposed by one third of the council.",
                "It needs 28 days of special notice first.",
                "Whoever it is about is heard before the vote.",
            ],
        ),
        (
            "riverside",
            "decisions.convert_to_company",
            [
                "Convert to company: the members' meeting by at least three quarters of the votes cast, with at least "
                "half of those entitled voting, on 14 clear days' notice, confirmed by more than half of the votes "
                "cast at a second meeting 14 days to 1 month later.",
                "The result is sent to the Financial Conduct Authority.",
            ],
        ),
        (
            "riverside",
            "duties.file_fca",
            [
                "The secretary must file a return with the Financial Conduct Authority, every year, within 7 months "
                "of the year end."
            ],
        ),
        ("riverside", "bodies.council.quorum", ["Half of those entitled to be there must be present."]),
        ("riverside", "bodies.council.meets", ["It meets at least 4 times a year."]),
        (
            "fenland",
            "classes.staff",
            [
                "A person who is employed and has a contract that is permanent or else is employed and has at least "
                "12 months of service may be one of the staff members.",
                "They are members once invited, unless they say no; a no is kept for good.",
            ],
        ),
        (
            "broads",
            "bodies.owners.weights",
            [
                "Votes are weighted: staff owners 51% and the county council as owner 49%. "
                "Each part is split as its own members vote."
            ],
        ),
        (
            "santeval",
            "limits.reserve",
            ["Reserve of surplus must be at least 57.5% of surplus."],
        ),
    ],
)
def test_rules_in_plain_english(template, key, expected):
    assert words(template_book(template), key) == expected


def test_a_rule_is_explained_by_itself():
    assert words(riverside, "rules.merger.pass") == [
        "Merger: at least two thirds of the votes cast, on 14 clear days' notice, confirmed by more than half of the "
        "votes cast at a second meeting 14 days to 1 month later."
    ]


def test_a_field_without_a_sentence_is_explained_by_the_noun_round_it():
    assert words(riverside, "bodies.council.seats.gp_governor.n") == [
        "GP governor: 2 seats, nominated by the GP forum."
    ]


def test_each_sentence_says_where_it_comes_from():
    (sentence,) = explain_key(riverside, "duties.file_fca")

    assert (sentence.key, sentence.source.tag, sentence.source.note) == ("duties.file_fca", "L", "CCBSA 2014 s.89")


def test_what_the_rules_leave_open_is_said_to_be_the_platforms():
    shares = next(section for section in explain(riverside) if section.key == "shares")

    assert shares.paragraphs[0].sources == (
        "Our constitution: after a real rule book, Community Shares Handbook; the usual membership share of a society",
        "Where our rules are silent",
    )


def test_sentences_about_one_thing_stand_together_with_their_sources():
    decisions = next(section for section in explain(riverside) if section.key == "decisions")

    paragraph = next(paragraph for paragraph in decisions.paragraphs if paragraph.key == "decisions.merge")

    assert len(paragraph.sentences) == 2
    assert paragraph.sources == ("Our constitution: by statute, CCBSA 2014 s.111",)


@pytest.mark.parametrize("key", ["rules.removal", "bodies.council.colour", "nothing"])
def test_what_the_rules_do_not_have_cannot_be_explained(key):
    with pytest.raises(KeyError):
        explain_key(riverside, key)


def test_what_nobody_is_given_belongs_to_the_board():
    decisions = next(section for section in explain(riverside) if section.key == "decisions")

    assert decisions.sentences[-1].text == "Everything that these rules do not name is decided by the board."


@pytest.mark.parametrize("text", [TWO_PEOPLE, FORMING, AGREEMENT_ONLY])
def test_small_constitutions_have_words_and_a_picture(text):
    small = book(text)

    assert explain(small)
    ElementTree.fromstring(diagram(small).svg)


def test_the_picture_says_who_fills_what():
    assert diagram(riverside).sentences == (
        "Staff members meet in the members' meeting.",
        "3 seats of the council are elected by nursing and therapy.",
        "3 seats of the council are elected by home and intermediate care.",
        "2 seats of the council are elected by support services.",
        "2 seats of the council are nominated by the local authority.",
        "2 seats of the council are nominated by the GP forum.",
        "3 seats of the council are nominated by the community groups.",
        "4 seats of the board are appointed by the council.",
        "The council may remove members of the board.",
    )


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("key", template_keys())
def test_every_picture_has_a_title_a_description_and_nothing_a_strict_policy_refuses(key):
    picture = diagram(template_book(key), element_id="picture")

    root = ElementTree.fromstring(picture.svg)

    assert root.find(f"{SVG}title").text == f"Who fills what at {template_book(key).mutual.name}"
    assert root.find(f"{SVG}desc").text == " ".join(picture.sentences)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "picture-title picture-desc"
    assert not [
        node.tag for node in root.iter() if "style" in node.attrib or node.tag in (f"{SVG}style", f"{SVG}script")
    ]


@pytest.mark.parametrize("key", template_keys())
def test_every_power_has_its_line(key):
    rulebook = template_book(key)

    root = ElementTree.fromstring(diagram(rulebook).svg)

    lines = [node for node in root.iter(f"{SVG}path") if node.attrib["class"] == "rules-diagram__line"]
    assert len(lines) == len({(power.source, power.target) for power in powers_of(rulebook)})


def test_a_name_with_brackets_stays_a_name():
    sly = book(TWO_PEOPLE.replace("Pulp Together CIC", "Pulp <script>alert(1)</script> & Co"))

    picture = diagram(sly).svg

    assert "<script>" not in picture
    assert (
        ElementTree.fromstring(picture).find(f"{SVG}title").text
        == "Who fills what at Pulp <script>alert(1)</script> & Co"
    )


def test_changes_are_told_sentence_by_sentence():
    before = book("template: riverside\nmutual: {key: oakfield, name: Oakfield}\n")
    now = book(
        "template: riverside\nmutual: {key: oakfield, name: Oakfield}\n"
        "bodies: {council: {quorum: 1/3}}\ndecisions: {approve_strategy: null}\n"
    )

    assert changes(before, now) == (
        Change(
            "bodies.council.quorum",
            "The council",
            "Half of those entitled to be there must be present.",
            "One third of those entitled to be there must be present.",
        ),
        Change(
            "decisions.approve_strategy",
            "Who decides what",
            "Approve strategy: the council by more than half of the votes cast, on 14 clear days' notice.",
            "",
        ),
    )
    assert changes(now, now) == ()
