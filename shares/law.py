"""What the law of each form lets become of a member's share on leaving. Data; the constitution chooses among it.

``cancel_to_reserve``  the share ceases and its amount goes to reserves
``repay_at_par``       the share is withdrawn and its amount repaid
``transfer_at_par``    the share passes at its nominal value to a nominee or trust named in the constitution
``offer``              the share is offered to a class of members at its nominal value
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaysOut:
    """One form's lawful ends of a share, and, where cancelling is none of them, why and what is open instead."""

    acts: frozenset[str]
    rule: str
    why_not_cancel: str = ""
    instead: tuple[str, ...] = ()


COMPANY = WaysOut(
    acts=frozenset({"transfer_at_par", "offer"}),
    rule="Companies Act 2006 s.617 and s.659",
    why_not_cancel=(
        "A company cannot cancel a fully paid share because its holder leaves: it would be reducing its capital."
    ),
    instead=(
        "transfer the share at par to the nominee, a trust or another member (Companies Act 2006 s.770)",
        "redeem it, if it was issued as a redeemable share (s.684)",
        "buy it back under an authorised contract and cancel it then (ss.690 to 708)",
        "take it as a gift, for no valuable consideration (s.659(1))",
    ),
)
SOCIETY = WaysOut(
    acts=frozenset({"cancel_to_reserve", "repay_at_par", "transfer_at_par", "offer"}),
    rule="Co-operative and Community Benefit Societies Act 2014 s.14; the society's rules",
)
NO_FORM = WaysOut(acts=SOCIETY.acts, rule="the mutual's own rules")

_BY_PACK = {"company_2006": COMPANY, "ccbs_2014": SOCIETY}


def ways_out(packs: tuple[str, ...]) -> WaysOut:
    """The lawful ends of a share under the law packs of a constitution."""
    return next((_BY_PACK[pack] for pack in packs if pack in _BY_PACK), NO_FORM)
