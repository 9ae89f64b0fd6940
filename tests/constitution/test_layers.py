"""Law, template, constitution, agreement, standing orders: what overrides what, and what nothing may weaken."""

from datetime import date
from fractions import Fraction

import pytest

from mutualgov.constitution.compiler import Document, compile_documents, compile_text, template_text
from mutualgov.constitution.document.problems import WrongConstitution
from mutualgov.constitution.document.tree import Layer
from mutualgov.constitution.document.values import Duration

from .constitutions import AGREEMENT_ONLY, FORMING, ON, TWO_PEOPLE, book, compiled, said, template_book

OAKFIELD = """\
template: riverside
mutual: {key: oakfield, name: Oakfield Care Society}
bodies:
  council:
    meets: 6/y
    seats:
      - {seat: staff_governor_nursing, n: 4}
      - {seat: gp_governor, n: 1}
sources:
  bodies.council.meets: S the staff asked for it
"""

AGREEMENT = """\
decisions:
  approve_strategy: {steps: [{by: members, rule: half}], covers: [pay_policy]}
duties:
  - {do: inform, owed_by: board, owed_to: staff, every: 1mo}
sources:
  duties.inform_staff: S agreed with the union in 2026
"""


def test_a_constitution_overrides_its_template_figure_by_figure():
    oakfield = book(OAKFIELD)

    assert (oakfield.mutual.key, oakfield.mutual.form) == ("oakfield", "community_benefit_society")
    council = oakfield.bodies["council"]
    assert council.meets.times == 6
    assert {key: seat.n for key, seat in council.seats.items()} == {
        "staff_governor_nursing": 4,
        "staff_governor_homecare": 3,
        "staff_governor_support": 2,
        "authority_governor": 2,
        "gp_governor": 1,
        "community_governor": 3,
        "council_chair": 1,
    }


@pytest.mark.parametrize(
    ("path", "layer", "tag", "note"),
    [
        ("bodies.council.meets", Layer.CONSTITUTION, "S", "the staff asked for it"),
        ("bodies.council.seats.gp_governor.n", Layer.CONSTITUTION, "", ""),
        ("bodies.council.quorum", Layer.TEMPLATE, "D", ""),
        ("rules.remove.pass", Layer.TEMPLATE, "D", "after the law for foundation trusts"),
        ("rules.conversion.turnout", Layer.TEMPLATE, "L", "CCBSA 2014 s.113"),
        ("limits.law_three_members.at_least", Layer.LAW, "L", "CCBSA 2014 s.2"),
        ("rules.half.of", Layer.TEMPLATE, "D", ""),
        ("rules.half.ballot", Layer.PLATFORM, "D", "what the platform takes where the rules are silent"),
        (
            "bodies.council.seats.staff_governor_nursing.term",
            Layer.TEMPLATE,
            "R",
            "Locala's members' council; three years, staggered",
        ),
        ("decisions.remove_ned.rule.pass", Layer.TEMPLATE, "D", "after the law for foundation trusts"),
        ("decisions.amend_rules.steps.2.rule.pass", Layer.TEMPLATE, "D", ""),
    ],
)
def test_every_value_knows_its_layer_and_source(path, layer, tag, note):
    source = book(OAKFIELD).source_of(path)

    assert (source.layer, source.tag, source.note) == (layer, tag, note)


def test_a_value_knows_its_line():
    assert book(OAKFIELD).source_of("bodies.council.meets").line == 5


def test_nothing_of_that_name_has_no_source():
    with pytest.raises(KeyError, match=r"rules\.removal\.pass"):
        book(OAKFIELD).source_of("rules.removal.pass")


def test_null_takes_away_what_the_template_says():
    text = OAKFIELD.replace("bodies:\n", "decisions: {approve_strategy: null}\nbodies:\n")

    assert "approve_strategy" not in book(text).decisions


def with_agreement(text):
    return [Document(Layer.AGREEMENT, "union agreement", text)]


def test_an_agreement_adds_steps_matters_and_duties():
    oakfield = compiled(OAKFIELD, further=with_agreement(AGREEMENT)).or_refuse()

    strategy = oakfield.decisions["approve_strategy"]
    assert [step.by for step in strategy.steps] == [("council",), ("members",)]
    assert strategy.matters == ("approve_strategy", "pay_policy")
    source = oakfield.source_of("duties.inform_staff.every")
    assert (source.layer, source.document, source.note) == (
        Layer.AGREEMENT,
        "union agreement",
        "agreed with the union in 2026",
    )


def test_an_agreement_changes_nothing():
    changes = "bodies: {council: {quorum: 1/4, meets: 6/y}}\n"

    assert said(OAKFIELD, name="rules", further=with_agreement(changes)) == [
        "union agreement, line 1, bodies.council.quorum: Agreement would change “1/2” to “1/4”. "
        "Agreement may only add to the constitution."
    ]


RIVERSIDE = template_text("riverside")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'conversion: {pass: ">=3/4"',
            'conversion: {pass: ">=2/3"',
            "decisions.convert_to_company.rule.pass: This is weaker than the law: Conversion into a company needs at "
            "least three quarters of the votes cast. Here it is >=2/3. See CCBSA 2014 s.113.",
        ),
        (
            "turnout: 1/2, ",
            "",
            "decisions.convert_to_company.rule.turnout: This is weaker than the law: At least half of the members who "
            "may vote must vote on conversion into a company. See CCBSA 2014 s.113.",
        ),
        (
            'of: cast, notice: 14d, confirm: {pass: ">1/2", of: cast, after: 14d, within: 1mo}}\n  conversion',
            'of: cast, notice: 14d, confirm: {pass: ">1/2", of: cast, after: 10d, within: 1mo}}\n  conversion',
            "decisions.merge.rule.confirm.after: This is weaker than the law: The second meeting is held at least 14 "
            "days after the first. Here it is 10d. See CCBSA 2014 s.111.",
        ),
        (
            "within: 7mo after year_end",
            "within: 8mo after year_end",
            "duties.file_fca.within: This is weaker than the law: The annual return is due within 7 months of the "
            "year end. Here it is 8mo after year_end. See CCBSA 2014 s.89.",
        ),
        (
            "    withdrawable: false\n",
            "",
            "shares.membership.withdrawable: This is weaker than the law: The rules must say whether shares may be "
            "withdrawn. See CCBSA 2014 s.14.",
        ),
    ],
)
def test_nothing_weakens_the_law(old, new, expected):
    assert old in RIVERSIDE
    found = said(RIVERSIDE.replace(old, new))

    assert [problem.partition(", ")[2] for problem in found] == [expected]


def test_a_stronger_rule_than_the_law_is_welcome():
    stronger = RIVERSIDE.replace('conversion: {pass: ">=3/4"', 'conversion: {pass: ">=4/5"')

    assert book(stronger).rules["conversion"].passes.share == Fraction(4, 5)


def test_a_weakened_law_is_told_with_its_line():
    weaker = RIVERSIDE.replace("within: 7mo after year_end", "within: 8mo after year_end")
    line = next(n for n, text in enumerate(weaker.splitlines(), start=1) if "8mo" in text)

    assert [problem.line for problem in compiled(weaker).problems] == [line]


def test_the_law_fixes_its_limits():
    text = OAKFIELD + "limits:\n  - {key: law_three_members, count: members, at_least: 1, breach: warn}\n"

    assert said(text) == [
        "line 12, limits.law_three_members: The law fixes this limit. Add a limit of your own beside it."
    ]


def test_an_unverified_floor_warns_and_does_not_enforce():
    text = RIVERSIDE.replace("votes: per_member", "votes: per_share")

    found = compiled(text)

    assert found.rulebook is not None
    assert [str(warning).partition(", ")[2] for warning in found.warnings] == [
        "shares.membership.votes: The law may ask more: A society gives each member one vote; weighting needs a "
        "reason in its objects and never capital alone. Here it is per_share. See FCA guidance RFCCBS 6. "
        "The text has not been verified, so this is a warning."
    ]


def test_a_limit_that_the_design_itself_breaks_is_a_problem():
    text = OAKFIELD.replace("n: 4}", "n: 1}")

    assert said(text) == [
        "riverside, line 109, limits.elected_majority: With every seat filled as designed, this limit is broken: "
        "Voting seats of the council that are elected: 6 of 12; there must be more than half. "
        "Change the seats or weights, or the limit."
    ]


def test_the_law_is_that_of_the_date():
    trust = template_text("lantern").replace("packs: [company_2006, cic_2005]", "packs: [eot_2014]")

    assert [p.key for p in compile_text(trust, on=date(2026, 1, 1)).problems] == ["bodies"]


FENLAND = template_text("fenland")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('remove: {name: removal, pass: ">=3/4", of: all}', 'remove: {name: removal, pass: ">=3/4", of: cast}',
         "decisions.remove_ned.rule.of"),
        ("terms: {term: 3y,", "terms: {term: 4y,", "bodies.council.seats.public_north.term"),
        ("ballot: secret", "ballot: open", "decisions.elect_governors.rule.ballot"),
        ("how: appointed, by: council, from: [public, patient], term: 3y, max: 9y}\n      - {seat: ned",
         "how: appointed, by: council, from: [staff], term: 3y, max: 9y}\n      - {seat: ned",
         "bodies.board.seats.chair.from"),
        ("when: touches_council_role, else: lapses", "when: touches_council_role",
         "decisions.amend_constitution.steps.3.else"),
        ("open_to: [everyone]}", "open_to: [staff]}", "bodies.annual_members_meeting.open_to"),
    ],
)  # fmt: skip
def test_a_foundation_trust_stays_above_its_act(old, new, key):
    assert old in FENLAND

    assert key in [problem.key for problem in compiled(FENLAND.replace(old, new)).problems]


def test_two_people_need_no_ceremony():
    found = book(TWO_PEOPLE)

    assert list(found.bodies) == ["owners"]
    assert found.rules["both"].passes.needed(2) == 2


def test_a_mutual_may_be_forming():
    found = book(FORMING)

    assert found.mutual.phase.value == "forming"
    assert found.seats["interim_board.interim_director"].terms.term == Duration(1, "y")


def test_an_agreement_alone_must_say_how_its_parties_part():
    assert book(AGREEMENT_ONLY).mutual.form == "unincorporated_agreement"
    assert said(AGREEMENT_ONLY.replace(", settle_dispute", "")) == [
        "line 1, decisions: This is weaker than the law: The agreement says how parties are admitted, leave, are "
        "expelled, and settle disputes. Here it is run_the_partnership, admit_party, leave, expel_party. "
        "See the law of contract, which fills none of these gaps."
    ]


def test_a_wrong_constitution_is_refused_with_all_its_problems():
    with pytest.raises(WrongConstitution) as refused:
        compiled(TWO_PEOPLE.replace("rule: both", "rule: bth").replace("quorum: 2", "quorum: two")).or_refuse()

    assert refused.value.reason == (
        "There are 2 problems in this constitution.\n"
        "line 5, bodies.owners.quorum: “two” is neither a number nor a share. Write it such as 5, 1/2 or 10%.\n"
        "line 9, decisions.anything.rule: There is no rule “bth”. Did you mean both?"
    )


def test_a_layer_that_cannot_be_read_stops_the_rest():
    found = compile_documents(
        [Document(Layer.CONSTITUTION, "rules", TWO_PEOPLE), Document(Layer.AGREEMENT, "agreement", b"\0")], on=ON
    )

    assert [str(problem) for problem in found.problems] == [
        "agreement, line 1: This is not a text file. Save the constitution as plain text in YAML and try again."
    ]


def test_the_templates_and_their_law_packs_are_kept_with_the_compilation():
    assert [(d.layer, d.name) for d in compiled(OAKFIELD, name="rules").documents] == [
        (Layer.LAW, "ccbs_2014"),
        (Layer.TEMPLATE, "riverside"),
        (Layer.CONSTITUTION, "rules"),
    ]


@pytest.mark.parametrize("key", ["broads", "fenland", "lantern", "ourway", "riverside", "santeval"])
def test_every_figure_of_a_template_carries_a_tag(key):
    found = template_book(key)

    assert found.provenance.untagged() == []
    assert found.about.title
    assert found.about.for_whom
    assert found.about.sentence.endswith(".")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "  rules.removed.pass: D",
            "sources.rules.removed.pass: The document has no value at “rules.removed.pass”. "
            "Did you mean rules.remove.pass?",
        ),
        (
            "  rules.remove.pass: because",
            "sources.rules.remove.pass: “because” does not begin with a tag. "
            "Write S, L, R or D and a few words, such as “L CCBSA 2014 s.111”.",
        ),
    ],
)
def test_a_wrong_tag_is_told(line, expected):
    found = said(RIVERSIDE + line + "\n")

    assert [problem.partition(", ")[2] for problem in found] == [expected]


def test_what_has_been_adopted_stays_readable_when_a_later_release_objects():
    text = RIVERSIDE.replace("within: 7mo after year_end", "within: 8mo after year_end")
    text = text.replace("  bodies.board.meets: D\n", "  bodies.board.meets: R5\n")
    documents = [Document(Layer.CONSTITUTION, "", text)]

    assert compile_documents(documents, on=ON).rulebook is None
    found = compile_documents(documents, on=ON, adopted=True)
    assert str(found.rulebook.duties["file_fca"].within) == "8mo after year_end"
    assert [warning.key for warning in found.rulebook.warnings] == [
        "sources.bodies.board.meets",
        "duties.file_fca.within",
    ]


def test_a_document_with_no_readable_rules_stays_wrong_although_adopted():
    found = compile_documents([Document(Layer.CONSTITUTION, "", "classes: {}\n")], on=ON, adopted=True)

    assert [problem.key for problem in found.problems] == ["mutual"]
