"""The gold of bench/gold is whole, and the ranking is better than a text search on it."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bench.ranking import main, ndcg
from pmjobs.domain.skills import skills
from pmjobs.ladder import Level, Track
from pmjobs.profile import load_profile

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "bench" / "gold"
LEVELS = json.loads((ROOT / "data" / "sample" / "levels.json").read_text())
GRADES = json.loads((GOLD / "grades.json").read_text())
GAPS = json.loads((GOLD / "gaps.json").read_text())
INTENDED = {
    "01-charity-support": 1, "02-us-coordinator": 2, "03-rail-assistant": 2,
    "04-it-project-manager": 3, "05-pmo-analyst": 3, "06-delivery-manager": 3,
    "07-construction-senior": 4, "08-clinical-senior": 4, "09-health-programme": 5,
    "10-release-train-lead": 5, "11-portfolio-director": 6, "12-infrastructure-executive": 7,
}  # fmt: skip


def test_there_are_twelve_readers_of_every_level_and_track():
    profiles = {f.stem: load_profile(f) for f in (GOLD / "profiles").glob("*.toml")}

    assert set(profiles) == set(INTENDED)
    assert {profile.level for profile in profiles.values()} == set(Level)
    assert {profile.track for profile in profiles.values()} == set(Track)


@pytest.mark.parametrize("name", INTENDED)
def test_a_reader_loads_at_the_intended_level(name: str):
    assert load_profile(GOLD / "profiles" / f"{name}.toml").level == INTENDED[name]


def test_every_reader_has_forty_different_sample_ads_graded_0_to_3():
    ads = defaultdict(set)
    for row in GRADES:
        ads[row["profile"]].add(row["ad"])

    assert len(GRADES) == 480
    assert {name: len(found) for name, found in ads.items()} == dict.fromkeys(INTENDED, 40)
    assert set().union(*ads.values()) <= set(LEVELS)
    assert {row["grade"] for row in GRADES} == {0, 1, 2, 3}
    assert all(row["why"] for row in GRADES)


def test_every_reader_has_something_to_find_and_every_ad_a_reader():
    good = Counter(row["profile"] for row in GRADES if row["grade"] >= 2)

    assert min(good[name] for name in INTENDED) >= 2
    assert len({row["ad"] for row in GRADES}) == len(LEVELS)


def test_out_of_scope_ads_are_graded_0_unless_they_are_the_line():
    line = ("operations_line", "operational_programme", "service_delivery_itsm")
    outside = [r for r in GRADES if LEVELS[r["ad"]]["family"] not in ("project_delivery", *line)]

    assert outside
    assert {row["grade"] for row in outside} == {0}


def test_sixty_pairs_have_gaps_of_known_ids():
    pairs = {(row["profile"], row["ad"]) for row in GAPS}
    named = {one for row in GAPS for gap in row["gaps"] + row["free"] for one in gap.split("/")}

    assert len(GAPS) == len(pairs) == 60
    assert {profile for profile, _ in pairs} == set(INTENDED)
    assert {ad for _, ad in pairs} <= set(LEVELS)
    assert named <= set(skills()) | {"years", "size"}
    assert all(not set(row["gaps"]) & set(row["free"]) for row in GAPS)


def test_ndcg_is_one_in_the_best_order_and_less_in_any_worse_one():
    assert ndcg([3, 2, 1, 0]) == 1.0
    assert ndcg([0, 1, 2, 3]) < ndcg([2, 3, 1, 0]) < 1.0
    assert ndcg([0] * 10 + [3]) == 0.0


def test_pmjobs_ranks_better_than_a_text_search(capsys: pytest.CaptureFixture[str]):
    assert main(["--json"]) == 0
    mean = json.loads(capsys.readouterr().out)["mean"]

    assert mean["pmjobs"]["ndcg"] > mean["bm25"]["ndcg"]
    assert mean["intended"]["ndcg"] > mean["bm25"]["ndcg"] + 0.08
    assert mean["pmjobs"]["ndcg"] > mean["overlap"]["ndcg"]
