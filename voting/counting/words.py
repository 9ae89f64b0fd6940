"""What happened in a count, in sentences a candidate can read. Plain text; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Iterator

from voting.counting.counting import RULES
from voting.counting.export import quota_text, stage_name
from voting.counting.values import CountResult, Elected, Stage, Tie, listed, votes_text

SOURCES = {
    "nhs-ft": "Model Election Rules 2014 for NHS foundation trusts, rules STV44 to STV51",
    "ers97": "Newland and Britton, How to conduct an election by the Single Transferable Vote, 3rd edition, 1997",
    "scottish": "Scottish Local Government Elections Order 2011 (SSI 2011/399), Schedule 1",
    "meek-prf": "Proportional Representation Foundation, Reference Meek Rule",
    "meek-nz": "Local Electoral Regulations 2001 (New Zealand), Schedule 1A, as I. D. Hill's program carries it out",
    "av": "Alternative vote: the lowest candidate is excluded until one has a majority",
    "fptp": "Model Election Rules 2014 for NHS foundation trusts, rules FPP44 to FPP51",
    "approval": "Approval voting: every candidate marked has one vote from the paper",
}

ROUNDING_RULES = {
    "nhs-ft": "Transfer values have two decimals and the remainder is ignored (rule STV47).",
    "ers97": "Transfer values have two decimals and are never rounded up (section 5.3).",
    "scottish": "Each paper's value has five decimals and the remainder is ignored (Schedule 1, transfer of votes).",
}

TIE_RULES = {
    "nhs-ft": "rules STV47 and STV49: the earliest stage at which they differed, or else a lot",
    "ers97": "sections 5.2 and 5.6: the earliest point at which they differed, or else a lot",
    "scottish": "Schedule 1: the most recent stage at which they differed, or else a lot",
    "meek-prf": "candidates within the surplus of the lowest count as equal; a lot decides",
    "meek-nz": "the first iteration at which they differed, or else a lot",
    "av": "an earlier stage at which they differed, or else a lot",
    "fptp": "rule FPP51: a lot where one more vote would decide a seat",
    "approval": "a lot where one more vote would decide a seat",
}

WHY = {
    "quota": "reached the quota",
    "share of the active vote": "had enough of the votes still in play",
    "outweighs the rest": "had as many votes as all the others with all surpluses",
    "last vacancies": "filled one of the last places, with no one left to compete",
    "most votes": "had the most votes",
    "majority": "had a majority",
    "last remaining": "was the last candidate left",
}

PICKED = {
    "exclusion": "was excluded",
    "surplus": "had their surplus passed on first",
    "seat": "was elected",
    "order": "came first in the order",
}


def result_sentence(result: CountResult) -> str:
    """Who is elected, in one sentence."""
    if not result.elected:
        return "Nobody is elected."
    verb = "is" if len(result.elected) == 1 else "are"
    sentence = f"{listed(result.elected_names)} {verb} elected"
    if result.unfilled:
        sentence += f"; {result.unfilled} of {result.seats} seats stay empty"
    return sentence + "."


def figures_sentence(result: CountResult) -> str:
    """Seats, papers, quota and rule."""
    parts = [
        f"{result.seats} {'seat' if result.seats == 1 else 'seats'}",
        f"{result.valid:,} valid papers",
        f"{result.invalid:,} not valid",
    ]
    quota = quota_text(result, result.quota)
    if quota is not None:
        parts.append(f"quota {quota}")
    return f"{', '.join(parts)}. Counted by {RULES[result.rule].name}."


def quota_sentence(result: CountResult) -> str:
    quota = quota_text(result, result.quota)
    if quota is None:
        return ""
    return f"The quota is {quota} votes: enough that no more candidates can reach it than there are seats."


def elected_sentence(result: CountResult, stage: Stage, who: Elected) -> str:
    votes = votes_text(stage.votes[who.candidate], result.places)
    return f"{result.names[who.candidate]} {WHY[who.why]}: elected at stage {stage.number} with {votes} votes."


def stage_sentences(result: CountResult, stage: Stage) -> Iterator[str]:
    """What moved, who came in or went out, and what waited."""
    if stage.kind == "surplus":
        yield _surplus(result, stage)
    elif stage.kind == "exclusion" and stage.batches:
        yield from _batches(result, stage)
    for who in stage.elected:
        yield elected_sentence(result, stage, who)
    without_transfer = [one for one in stage.excluded if one not in stage.candidates]
    if without_transfer and stage.kind != "election":
        names = listed(result.names[one] for one in without_transfer)
        yield f"{names} went out without papers moving, since the last places were then decided."
    if stage.deferred:
        names = listed(result.names[one] for one in stage.deferred)
        if len(stage.deferred) == 1:
            yield f"The surplus of {names} stayed where it was: passing it on could not change who went out next."
        else:
            yield f"The surpluses of {names} stayed where they were: together they could not change who went out next."
    yield from stage.notes


def _surplus(result: CountResult, stage: Stage) -> str:
    owner = result.names[stage.candidates[0]]
    batch = stage.batches[0]
    moved = batch.papers - batch.unavailable
    surplus = votes_text(stage.surplus or 0, result.places)
    if batch.value is None:
        return (
            f"All {batch.papers:,} papers of {owner} pass on the surplus of {surplus} votes, each at "
            f"{votes_text(stage.transfer_value or 0, result.places)} of what it carried; {batch.unavailable:,} name "
            "nobody further."
        )
    return (
        f"{moved:,} of {batch.papers:,} papers name someone further and pass on the surplus of {surplus} votes at "
        f"{votes_text(batch.value, result.places)} each."
    )


def _batches(result: CountResult, stage: Stage) -> Iterator[str]:
    for batch in stage.batches:
        if not batch.papers:
            continue
        at = "at the value they had" if batch.value is None else f"at {votes_text(batch.value, result.places)} each"
        nobody = f", {batch.unavailable:,} of them to nobody" if batch.unavailable else ""
        yield f"{batch.papers:,} papers moved {at}{nobody}."


def tie_sentence(result: CountResult, tie: Tie) -> str:
    """Who was equal, who was picked, and by what."""
    tied, chosen = (listed(result.names[one] for one in some) for some in (tie.tied, tie.chosen))
    if tie.how == "lot":
        by = f"A lot decided ({tie.event})"
    else:
        by = f"They had differed before ({tie.earlier if not tie.earlier.isdigit() else f'stage {tie.earlier}'})"
    picked = PICKED[tie.purpose] if len(tie.chosen) == 1 else PICKED[tie.purpose].replace("was", "were")
    return f"Stage {tie.stage}: {tied} were equal. {by}: {chosen} {picked}. Rule: {TIE_RULES[result.rule]}."


def options_in_words(result: CountResult) -> list[str]:
    """How the points the rule leaves open were settled."""
    words = {True: "yes", False: "no"}
    sentences = []
    for name, value in result.options.items():
        if name == "reserved":
            continue
        said = words[value] if isinstance(value, bool) else str(value).replace("_", " ")
        sentences.append(f"{name.replace('_', ' ').capitalize()}: {said}")
    for group in result.options.get("reserved", []):  # type: ignore[attr-defined]
        most = "" if group["at_most"] is None else f" and at most {group['at_most']}"
        sentences.append(f"At least {group['at_least']}{most} of {group['name']}: {listed(group['members'])}")
    return sentences


def losses(result: CountResult) -> list[str]:
    """Votes that ended with nobody, and why, stage by stage."""
    sentences = []
    before = 0
    for stage in result.stages:
        lost = stage.non_transferable - before
        before = stage.non_transferable
        if not lost:
            continue
        text = f"Stage {stage.number}, {stage_name(result, stage)}: {votes_text(lost, result.places)} votes"
        if stage.rounding:
            text += f", of which {votes_text(stage.rounding, result.places)} by dropped fractions"
        sentences.append(text + ".")
    if sentences and result.rule in ROUNDING_RULES:
        sentences.append(ROUNDING_RULES[result.rule])
    return sentences
