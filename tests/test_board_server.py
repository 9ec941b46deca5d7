"""The loopback server answers as the real boards do, as far as a polite client can see."""

import json
import urllib.error
import urllib.request

import pytest

from pmjobs.board_server import boards_of, recorded, serving


@pytest.fixture
def folder(tmp_path):
    for source, name, body in (
        ("greenhouse", "acme.json", '{"jobs": []}'),
        ("lever", "beck.json", json.dumps([{"id": str(n)} for n in range(5)])),
        ("pages", "one.html", "<p>page</p>"),
    ):
        (tmp_path / source).mkdir()
        (tmp_path / source / name).write_text(body, encoding="utf-8")
    return tmp_path


def ask(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.status, answer.headers, answer.read()


def test_every_recorded_board_can_be_asked_for(folder):
    with serving(recorded(folder)) as base:
        boards = boards_of(folder, base)
        assert [board.source for board in boards] == ["greenhouse", "lever", "jsonld_page"]
        assert ask(f"{base}/v1/boards/acme/jobs?content=true")[2] == b'{"jobs": []}'
        assert ask(boards[2].board)[2] == b"<p>page</p>"


def test_lever_pages_with_skip_and_limit(folder):
    with serving(recorded(folder)) as base:
        body = ask(f"{base}/v0/postings/beck?mode=json&skip=3&limit=10")[2]
    assert [ad["id"] for ad in json.loads(body)] == ["3", "4"]


def test_an_unchanged_board_answers_304_without_a_body(folder):
    with serving(recorded(folder)) as base:
        etag = ask(f"{base}/v1/boards/acme/jobs")[1]["ETag"]
        with pytest.raises(urllib.error.HTTPError, match="304") as answer:
            ask(f"{base}/v1/boards/acme/jobs", **{"If-None-Match": etag})
        answer.value.close()


def test_an_unknown_board_is_404(folder):
    with serving(recorded(folder)) as base, pytest.raises(urllib.error.HTTPError) as answer:
        ask(f"{base}/v1/boards/nobody/jobs")
    assert answer.value.code == 404
    answer.value.close()


def test_a_graphql_board_is_asked_by_post(folder):
    (folder / "ashby_graphql").mkdir()
    (folder / "ashby_graphql" / "dune.json").write_text('{"data": {"jobBoard": 1}}', "utf-8")
    question = json.dumps({"variables": {"organizationHostedJobsPageName": "dune"}}).encode()
    with serving(recorded(folder)) as base:
        request = urllib.request.Request(f"{base}/api/non-user-graphql?op=x", data=question)
        with urllib.request.urlopen(request) as answer:
            assert json.load(answer) == {"data": {"jobBoard": 1}}
