"""Messages as mailers wrap them: signed or encrypted (CMS), packed by Outlook for others (TNEF)."""

from __future__ import annotations

import datetime as dt
import struct
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7

DER = serialization.Encoding.DER
DAY = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


@cache
def _identity() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ada Fictive")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, DAY, DAY + dt.timedelta(days=9))
    return key, made.sign(key, hashes.SHA256())


def signed(content: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    """`content` signed, as a file of CMS."""
    key, certificate = _identity()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(DER, [pkcs7.PKCS7Options.Binary, *options])


def encrypted(content: bytes) -> bytes:
    """`content` encrypted, as a file of CMS."""
    _, certificate = _identity()
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate)
    return builder.encrypt(DER, [pkcs7.PKCS7Options.Binary])


def in_pieces(content: bytes) -> bytes:
    """`content` as large mailers write what they sign: lengths unknown beforehand, the content cut in pieces."""
    octets = b"".join(_tagged(0x04, content[at : at + 100]) for at in range(0, len(content), 100))
    inner = _open(0x30, _oid("2a864886f70d010701") + _open(0xA0, _open(0x24, octets)))
    held = _open(0x30, _tagged(0x02, b"\x01") + _tagged(0x31, b"") + inner + _tagged(0x31, b""))
    return _open(0x30, _oid("2a864886f70d010702") + _open(0xA0, held))


def _oid(code: str) -> bytes:
    return _tagged(0x06, bytes.fromhex(code))


def _tagged(tag: int, content: bytes) -> bytes:
    return bytes((tag, len(content))) + content


def _open(tag: int, content: bytes) -> bytes:
    return bytes((tag, 0x80)) + content + b"\x00\x00"


def tnef(*, subject: str = "", body: str = "", attachments: dict[str, bytes] | None = None) -> bytes:
    """A `winmail.dat`; an attachment whose bytes are a TNEF too is a message attached to it."""
    parts = [_attribute(1, 0x00089006, struct.pack("<I", 0x10000))]
    listed = [(0x0037001F, _wide(subject))] if subject else []
    listed += [(0x1000001F, _wide(body))] if body else []
    parts += [_attribute(1, 0x00069003, _properties(listed))] if listed else []
    for name, data in (attachments or {}).items():
        parts.append(_attribute(2, 0x00069002, bytes(14)))
        is_message = data.startswith(struct.pack("<I", 0x223E9F78))
        parts += [] if is_message else [_attribute(2, 0x0006800F, data)]
        inner = [(0x3701000D, bytes(16) + data)] if is_message else []
        parts.append(_attribute(2, 0x00069005, _properties([(0x3707001F, _wide(name)), *inner])))
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(parts)


def _attribute(level: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def _properties(listed: list[tuple[int, bytes]]) -> bytes:
    told = struct.pack("<I", len(listed))
    for tag, value in listed:
        told += struct.pack("<HHII", tag & 0xFFFF, tag >> 16, 1, len(value)) + value + bytes(-len(value) % 4)
    return told


def _wide(text: str) -> bytes:
    return (text + "\x00").encode("utf-16-le")
