"""Messages as a reader prints them: headers, bodies, quotes, attachments, threads."""

from __future__ import annotations

import pymupdf

from redactor.intake import mail, outlook
from redactor.intake.hidden import Found, Hidden
from redactor.intake.html_text import shown
from redactor.intake.opened import Opened, Thread
from redactor.intake.threads import groups, subject_of
from tests.builders import mail as build
from tests.builders import outlook as build_msg
from tests.builders import pdf
from tests.builders.secrets import Secrets


def text_of(opened: Opened) -> str:
    with pymupdf.open(stream=opened.pdf, filetype="pdf") as doc:
        return "\n".join(page.get_text() for page in doc)


def test_a_message_is_printed_with_its_headers_and_hides_nothing_in_silence() -> None:
    secrets = Secrets()
    opened = mail.opened(build.eml(secrets, attachments={"annexe.pdf": pdf()}), lang="fr")
    told = text_of(opened)
    assert told.startswith("De : Ludivine Quetzal <l.quetzal@exemple.example>\nÀ : Équipe des ponts")
    assert "Date : 2 octobre 2024 10:00\nObjet : Réfection du pont Zyxwville\nPièces jointes : annexe.pdf" in told
    assert secrets.found_in(told) == []
    said = secrets.found_in("\n".join(one.text for one in opened.hidden))
    assert set(secrets.places) - set(said) == {"eml:title", "eml:comment"}  # never words of the message
    assert [one.name for one in opened.parts] == ["annexe.pdf"]


def test_an_english_message_has_english_headers() -> None:
    assert "Date : October 2, 2024 10:00\nSubject : Bridge" in text_of(
        mail.opened(build.eml(Secrets(fixed=""), subject="Bridge"), lang="en")
    )


def test_a_message_of_outlook_and_the_one_inside_it() -> None:
    secrets = Secrets()
    inner = build_msg.message(secrets, subject="Dedans", body="Au fond.", attachments={"z.pdf": pdf()}, head=24)
    opened = outlook.opened(build_msg.msg(secrets, attachments={"a.pdf": pdf(), "Autre": inner}), lang="fr")
    assert "Date : 2 octobre 2024 12:00 (UTC)\nObjet : Réfection" in text_of(opened)
    assert [one.name for one in opened.parts] == ["a.pdf", "Autre.msg"]
    nested = mail.opened(opened.parts[1].data, lang="fr")
    assert "Objet : Dedans" in text_of(nested)
    assert [one.name for one in nested.parts] == ["z.pdf"]
    assert secrets.found_in(text_of(opened) + text_of(nested)) == []


def test_html_becomes_what_a_reader_sees() -> None:
    html = (
        "<style>p{}</style><p>Un&nbsp;mot <b>gras</b>.</p><ul><li>a<li>b</ul><blockquote><p>cité</p></blockquote>"
        "<table><tr><td>x</td><td>y</td></tr></table><div hidden>caché</div><script>f()</script><p>fin"
    )
    seen = shown(html)
    assert seen.lines == ("Un\xa0mot gras.", "", "• a", "• b", "", "> cité", "", "x\ty", "", "fin")
    assert seen.hidden == ("caché",)


def test_hostile_html_ends() -> None:
    assert shown("<div>" * 50_000 + "x" + "</div>" * 50_000).lines == ("x",)
    assert shown("<p style='" + "a" * 1_000_000 + "'>x").lines == ("x",)


def test_a_packed_body_is_unpacked() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )  # the example of [MS-OXRTFCP] 3.1.1
    assert outlook.unpacked(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_bodies_that_say_the_same_are_told_once() -> None:
    data = (
        b"From: a@x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nLe pont.\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>Le pont.\r\n--b--\r\n"
    )
    assert [one.kind for one in mail.opened(data, lang="fr").hidden if one.kind is Hidden.ALTERNATE_BODIES] == []
    assert Found(Hidden.MAIL_HEADERS, "MIME-Version: 1.0") in mail.opened(data, lang="fr").hidden


def test_threads_go_by_ids_then_by_subject() -> None:
    assert subject_of("RE: Tr : Re[2]: Réfection du pont") == "refection du pont"
    found = [
        Thread(("<1>",), "refection du pont"), None, Thread(("<2>", "<1>"), "autre chose"),
        Thread(("<3>",), "refection du pont"),
        Thread(("<4>",), "suivi"), Thread(("<5>",), "suivi"),
    ]  # fmt: skip
    assert groups(found) == ("t1", None, "t1", "t1", "t2", "t3")
