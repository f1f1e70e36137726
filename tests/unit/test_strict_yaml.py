"""People's YAML: every value knows its line, and what hides mistakes is refused with its line."""

from __future__ import annotations

import datetime as dt

import pytest

from redactor.strict_yaml import BadYaml, load_stream


def test_values_know_their_lines() -> None:
    (loaded,) = load_stream("a: 1\nb:\n  - {c: 2020-01-02}\n  - d\n")
    assert loaded.value == {"a": 1, "b": [{"c": dt.date(2020, 1, 2)}, "d"]}
    assert loaded.line_of(("b", 0, "c")) == 3
    assert loaded.line_of(("b", 1)) == 4
    assert loaded.line_of(("b", 7, "x")) == 2  # the nearest that stands in the file


def test_a_stream_holds_several_documents_and_empty_ones_are_none() -> None:
    assert [one.value for one in load_stream("a: 1\n---\n---\nb: 2\n")] == [{"a": 1}, {"b": 2}]
    assert load_stream("") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\na: 2\n", 2),
        ("a: {b: 1, b: 2}\n", 1),
        ("a: &x 1\nb: *x\n", 1),
        ("a: 1\n<<: {b: 1}\n", 2),
        ("a: [1\nb: 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("? [1, 2]\n: 3\n", 1),
        ("a: 1\nb:\n  - {c: 2024-02-30}\n", 3),
    ],
)
def test_what_hides_mistakes_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BadYaml) as caught:
        load_stream(text)
    assert caught.value.facts["line"] == line


@pytest.mark.parametrize(
    "text", ["!!python/object/apply:os.system ['true']\n", "a: !x 1\n", "[" * 3000, "a: 2020-13-45\n"]
)
def test_tags_depth_and_impossible_values_are_refused(text: str) -> None:
    with pytest.raises(BadYaml):
        load_stream(text)
