"""A wrong constitution is answered with every problem, each naming the line, the key and the remedy."""

import pytest

from .constitutions import TWO_PEOPLE, said

START = "Start from one of the templates, or write at least mutual, classes and bodies."


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (b"", f"line 1: The document is empty. {START}"),
        (b"# nothing but a comment\n", f"line 1: The document is empty. {START}"),
        (
            b"PK\x03\x04\x00\x00",
            "line 1: This is not a text file. Save the constitution as plain text in YAML and try again.",
        ),
        (
            b"mutual:\n  name: Caf\xe9\n",
            "line 1: Line 2 holds a character that is not UTF-8. Save the file with the encoding UTF-8 and try again.",
        ),
        (b"mutual:\n\tkey: x\n", "line 2: A tab is used for spacing. Indent with spaces."),
        (
            b"rules:\n  half: {pass: >1/2, of: cast}\n",
            'line 2: A value that starts with > has no quotes. Write it in quotes, such as ">1/2".',
        ),
        (
            b"rules:\n  half:\n    pass: >1/2\n",
            'line 3: A value that starts with > has no quotes. Write it in quotes, such as ">1/2".',
        ),
        (
            b"mutual: {key: x, name: X\nclasses: {}\n",
            "line 2: A brace is not closed, or a comma is missing. Check the braces { } above it.",
        ),
        (
            b"- one\n- two\n",
            "line 1: The document should be a group of keys, but is a list. "
            "Start with a line such as “mutual:” and indent what belongs to it.",
        ),
        (
            b"mutual: &m {key: *m}\n",
            "line 1, mutual.key: This alias stands inside the value it repeats. Write the value out here.",
        ),
        (b"mutual: *nobody\n", "line 1: An alias points at nothing. Define the anchor with & before using it with *."),
        (
            b"mutual:\n  key: a\n  key: b\n",
            "line 3, mutual.key: The key key stands here twice; it is already on line 2. Keep one of the two.",
        ),
    ],
)
def test_what_is_not_a_document(document, expected):
    assert said(document) == [expected]


def test_a_file_that_is_too_large_is_not_read():
    assert said(b"x" * 1_000_001) == [
        "line 1: The file is 1.0 MB; a constitution may be 1 MB. Check that it is the right file."
    ]


def test_aliases_cannot_blow_a_document_up():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 7)]

    assert "The document holds more than 50,000 values." in said("\n".join(lines))[0]


def test_nesting_without_end_is_answered():
    assert said("a: " + "[" * 3000)[0].startswith("line 1: Values are nested more than 40 deep.")


def changed(*replacements: tuple[str, str]) -> str:
    text = TWO_PEOPLE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        (
            ("quorum: 2", "quorom: 2"),
            "line 5, bodies.owners.quorom: A body has no key “quorom”. Did you mean quorum?",
        ),
        (
            ("decisions:", "decisionz:"),
            "line 8, decisionz: A constitution has no part “decisionz”. Did you mean decisions?",
        ),
        (
            ('pass: ">=1/1"', "pass: 3/4"),
            "line 7, rules.both.pass: “3/4” does not say whether the share must be reached or passed. "
            'Write it in quotes with >= or > in front, such as ">=3/4" or ">1/2".',
        ),
        (
            ('pass: ">=1/1"', 'pass: ">=5/4"'),
            "line 7, rules.both.pass: “5/4” is more than the whole. A share lies between 0% and 100%.",
        ),
        (
            ('pass: ">=1/1"', 'pass: ">1/1"'),
            'line 7, rules.both.pass: Nothing can be more than all. For unanimity write ">=1/1".',
        ),
        (
            ("of: all", "of: everyone"),
            "line 7, rules.both.of: “everyone” is not one of its values. Use one of: all, cast, present.",
        ),
        (
            ("rule: both", "rule: bth"),
            "line 9, decisions.anything.rule: There is no rule “bth”. Did you mean both?",
        ),
        (
            ("rule: both", 'rule: ">1/2"'),
            "line 9, decisions.anything.rule: “>1/2” stands where a rule should. "
            'Write {pass: ">1/2", of: cast}, or the key of a rule.',
        ),
        (
            ("by: owners", "by: owner_s"),
            "line 9, decisions.anything.by: “owner_s” is no class, constituency or body. Did you mean owners?",
        ),
        (
            ("of: [owner]", "of: [onwer]"),
            "line 5, bodies.owners.of: There is no class “onwer”. Did you mean owner?",
        ),
        (
            ("join: appointed", "join: appointed, age: sixteen"),
            "line 3, classes.owner.age: This should be a whole number, but is “sixteen”. Write a number from 0 up.",
        ),
        (
            ("join: appointed", "join: appointed, share: gold"),
            "line 3, classes.owner.share: There is no share “gold”. Nothing of that kind is defined.",
        ),
        (
            ("holder: person, ", ""),
            "line 3, classes.owner: A class needs the key “holder”. Add holder: and its value.",
        ),
        (
            ("quorum: 2", "quorum: few"),
            "line 5, bodies.owners.quorum: “few” is neither a number nor a share. Write it such as 5, 1/2 or 10%.",
        ),
        (
            ("quorum: 2", "meets: often"),
            "line 5, bodies.owners.meets: “often” does not say how often. Write it such as 4/y or 1/mo.",
        ),
        (
            ("of: all}", "of: all, notice: a while}"),
            "line 7, rules.both.notice: “a while” is not a length of time. "
            "Write it such as 48h, 14d, 20wd (working days), 3mo or 3y.",
        ),
        (
            ('pass: ">=1/1", ', ""),
            "line 7, rules.both: The rule says neither pass nor method. "
            'Add pass: ">1/2", or method: stv for an election.',
        ),
        (
            ("form: company_limited_by_guarantee", "form: company_limited_by_guarantee, packs: [ccbs_2014]"),
            "line 1, mutual.packs: Co-operative and Community Benefit Societies Act 2014 does not apply to the form "
            "“company_limited_by_guarantee”. It applies to: community_benefit_society, cooperative_society.",
        ),
        (
            ("form: company_limited_by_guarantee", "form: company_limited_by_guarantee, packs: [company_2005]"),
            "line 1, mutual.packs: There is no law pack “company_2005”. Did you mean company_2006?",
        ),
        (
            ("mutual:", "template: riversyde\nmutual:"),
            "line 1, template: There is no template “riversyde”. Did you mean riverside?",
        ),
    ],
)
def test_a_wrong_value_names_its_line_key_and_remedy(replacement, expected):
    assert said(changed(replacement)) == [expected]


def test_every_problem_is_told_at_once():
    text = changed(("quorum: 2", "quorum: few"), ("of: all", "of: some"), ("where:", "were:"))

    assert said(text) == [
        "line 3, classes.owner.were: A class has no key “were”. Did you mean where?",
        "line 5, bodies.owners.quorum: “few” is neither a number nor a share. Write it such as 5, 1/2 or 10%.",
        "line 7, rules.both.of: “some” is not one of its values. Use one of: all, cast, present.",
    ]


def test_seats_that_follow_each_other_in_a_circle():
    text = TWO_PEOPLE + ("  other: {by: owners, rule: both}\n")
    text = text.replace(
        "rules:",
        "  board:\n    kind: board\n    seats:\n"
        "      - {seat: a, n: 1, how: ex_officio, by: board.b}\n"
        "      - {seat: b, n: 1, how: ex_officio, by: board.a}\n"
        "rules:",
    )

    assert said(text) == [
        "line 9, bodies.board.seats.a.by: These seats follow each other in a circle: board.a → board.b → board.a. "
        "Fill one of them another way."
    ]


def test_a_body_cannot_be_made_of_itself():
    text = TWO_PEOPLE.replace(
        "rules:",
        "  one: {kind: committee, of: [two]}\n  two: {kind: committee, of: [one]}\nrules:",
    )

    assert said(text) == ["line 6, bodies.one.of: one is made of a body that is made of one. Name seats instead."]


def test_two_seats_of_one_name():
    text = TWO_PEOPLE.replace(
        "rules:",
        "  board:\n    kind: board\n    seats:\n"
        "      - {seat: a, how: co_opted}\n      - {seat: a, how: co_opted}\nrules:",
    )

    assert said(text) == [
        "line 10, bodies.board.seats.a: “a” stands in this list twice; it is already on line 9. Give one another name."
    ]


def test_the_same_matter_cannot_be_decided_twice():
    text = TWO_PEOPLE + "  more: {by: owners, rule: both, covers: [anything]}\n"

    assert said(text) == [
        "line 10, decisions.more: “anything” is already decided by anything. Let one decision name it."
    ]


def test_a_class_without_a_vote_elects_nobody():
    text = TWO_PEOPLE.replace("join: appointed", "join: appointed, voice: consulted").replace("by: owners", "by: owner")

    assert said(text) == [
        "line 9, decisions.anything.by: The class owner has no vote. Name a class with voice: voting."
    ]


def test_a_document_without_a_mutual_says_what_to_add():
    assert said("classes: {}\n") == [
        "line 1, mutual: The document does not say whose it is. Add mutual: with key, name and form."
    ]
