"""Real elections, counted by others: winners, quota and every stage. The collection lies beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voting.counting import count, read_blt, result_json

ELECTIONS = Path(__file__).parents[2].parent / "shared" / "data" / "elections"
RULES = {"nhs_ft": ["nhs-ft"], "meek": ["meek-prf", "meek-nz"]}
CASES = [
    pytest.param(path, rule, id=f"{path.stem}-{rule}")
    for path in sorted(ELECTIONS.glob("*/*.json"))
    for rule in RULES.get(path.parent.name, [path.parent.name])
]

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not CASES, reason="the collection of elections is not beside the checkout"),
]


@pytest.mark.parametrize(("path", "rule"), CASES)
def test_a_real_election_comes_out_as_published(path, rule):
    published = json.loads(path.read_text())
    contest = read_blt(path.with_suffix(".blt"))

    result = count(contest, rule)

    assert [one + 1 for one in result.elected] == published["winners"]
    assert result.valid == published["valid_votes"]
    assert result_json(result)["quota"] == published["quota"]
    if rule.startswith("meek"):
        compare_meek(result, published["nz_stages" if rule == "meek-nz" else "prf_stages"])
    else:
        compare(result, published["stages"])


def compare(result, published):
    """Stage by stage, to the last decimal."""
    counted = result_json(result)["stages"]
    numbers = {name: number for number, name in enumerate(result.names, start=1)}
    assert [
        {
            "action": stage["kind"],
            "votes": list(stage["votes"].values()),
            "non_transferable": stage["non_transferable"],
            "elected": {numbers[name] for name in stage["elected"]},
            "excluded": {numbers[name] for name in stage["excluded"]},
        }
        for stage in counted
    ] == [
        {
            "action": stage["action"],
            "votes": stage["votes"],
            "non_transferable": stage.get("non_transferable", "0"),
            "elected": set(stage["elected"]),
            "excluded": set(stage["excluded"]),
        }
        for stage in published
    ]


def compare_meek(result, published):
    """Each iteration that decides something, to 0.0001: programs stop iterating at different points."""
    assert len(result.stages) == len(published)
    for stage, theirs in zip(result.stages, published, strict=True):
        assert [who.candidate + 1 for who in stage.elected] == theirs["elected"]
        assert [one + 1 for one in stage.excluded] == theirs["excluded"]
        for votes, their_votes in zip(stage.votes, theirs["votes"], strict=True):
            assert abs(votes - int(their_votes.replace(".", ""))) < 10**5
