"""Small constitutions that stories start from."""

from datetime import date

from mutualgov.constitution.compiler import Compilation, compile_text, template_text
from mutualgov.constitution.rulebook import Rulebook

ON = date(2026, 11, 24)

#: A company of two people, with no ceremony.
TWO_PEOPLE = """\
mutual: {key: pulp, name: Pulp Together CIC, form: company_limited_by_guarantee}
classes:
  owner: {holder: person, where: {founder: true}, join: appointed}
bodies:
  owners: {kind: general_meeting, of: [owner], quorum: 2}
rules:
  both: {pass: ">=1/1", of: all}
decisions:
  anything: {by: owners, rule: both}
"""

#: Still being founded: an interim board runs it until the members adopt the rest.
FORMING = """\
mutual: {key: stillwater, name: Stillwater Care (forming), form: community_benefit_society, phase: forming}
classes:
  staff: {holder: person, where: {in_scope: true}, join: apply}
bodies:
  founders: {kind: general_meeting, of: [staff]}
  interim_board:
    kind: board
    quorum: 2
    seats:
      - {seat: interim_director, n: 3, how: appointed, by: interim_board, term: 1y}
rules:
  adopt: {pass: ">1/2", of: cast, turnout: 1/2, ballot: secret}
decisions:
  adopt_constitution: {by: founders, rule: adopt}
"""

#: No company and no society: bodies that work together by agreement.
AGREEMENT_ONLY = """\
mutual: {key: coastal, name: Coastal Joint Working Agreement, form: unincorporated_agreement, packs: [agreement]}
classes:
  partner: {holder: organisation, where: {admitted: true}, join: apply, representative: {n: 1, deputy: 1}}
bodies:
  partners: {kind: general_meeting, of: [partner], meets: 4/y, quorum: 1/2}
rules:
  most: {pass: ">=3/4", of: all}
decisions:
  run_the_partnership: {by: partners, rule: most, covers: [admit_party, leave, expel_party, settle_dispute]}
"""


def compiled(text: str | bytes, **more: object) -> Compilation:
    return compile_text(text, on=ON, **more)


def book(text: str) -> Rulebook:
    return compiled(text).or_refuse()


def template_book(key: str) -> Rulebook:
    return book(template_text(key))


def said(text: str | bytes, **more: object) -> list[str]:
    """Every problem as an author reads it."""
    return [str(problem) for problem in compiled(text, **more).problems]
