"""Signed, encrypted and packed messages: what was signed is read, what is encrypted is refused by its name."""

from __future__ import annotations

import base64
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache

import pymupdf
import pytest
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import DamagedFile, EmptyArchive, EncryptedMessage, InputError, TooDeep
from redactor.intake import mail, signed, tnef
from redactor.intake.hidden import Hidden
from redactor.intake.opened import Opened
from redactor.intake.opening import open_file
from redactor.intake.sniff import Format, format_of
from tests.builders import packed, pdf

BODY = "Le pont Zyxwville a été construit en 1964."
HEAD = {"From": "a@b.example", "To": "c@d.example", "Subject": "Pont", "Date": "Mon, 4 Mar 2024 10:00:00 -0500"}


@cache
def inner() -> bytes:
    whole = MIMEMultipart()
    whole.attach(MIMEText(BODY, "plain", "utf-8"))
    whole.attach(MIMEApplication(pdf(), Name="annexe.pdf"))
    return whole.as_bytes()


@cache
def opaque() -> bytes:
    return packed.signed(inner())


def words(opened: Opened) -> str:
    with pymupdf.open(stream=opened.pdf, filetype="pdf") as doc:
        return " ".join("\n".join(page.get_text() for page in doc).split())


def wrapped(data: bytes, kind: str) -> bytes:
    part = MIMEApplication(data, kind, name="smime.p7m")
    for key, value in HEAD.items():
        part[key] = value
    return part.as_bytes()


@pytest.mark.parametrize("kind", ["pkcs7-mime", "x-pkcs7-mime"])
def test_what_a_message_signs_is_read_in_its_place(kind: str) -> None:
    opened = mail.opened(wrapped(opaque(), kind), lang="fr")
    assert BODY in words(opened)
    assert [one.name for one in opened.parts] == ["annexe.pdf"]
    assert [one.kind for one in opened.hidden if one.kind is Hidden.SIGNATURES] == [Hidden.SIGNATURES]


def test_a_signature_beside_the_text_is_told_and_is_no_document() -> None:
    whole = MIMEMultipart("signed")
    for key, value in HEAD.items():
        whole[key] = value
    whole.attach(MIMEText(BODY, "plain", "utf-8"))
    whole.attach(MIMEApplication(b"0\x82", "pkcs7-signature", name="smime.p7s"))
    opened = mail.opened(whole.as_bytes(), lang="fr")
    assert BODY in words(opened)
    assert opened.parts == ()
    assert Hidden.SIGNATURES in {one.kind for one in opened.hidden}


def test_an_encrypted_message_is_refused_by_its_name() -> None:
    closed = packed.encrypted(b"x")
    with pytest.raises(EncryptedMessage):
        mail.opened(wrapped(closed, "pkcs7-mime"), lang="fr")
    with pytest.raises(EncryptedMessage):
        signed.opened(closed)
    whole = MIMEMultipart("encrypted", _subparts=[MIMEApplication(b"Version: 1", "pgp-encrypted")])
    whole["From"], whole["Date"] = HEAD["From"], HEAD["Date"]
    with pytest.raises(EncryptedMessage):
        mail.opened(whole.as_bytes(), lang="fr")
    for head in (b"-----BEGIN PGP MESSAGE-----\n\nhQ", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86rest"):
        with pytest.raises(EncryptedMessage):
            format_of(head)


def test_a_signed_file_alone_gives_its_content() -> None:
    letters = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(opaque()) + b"-----END PKCS7-----\n"
    for data in (opaque(), letters, packed.in_pieces(inner())):
        assert format_of(data) is Format.P7M
        (part,) = open_file(data, soffice=None, scratch="", seconds=1.0, choice="drop", lang="fr").parts
        assert part.data == inner()
    assert format_of(inner()) is Format.EML
    assert signed.content_of(packed.signed(opaque())) == opaque()


def test_a_signature_alone_holds_no_document() -> None:
    with pytest.raises(EmptyArchive):
        signed.opened(packed.signed(b"x", pkcs7.PKCS7Options.DetachedSignature))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2_000), st.binary(max_size=4))
def test_a_damaged_signed_file_ends_with_a_named_error_or_bytes(at: int, junk: bytes) -> None:
    data = opaque()[:at] + junk + opaque()[at + len(junk) :]
    for one in (data, data[:at], b"\x30\x80" * at + junk):
        try:
            assert isinstance(signed.content_of(one), bytes)
        except InputError:
            continue


def test_what_outlook_packs_comes_out_as_message_and_attachments() -> None:
    nested = packed.tnef(subject="Réponse", body="Les travaux de 2019 ont pris fin.")
    sheet = pdf()
    data = packed.tnef(subject="Pont", body=BODY, attachments={"annexe.pdf": sheet, "Réponse": nested})
    assert format_of(data) is Format.TNEF
    opened = tnef.opened(data, lang="fr")
    assert BODY in words(opened)
    assert [one.name for one in opened.parts] == ["annexe.pdf", "Réponse.eml"]
    assert opened.parts[0].data == sheet
    assert "Les travaux de 2019" in words(mail.opened(opened.parts[1].data, lang="fr"))


def test_a_pack_without_words_is_a_folder_of_its_attachments() -> None:
    opened = tnef.opened(packed.tnef(attachments={"a.txt": b"x"}), lang="fr")
    assert (opened.pdf, [one.name for one in opened.parts]) == (None, ["a.txt"])


def test_messages_packed_in_one_another_end_at_a_depth() -> None:
    data = packed.tnef(body="x")
    for _ in range(20):
        data = packed.tnef(attachments={"m": data})
    with pytest.raises(TooDeep):
        tnef.opened(data, lang="fr")


@settings(deadline=None, max_examples=40)
@given(st.integers(6, 400), st.binary(min_size=1, max_size=6))
def test_a_damaged_pack_ends_with_a_named_error_or_a_message(at: int, junk: bytes) -> None:
    whole = packed.tnef(subject="Pont", body=BODY, attachments={"a.txt": b"x" * 50})
    for data in (whole[:at] + junk + whole[at + len(junk) :], whole[:at]):
        try:
            assert tnef.opened(data, lang="fr").format is Format.TNEF
        except InputError:
            continue
    with pytest.raises(DamagedFile):
        tnef.opened(whole[:40] + b"\xff" * 8, lang="fr")
