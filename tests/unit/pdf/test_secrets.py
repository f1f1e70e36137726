"""Values looked for whatever their case, accents, separators and encoding; never inside other words."""

from __future__ import annotations

import pytest

from redactor.pdf.verifier.secrets import folded, is_in, needles_of, places_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Dossier de Zoraïde Quidonc.", "Zoraïde Quidonc"),
        ("Dossier de ZORAIDE  QUIDONC.", "Zoraïde Quidonc"),
        ("Dossier de Zorai\u0308de\nQui-\ndonc", "Zoraïde Quidonc"),
        ("NAS 901-234-561", "901 234 561"),
        ("NAS 901234561, fin", "901 234 561"),
        ("l\u2019ofﬁce de Zoﬁc", "Zofic"),
    ],
)
def test_found(text: str, value: str) -> None:
    assert len(list(places_of(value, folded(text)))) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Le Royaume", "Roya"),
        ("Dossier 19012345610", "901 234 561"),
        ("Zoraïde, puis Quidonc", "Zoraïde Quidon"),
        ("abc", "abc"),  # too short to be anybody's
        ("", "Zoraïde Quidonc"),
    ],
)
def test_not_found(text: str, value: str) -> None:
    assert list(places_of(value, folded(text))) == []


def test_the_place_is_that_of_the_source() -> None:
    text = "à É. Zoraïde  Quidonc !"
    (place,) = places_of("zoraide quidonc", folded(text))
    assert text[place.start : place.stop] == "Zoraïde  Quidonc"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-be", "utf-16-le"])
def test_bytes_in_every_encoding(encoding: str) -> None:
    assert is_in(b"\x00\x01" + "ZoraÏde Quidonc".lower().encode(encoding) + b"\xff", needles_of(["Zoraïde Quidonc"]))


def test_bytes_in_hexadecimal_and_backwards() -> None:
    needles = needles_of(["Zoraide Quidonc"])
    assert is_in(b"<" + b"zoraide quidonc".hex().upper().encode() + b">", needles)
    assert is_in(b"cnodiuq ediaroz", needles)
    assert not is_in(b"Zoraide", needles)


def test_short_values_are_not_looked_for_in_bytes() -> None:
    assert needles_of(["Roy"]) == frozenset()
