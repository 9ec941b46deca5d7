"""Hosts, answers, clocks and disks that misbehave, each beside a good board on another host.

    python -m bench.faults [WORD]     only the faults whose name has this word in it

Every fault goes the whole way: from a server on loopback through the client, the source and the
store. The table says what became of the bad board and whether the good one was read and stored
whole. No packet goes anywhere but to loopback: names are resolved by a stand-in, and a stand-in
for the network notes every address that a connection was about to be opened to.
"""

import asyncio
import gzip
import json
import logging
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bench.suffering import (
    GOOD,
    PATH,
    SHORT,
    UNHARMED,
    Outcome,
    Suffer,
    ads,
    answering,
    by_clocks,
    disk_full,
    files_of,
    inside,
    locked,
    locked_briefly,
)
from pmjobs.sources.answers import MOST_ADS, MOST_VALUES
from tests.loopback import Answer


@dataclass(frozen=True)
class Fault:
    """One fault, and the outcome that is right (a pattern for the whole of `Outcome.told`)."""

    name: str
    outcome: str
    suffer: Suffer


BODY = json.dumps(ads()).encode()
PACKED = gzip.compress(BODY)
GZIP = {"Content-Encoding": "gzip"}
ONE = {"id": 7, "title": "Programme Manager"}
HIDDEN = (
    "<p>You lead two works.</p><script>var x = 'scripted words';</script>"
    "<style>p { color: red } /* styled words */</style><p style='display:none'>unseen words</p>"
    "<span hidden>hidden words</span><div class='sr-only'>whispered words</div>"
    "<p style='font-size: 0'>tiny words</p><!-- remarked words --><p>You report monthly.</p>"
)
ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
)
BOMB_XML = (
    ENTITIES + "]><workzag-jobs><position><id>1</id><name>&a11;</name></position></workzag-jobs>"
)
FILE_XML = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    "<workzag-jobs><position><id>1</id><name>&f;</name></position></workzag-jobs>"
)
BOMB_RSS = ENTITIES + "]><rss version='2.0'><channel><title>&a11;</title></channel></rss>"
PRIVATE = ("10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.7.7", "169.254.169.254",
           "100.100.100.200", "::ffff:a00:5", "fd00:ec2::254", "fe80::1", "0.0.0.0")  # fmt: skip
NOT_PUBLIC = "failed: {}: is no public address, so it is not asked; check the URL"
THIS_MACHINE = r"failed: {}: is this machine; set allow_loopback = true under \[network\] to ask it"
LATER = "; try again later"
FUTURE = {
    name: format_datetime(datetime(2099, 1, 1, tzinfo=UTC), usegmt=True)
    for name in ("Date", "Last-Modified", "Expires")
}


def to(location: str) -> Answer:
    """A redirect."""
    return Answer(status=302, headers={"Location": location})


def busy(status: int, after: str | None = None) -> Answer:
    """A host that asks to be left alone."""
    return Answer(status=status, headers={} if after is None else {"Retry-After": after})


FAULTS = (
    # Hosts that say no, or nothing.
    Fault("429 with Retry-After", r"failed: HOST: HTTP 429, and asks us to wait 3600 s; try again "
          r"after that; left alone for 3600 s", answering(busy(429, "3600"))),
    Fault("429 without Retry-After", r"failed: HOST\S+ HTTP 429; the host asks us to wait; try "
          r"again later; left alone for 900 s", answering(busy(429))),
    Fault("429 with a Retry-After that says nothing", "failed: .* HTTP 429; .*; left alone for "
          "900 s", answering(busy(429, "soon"))),
    Fault("429 that passes", "3 new", answering([busy(429, "0"), GOOD])),
    Fault("503 with a date in 2099", "failed: .* HTTP 503, and asks us to wait .*; left alone for "
          "86400 s", answering(busy(503, FUTURE["Date"]))),
    Fault("429 for robots.txt", "waits: HOST: answered HTTP 429, asked us to wait 60 s; left alone "
          "for this run, try again later; left alone for 60 s",
          answering(GOOD, robots=busy(429, "60"))),
    Fault("500", f"failed: .* HTTP 500; the host has trouble{LATER}",
          answering(Answer(status=500))),
    Fault("500 that passes", "3 new", answering([Answer(status=500), GOOD])),
    Fault("hang before the answer", f"failed: .*(silent for 0.3 s|not done after 0.7 s){LATER}",
          answering(Answer(json=ads(), delay_s=1.0), limits=SHORT)),
    Fault("hang within the answer", f"failed: .*(silent for 0.3 s|not done after 0.7 s){LATER}",
          answering(Answer(json=ads(), drip_s=1.0), limits=SHORT)),
    Fault("slow drip", f"failed: HOST: not done after 0.7 s{LATER}",
          answering(Answer(json=ads(), drip_s=0.05, piece=1), limits=SHORT)),
    Fault("hangs up at once", f"failed: .* broke off in the middle .*{LATER}",
          answering(Answer(BODY, cut=0))),
    # Bodies that are not what their headers say.
    Fault("length longer than the body", f"failed: .* broke off in the middle .*{LATER}",
          answering(Answer(BODY, headers={"Content-Length": str(len(BODY) + 9)}, cut=len(BODY)))),
    Fault("length shorter than the body", r"failed: greenhouse:bad: not JSON, or cut short .*",
          answering(Answer(BODY, headers={"Content-Length": "60"}))),
    Fault("gzip cut short", f"failed: .* the answer stops in the middle{LATER}",
          answering(Answer(PACKED[:-20], headers=GZIP))),
    Fault("gzip damaged", f"failed: .* the packed answer is damaged{LATER}",
          answering(Answer(PACKED[:20] + b"\0" * 40 + PACKED[60:], headers=GZIP))),
    Fault("gzip that is none", f"failed: .* the packed answer is damaged{LATER}",
          answering(Answer(BODY, headers=GZIP))),
    Fault("gzip bomb, 200 MB", "failed: .* an answer of more than 64,000,000 bytes; narrow the "
          "board down", answering(lambda _: Answer(bomb(), headers=GZIP))),
    Fault("100 MB, said beforehand", "failed: .* an answer of more than 32,000,000 bytes; narrow "
          "the board down", answering(lambda _: Answer(bytes(100_000_000), etag=False))),
    Fault("100 MB, not said beforehand", "failed: .* an answer of more than 32,000,000 bytes; "
          "narrow the board down",
          answering(lambda _: Answer(bytes(100_000_000), etag=False, sized=False))),
    # Redirects and names that lead where they should not.
    Fault("redirect to itself", "failed: .* leads round in a circle; check the URL",
          answering(to(PATH.format("bad")))),
    Fault("redirects without end", "failed: .* more than 5 redirects; check the URL",
          answering(to("/0"), other={f"/{n}": to(f"/{n + 1}") for n in range(9)})),
    Fault("redirect to a file", "failed: 'file:/+etc/passwd': only http and https addresses are "
          "asked", answering(to("file:///etc/passwd"))),
    *(Fault(f"redirect to {address}", NOT_PUBLIC.format(re.escape(address)),
            answering(to(f"http://{f'[{address}]' if ':' in address else address}/latest/")))
      for address in PRIVATE),
    *(Fault(f"a name with the address {address}",
            NOT_PUBLIC.format(rf"jobs\.example\.org \({re.escape(address)}\)"),
            answering(GOOD, base_url="http://jobs.example.org",
                      names={"jobs.example.org": [address]}))
      for address in PRIVATE),
    Fault("a name with a public and a private address",
          NOT_PUBLIC.format(r"jobs\.example\.org \(10\.0\.0\.5\)"),
          answering(GOOD, base_url="http://jobs.example.org",
                    names={"jobs.example.org": ["8.8.8.8", "10.0.0.5"]})),
    Fault("redirect to 127.0.0.2, which listens", THIS_MACHINE.format(r"127\.0\.0\.2"),
          inside(lambda secret: {"answer": to(f"{secret}/secret")})),
    Fault("a name with the address 127.0.0.2, which listens",
          THIS_MACHINE.format(r"jobs\.example\.org \(127\.0\.0\.2\)"),
          inside(lambda secret: {
              "answer": GOOD,
              "base_url": secret.replace("127.0.0.2", "jobs.example.org"),
              "names": {"jobs.example.org": ["127.0.0.2"]},
          })),
    Fault("robots.txt that leads to 127.0.0.2", THIS_MACHINE.format(r"127\.0\.0\.2"),
          inside(lambda secret: {"answer": GOOD, "robots": to(f"{secret}/robots.txt")})),
    # Answers that are no board, or a strange one.
    Fault("invalid UTF-8", f"failed: greenhouse:bad: not UTF-8 text{LATER}",
          answering(Answer(BODY.replace(b"people", b"peo\xffple")))),
    Fault("mojibake", "4 new",
          answering(Answer(json=ads({"id": 9, "title": "Chef de projet, CafÃ©",
                                     "content": "<p>You donâ€™t guess.</p>"})),
                    seen=("Café", "don’t guess"), unseen=("Ã", "â€"))),
    Fault("HTML instead of JSON", "failed: greenhouse:bad: a web page instead of JSON; check the "
          "board's name and address", answering(Answer("<!doctype html><p>We are moving.</p>"))),
    Fault("nothing at all", "failed: greenhouse:bad: not JSON, or cut short .*",
          answering(Answer(b""))),
    Fault("entity bomb in XML", "failed: personio:bad: XML that declares entities of its own; not "
          "read", answering(Answer(BOMB_XML), source="personio", path="/xml")),
    Fault("entity that reads a file", "failed: personio:bad: XML that declares entities of its own"
          "; not read", answering(Answer(FILE_XML), source="personio", path="/xml")),
    Fault("entity bomb in a feed", "failed: feed:http://HOST/rss: XML that declares entities of "
          "its own; it is not read",
          answering(Answer(BOMB_RSS), source="feed", path="/rss", unseen=("hahaha",))),
    Fault("JSON 100,000 levels deep", "failed: greenhouse:bad: JSON nested too deep; report this "
          "board", answering(Answer(b"[" * 100_000 + b"]" * 100_000))),
    Fault("one ad 900 levels deep", "4 new",
          answering(Answer(BODY[:-2] + b', {"id": 9, "title": "PM", "x": ' + b"[" * 900
                           + b"]" * 900 + b"}]}"))),
    Fault("ids without end", f"failed: greenhouse:bad: more than {MOST_ADS:,} ads; narrow the board"
          " down", answering(lambda _: Answer(endless_ads()))),
    Fault("values without end", f"failed: greenhouse:bad: an answer of more than {MOST_VALUES:,} "
          "values; narrow the board down",
          answering(lambda _: Answer(b"[" + b"1," * (MOST_VALUES + 1) + b"1]"))),
    Fault("an ad with 5 MB of text", "4 new",
          answering(lambda _: Answer(json=ads({**ONE, "content": "<p>Plan it.</p>" * 333_000})))),
    Fault("script and hidden text in an ad", "4 new",
          answering(Answer(json=ads({**ONE, "content": HIDDEN})),
                    seen=("You lead two works.\nYou report monthly.",),
                    unseen=("scripted", "styled", "unseen", "hidden", "whispered", "tiny",
                            "remarked"))),
    Fault("one id twice", "3 new; id: twice in one answer; the first is kept",
          answering(Answer(json=ads({"id": 1, "title": "Another"})), unseen=("Another",))),
    Fault("an ad without id and one without title", "3 new; id: missing; title: missing",
          answering(Answer(json=ads({"title": "PM"}, {"id": 8})))),
    Fault("characters that no database keeps", "4 new",
          answering(Answer(json=ads({**ONE, "content": "<p>One \0 two \ud800 three</p>"})),
                    seen=("three",))),
    # Clocks.
    Fault("the host's clock in 2099", "3 new",
          answering(Answer(json=ads(), headers=FUTURE))),
    Fault("our clock was three years ahead in the last run", "1 new; 4 open after the next run",
          by_clocks(first=timedelta(days=1000), second=timedelta(0))),
    Fault("our clock was set back by an hour", "0 new; 4 open after the next run",
          by_clocks(first=timedelta(hours=1), second=timedelta(0))),
    # Disks.
    Fault("disk full", "FOLDER/a.db: the disk is full; free some space and run again, nothing was "
          "half written; the next run: 40 new", disk_full),
    Fault("disk full for the process", "STORE: the disk .*; the next run: 40 new",
          files_of(600_000, store="a.db")),
    Fault("disk full for the cache of answers", "good: 3, bad: 40", files_of(60_000, store=None)),
    Fault("store locked by another program", "FOLDER/a.db: another program is writing to it; wait "
          "for that to end, then try again; the next run: 3 new", locked),
    Fault("store locked for a moment", "3 new", locked_briefly),
)  # fmt: skip


def bomb() -> bytes:
    """A small gzip file that unfolds to 200 MB."""
    return gzip.compress(bytes(2_000_000), 9) * 100


def endless_ads() -> bytes:
    """A board of more ads than anybody has."""
    each = ",".join(f'{{"id":{n},"title":"PM"}}' for n in range(MOST_ADS + 1))
    return f'{{"jobs":[{each}]}}'.encode()


def main(words: Sequence[str]) -> int:
    """Print the table."""
    logging.disable()
    wrong = 0
    for fault in FAULTS:
        if words and not any(word in fault.name for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            outcome = asyncio.run(fault.suffer(Path(folder)))
        right = is_right(fault, outcome)
        wrong += not right
        words_told = outcome.told if len(outcome.told) < 400 else f"{outcome.told[:400]}..."
        print(f"{'' if right else 'WRONG '}{fault.name}\n    {words_told}")
        print(f"    the good board: {outcome.others}; {outcome.seconds:.2f} s", flush=True)
    print(f"{wrong} outcomes are not as they should be")
    return 1 if wrong else 0


def is_right(fault: Fault, outcome: Outcome) -> bool:
    """Whether the outcome is what it should be, nobody else suffered and no packet left."""
    return (
        re.fullmatch(fault.outcome, outcome.told) is not None
        and outcome.others == UNHARMED
        and outcome.connected <= {"127.0.0.1"}
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
