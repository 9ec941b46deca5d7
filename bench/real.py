"""The program on recorded answers of real boards: `make real`.

A loopback server plays the recordings of ../shared/payloads. `pmjobs ingest` runs twice over them,
then `pmjobs level`, then `pmjobs explain` on three project ads. Prints what a closing report needs:
ads parsed and skipped with reasons, requests and bytes of both runs, ads a second.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pmjobs.board_server import boards_of, recorded, serving
from pmjobs.posting import Board

PAYLOADS = Path(__file__).parent.parent.parent / "shared" / "payloads"
VCR = "01_greenhouse/canonical.com_vcr/TestRoutes.test_invalid_careers_department.0.12ebc582.body"
TECH = "Aramente+eu-tech-jobs__tests__extractors__fixtures__"
RECORDINGS = {
    "greenhouse/wayve": f"01_greenhouse/{TECH}greenhouse_wayve",
    "greenhouse/canonical": VCR,
    "greenhouse/twilio": "01_greenhouse/jiayuliang1314+tech-jobs-hub__data_full__twilio",
    "greenhouse/recruitai": "01_greenhouse/lalalune+recruitai-claude__tests__fixtures__greenhouse",
    "lever/mistral": f"02_lever/{TECH}lever_mistral",
    "ashby/careerkit": "03_ashby/omoji-personal+careerkit__tests__fixtures__ashby",
    "ashby_graphql/photoroom": f"03_ashby/{TECH}ashby_photoroom",
}


def main() -> int:
    if not PAYLOADS.exists():
        print("recorded answers are not here: ../shared/payloads; nothing to do")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name, recording in RECORDINGS.items():
            target = work / "boards" / f"{name}.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PAYLOADS / f"{recording}.json", target)
        with serving(recorded(work / "boards")) as base_url:
            sources = work / "sources.toml"
            sources.write_text(sources_toml(boards_of(work / "boards", base_url)), "utf-8")
            files = ("--sources", str(sources), "--db", str(work / "real.db"))
            for run in ("first run", "second run"):
                print(f"\n== {run}: pmjobs ingest")
                report, seconds = timed(work, "ingest", *files, "--json")
                print_run(json.loads(report), seconds)
            return level_and_explain(work)


def level_and_explain(work: Path) -> int:
    db = ("--db", str(work / "real.db"))
    print("\n== pmjobs level")
    answers, seconds = timed(work, "level", *db, "--json")
    ads = [json.loads(line) for line in answers.splitlines()]
    print(f"{len(ads)} ads are project work; {seconds:.1f} s from start to end")
    levelled = [ad for ad in ads if ad["level"]]
    chosen = sorted(levelled, key=lambda ad: (ad["title_gap"] or 0, ad["id"]))
    print(pmjobs(work, "level", *db))
    for ad in [*chosen[:1], *chosen[len(chosen) // 2 :][:1], *chosen[-1:]]:
        print(pmjobs(work, "explain", ad["id"], *db))
    print("== pmjobs skipped (counted by reason)")
    reasons: dict[str, int] = {}
    for row in json.loads(pmjobs(work, "skipped", *db, "--json")):
        reasons[row["why"]] = reasons.get(row["why"], 0) + 1
    for why, count in sorted(reasons.items(), key=lambda item: -item[1])[:12]:
        print(f"{count:6d}  {why}")
    return 0


def sources_toml(boards: tuple[Board, ...]) -> str:
    network = '[network]\ncontact = "me@example.org"\nrequests_per_second = 1000\n'
    lines = [network + "allow_loopback = true\n"]
    for board in boards:
        lines.append(f'[[board]]\nsource = "{board.source}"\nboard = "{board.board}"\n')
        if board.base_url:
            lines.append(f'base_url = "{board.base_url}"\n')
    return "".join(lines)


def pmjobs(work: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pmjobs", *arguments],
        env=os.environ | {"PMJOBS_HOME": str(work), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"pmjobs {arguments[0]} ended with {done.returncode}")
    return done.stdout


def timed(work: Path, *arguments: str) -> tuple[str, float]:
    start = time.perf_counter()
    return pmjobs(work, *arguments), time.perf_counter() - start


def print_run(report: dict, seconds: float) -> None:
    for board in report["boards"]:
        counts = {k: v for k, v in board.items() if isinstance(v, int) and v}
        print(f"  {board['board']:28s} {counts}")
        for reason in board.get("skipped_ads", []):
            print(f"      skipped: {reason}")
        if board.get("failed"):
            print(f"      failed: {board['failed']}")
    ads = sum(board["new"] + board["changed"] + board["unchanged"] for board in report["boards"])
    print(
        f"  {ads} ads; {report['requests']} requests, {report['saved']} saved, "
        f"{report['bytes_received']:,} bytes; {report['seconds']:.2f} s in the run "
        f"({ads / max(report['seconds'], 1e-9):,.0f} ads/s), {seconds:.2f} s with start-up"
    )


if __name__ == "__main__":
    raise SystemExit(main())
