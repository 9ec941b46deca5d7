"""Markup to text: what a reader of the ad sees, one block a line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.markup import MAX_CHARS, repair_mojibake, text_of, unescape_markup

# (markup, text): one line per way of writing it.
VISIBLE = [
    ("", ""),
    ("Plain text", "Plain text"),
    ("Line one\r\nline two\n\n\nline three", "Line one\nline two\nline three"),
    ("Scope < 5 sites & budget > 3", "Scope < 5 sites & budget > 3"),
    ("R&amp;D at AT&T, &euro;5", "R&D at AT&T, €5"),
    ("see /jobs?a=1&copy=2", "see /jobs?a=1&copy=2"),
    ("Senior <b>Project</b> <i>Man</i>ager", "Senior Project Manager"),
    ("one<br>two<br/>three", "one\ntwo\nthree"),
    ("<p>One\nsentence</p><p>another</p>", "One sentence\nanother"),
    ("<div>a<div>b</div>c</div>", "a\nb\nc"),
    ("<h2>Duties</h2>You plan", "Duties\nYou plan"),
    ("<ul><li>plan</li><li>report</li></ul>", "• plan\n• report"),
    ("<ul><li>plan<li>report</ul>", "• plan\n• report"),
    ("<ul><li><p>plan</p></li><li><div>report</div></li></ul>", "• plan\n• report"),
    ("<ul><li>risk<ul><li>log</li></ul></li></ul>", "• risk\n• log"),
    ("<ol><li>first</li><li>second</li></ol>", "1. first\n2. second"),
    ("<ul><li>• typed twice</li></ul>", "• typed twice"),
    ("<ul><li></li><li>plan</li></ul>", "• plan"),
    ("<p>- plan</p><p>* report</p><p>·&nbsp;steer</p><p>●brief</p>",
     "• plan\n• report\n• steer\n• brief"),
    ("<p>-5 % cost</p><p>*required</p>", "-5 % cost\n*required"),
    ("<table><tr><th>Pay</th><td>70 000</td></tr><tr><td>From</td><td>May</td></tr></table>",
     "Pay 70 000\nFrom May"),
    ("<dl><dt>Reports to</dt><dd>PMO</dd></dl>", "Reports to\nPMO"),
    ("a&nbsp;&nbsp;b\u2003c", "a b c"),
    ("pro\u00adject\u200b plan", "project plan"),
    ("<p>&lt;b&gt; is a tag</p>", "<b> is a tag"),
    ("<p>unclosed <b>bold<p>next", "unclosed bold\nnext"),
    ("<!-- note --><p>seen</p>", "seen"),
    ("<p>NUL \x00 and bell \x07</p>", "NUL and bell"),
    ("<p>lone \ud800 surrogate</p>", "lone ? surrogate"),
]  # fmt: skip

HIDDEN = [
    "<script>x()</script>",
    "<style>p {color: red}</style>",
    "<p hidden>x</p>",
    '<p hidden="until-found">x</p>',
    "<p style='display:none'>x</p>",
    '<p style="color: red; DISPLAY : NONE !important">x</p>',
    "<p style=display:none>x</p>",
    "<div style='visibility: hidden'><p>x</p></div>",
    "<span style='font-size:0'>x</span>",
    "<span style='font-size: 0px; color: #fff'>x</span>",
    "<span style='opacity:0;'>x</span>",
    "<span style='position:absolute; left:-9999px'>x</span>",
    "<span class='sr-only'>x</span>",
    "<span class='a visually-hidden b'>x</span>",
    "<template><p>x</p></template>",
    "<noscript>x</noscript>",
    "<svg><title>x</title></svg>",
    "<select><option>x</option></select>",
    "<img alt='x'>",
]

SHOWN = [
    "<p style='font-size: 0.9em'>x</p>",
    "<p style='opacity: 0.8'>x</p>",
    "<p style='margin-left: -10px'>x</p>",
    "<p style='display: inline'>x</p>",
    "<p class='hidden-gems'>x</p>",
    "<p aria-hidden='true'>x</p>",
]

ESCAPED = [
    ("&lt;p&gt;Plan&lt;/p&gt;", "<p>Plan</p>"),
    ("&lt;p&gt;R&amp;amp;D&lt;/p&gt;", "<p>R&amp;D</p>"),
    ("&amp;lt;p&amp;gt;Plan&amp;lt;/p&amp;gt;", "<p>Plan</p>"),
    ("&lt;div class=&quot;intro&quot;&gt;it&#39;s&lt;/div&gt;", '<div class="intro">it\'s</div>'),
    ("<p>&lt;b&gt; is a tag</p>", "<p>&lt;b&gt; is a tag</p>"),
    ("no markup, R&amp;D", "no markup, R&amp;D"),
    ("", ""),
]

MOJIBAKE = [
    ("donâ€™t", "don’t"),
    ("don\u00e2\u0080\u0099t", "don’t"),
    ("2019 â€“ 2021", "2019 – 2021"),
    ("â€œlead\u00e2\u0080\u009d", "“lead”"),
    ("CafÃ©, MÃ¼nchen, Ã…rhus", "Café, München, Århus"),
    ("Â£50,000", "£50,000"),
    ("â‚¬65.000", "€65.000"),
    ("Å\u0081Ã³dÅº", "Łódź"),
    ("go \u00f0\u009f\u009a\u0080", "go 🚀"),
]

NOT_MOJIBAKE = ["São Paulo", "NÃO", "Ångström", "Âge", "château", "SÃO PAULO", "ÄÖÜ", "Ã", "â€"]


@pytest.mark.parametrize(("markup", "text"), VISIBLE)
def test_a_reader_sees(markup, text):
    assert text_of(markup) == text


@pytest.mark.parametrize("markup", HIDDEN)
def test_what_no_reader_sees_is_left_out(markup):
    assert text_of(f"<p>before</p>{markup}<p>after</p>") == "before\nafter"


@pytest.mark.parametrize("markup", SHOWN)
def test_what_only_looks_hidden_stays(markup):
    assert text_of(markup) == "x"


@pytest.mark.parametrize(("content", "markup"), ESCAPED)
def test_escaped_markup_is_unescaped_as_often_as_it_was_escaped(content, markup):
    assert unescape_markup(content) == markup


@pytest.mark.parametrize(("text", "repaired"), MOJIBAKE)
def test_mojibake_is_repaired(text, repaired):
    assert repair_mojibake(text) == repaired
    assert text_of(f"<p>{text}</p>") == repaired


@pytest.mark.parametrize("text", NOT_MOJIBAKE)
def test_words_that_only_look_like_mojibake_stay(text):
    assert repair_mojibake(text) == text


def test_a_page_beyond_the_cap_is_cut_not_refused():
    assert len(text_of("plan " * MAX_CHARS)) < MAX_CHARS


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<b>", "<p><span>", "<table><tr><td>"])
def test_endless_nesting_is_read_in_no_time(tag):
    assert "deep" in text_of(tag * 20_000 + "deep")


@given(st.text())
def test_any_text_gives_tidy_text(text):
    result = text_of(text)
    assert result == "\n".join(" ".join(line.split()) for line in result.splitlines())
    assert "\n\n" not in result
    result.encode("utf-8")


@given(st.lists(st.sampled_from(["<p>", "</p>", "<li>", "<ul>", "<b", ">", "plan", "&lt;", " "])))
def test_any_soup_of_tags_is_read(pieces):
    text_of("".join(pieces))
    unescape_markup("".join(pieces))


def test_recorded_descriptions_keep_no_markup(shared):
    path = next((shared / "payloads" / "01_greenhouse").glob("*wayve.json"))
    for ad in json.loads(path.read_text(encoding="utf-8"))["jobs"]:
        text = text_of(unescape_markup(ad["content"]))
        assert len(text) > 500
        assert "</" not in text
        assert "&nbsp;" not in text
