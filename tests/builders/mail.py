"""Messages with a secret in each place that their printed page does not show."""

from __future__ import annotations

from email.message import EmailMessage

from tests.builders.secrets import Secrets

HEADERS = {
    "From": "Ludivine Quetzal <l.quetzal@exemple.example>",
    "To": "Équipe des ponts <ponts@ministere.example>",
    "Date": "Wed, 02 Oct 2024 10:00:00 -0400",
}


def eml(
    s: Secrets,
    *,
    subject: str = "Réfection du pont Zyxwville",
    body: str = "Le pont a été construit en 1964.",
    attachments: dict[str, bytes] | None = None,
    message_id: str = "<1@exemple.example>",
    answers: str = "",
) -> bytes:
    """A message with two bodies; `attachments` by name."""
    message = EmailMessage()
    for name, value in {**HEADERS, "Subject": subject, "Message-ID": message_id}.items():
        message[name] = value
    if answers:
        message["In-Reply-To"] = answers
    message["X-Suivi"] = s.at("eml:header")
    message.set_content(f"{body}\n{s.at('eml:other body')}\n")
    message.add_alternative(
        f"<html><head><title>{s.at('eml:title')}</title></head><body><p>{body}</p>"
        f"<p style='display:none'>{s.at('eml:hidden element')}</p>"
        f"<span style='color:#ffffff'>{s.at('eml:white')}</span>"
        f"<!-- {s.at('eml:comment')} --><a href='https://x.example/{s.at('eml:link')}'>lien</a></body></html>",
        subtype="html",
    )
    for name, data in (attachments or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def nested(depth: int) -> bytes:
    """Messages in one another, the innermost with a line of text."""
    told = "From: a@x.example\r\nSubject: niveau {}\r\nDate: " + HEADERS["Date"] + "\r\nMIME-Version: 1.0\r\n"
    inner = told.format("fond") + "Content-Type: text/plain\r\n\r\nAu fond.\r\n"
    for level in range(depth):
        inner = (
            f'{told.format(level)}Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'
            f"Content-Type: text/plain\r\n\r\nVoir ci-joint.\r\n--b{level}\r\nContent-Type: message/rfc822; "
            f'name="m.eml"\r\n\r\n{inner}\r\n--b{level}--\r\n'
        )
    return inner.encode()
