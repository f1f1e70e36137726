"""Search over the documents of a request, blind to accents and case. Expressions run in a child with a time limit."""

from __future__ import annotations

import json
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from redactor.errors import BadDecision, Tampered
from redactor.sandbox import Sandbox
from redactor.settings import Limits
from redactor.store.acts import seen_of
from redactor.store.codec import PageText, decode_page
from redactor.store.guard import reader
from redactor.store.pages import rectangle
from redactor.store.tables import DocumentRow, PageRow
from redactor.store.values import Hit
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.store.blobs import Blobs
    from redactor.store.database import Store
    from redactor.store.values import Actor

REGEX_SECONDS = 5.0  # an expression that takes longer is refused
LONGEST = 500  # characters of what is searched
KEPT = 2  # requests whose texts stay in memory: somebody who searches searches again
AROUND = 60  # characters of context on each side
_BLANKS = re.compile(r"\s+")

Found = tuple[str, int, int]  # document, start, end


def pack_texts(texts: Mapping[str, str]) -> bytes:
    """Folded texts by document, as they lie in a blob."""
    return zlib.compress(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode(), 1)


@lru_cache(maxsize=KEPT)
def _texts(blobs: Blobs, address: str) -> Mapping[str, str]:
    """An address stands for its bytes: they never change."""
    try:
        found: dict[str, str] = json.loads(zlib.decompress(blobs.get(address)))
    except (zlib.error, ValueError):
        raise Tampered(kind="texts") from None
    return found


def search(
    store: Store, actor: Actor, request: str, *, text: str, document: str | None = None, regex: bool = False,
    limit: int = 200,
) -> tuple[Hit, ...]:  # fmt: skip
    """Places where `text` stands, in the order of documents, `limit` at most; documents not analysed are left out.

    Raises Forbidden, NotFound, BadDecision (nothing to search, no expression), TimedOut.
    """
    reader(actor)
    if not text.strip() or len(text) > LONGEST:
        raise BadDecision(problem="nothing to search, or too long")
    with store.reading() as session:
        row = seen_of(session, request)
        order = list(
            session.scalars(
                select(DocumentRow.id)
                .where(DocumentRow.request == request, DocumentRow.state == "joined")
                .order_by(DocumentRow.position)
            )
        )
        if row.texts is None:
            return ()
        known = _texts(store.blobs, row.texts)
        wanted = {one: known[one] for one in order if one in known and document in {None, one}}
        found = _expression(wanted, text, limit) if regex else _plain(wanted, text, limit)
        return tuple(_hits(store, session, found))


def _plain(texts: Mapping[str, str], text: str, limit: int) -> list[Found]:
    pieces = _BLANKS.split(fold(text.strip()))
    pattern = re.compile(r"\s{1,4}".join(re.escape(one) for one in pieces))
    return _matches(texts, pattern, limit)


def _matches(texts: Mapping[str, str], pattern: re.Pattern[str], limit: int) -> list[Found]:
    found: list[Found] = []
    for document, folded in texts.items():
        for match in pattern.finditer(folded):
            if match.start() < match.end():
                found.append((document, match.start(), match.end()))
            if len(found) >= limit:
                return found
    return found


def _expression(texts: Mapping[str, str], text: str, limit: int) -> list[Found]:
    """Runs in a child: an expression may take for ever."""
    plain = "".join(char if char.isascii() else fold(char) for char in text)
    try:
        re.compile(plain)
    except (re.error, RecursionError, OverflowError):
        raise BadDecision(problem="not a regular expression") from None
    with Sandbox(limits=Limits(seconds=REGEX_SECONDS)) as sandbox:
        return sandbox.call(find_expression, b"", texts=dict(texts), pattern=plain, limit=limit)


def find_expression(data: bytes, *, texts: Mapping[str, str], pattern: str, limit: int) -> list[Found]:
    """The task of the child. The texts come as an option: the time must not grow with their size."""
    del data
    return _matches(texts, re.compile(pattern, re.IGNORECASE), limit)


def _hits(store: Store, session: Session, found: Sequence[Found]) -> Iterator[Hit]:
    """Hits with their pages and words; a page is opened once."""
    opened: dict[tuple[str, int], PageText] = {}
    files: dict[str, str] = {}
    runs: dict[str, Sequence[tuple[int, Sequence[Sequence[int]], str]]] = {}
    for document, start, end in found:
        if document not in runs:
            runs[document] = session.execute(
                select(PageRow.index, PageRow.runs, PageRow.blob).where(PageRow.document == document)
            ).tuples().all()  # fmt: skip
            files[document] = session.scalar(select(DocumentRow.file).where(DocumentRow.id == document)) or ""
        page = _page_of(runs[document], start)
        if page is None:
            continue
        index, blob = page
        if (document, index) not in opened:
            opened[document, index] = decode_page(store.blobs.get(blob))
        yield _hit(opened[document, index], document, files[document], start, end)


def _page_of(runs: Iterable[tuple[int, Sequence[Sequence[int]], str]], start: int) -> tuple[int, str] | None:
    return next(((index, blob) for index, held, blob in runs if any(low <= start < high for low, high in held)), None)


def _hit(page: PageText, document: str, file: str, start: int, end: int) -> Hit:
    at, words = next(run for run in page.runs if run[0] <= start < run[0] + len(run[1]))
    low, high = start - at, min(end - at, len(words))
    return Hit(
        document, file, page.index, start, end, tuple(rectangle(box) for box in page.boxes_of(start, end)),
        words[max(low - AROUND, 0) : low], words[low:high], words[high : high + AROUND],
    )  # fmt: skip
