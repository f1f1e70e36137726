"""Every French string of the screens, as the sources hold them: what the catalogue must translate."""

from __future__ import annotations

import ast
from pathlib import Path

from jinja2 import Environment, nodes

from web.failures import ADVICE, TITLES
from web.show.names import WORDS

WEB = Path(__file__).parents[2] / "web"
CALLS = {"_": 1, "say": 1, "plural": 2}  # how many of the first arguments are told
NAMED = {"told"}  # keyword arguments that are told later


def all_strings() -> set[str]:
    return {*of_templates(), *of_python(), *WORDS.values(), *TITLES.values(), *ADVICE.values()}


def of_templates() -> set[str]:
    found: set[str] = set()
    for path in sorted((WEB / "templates").glob("*.html")):
        tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in CALLS:
                told = call.args[: CALLS[call.node.name]]
                assert all(isinstance(one, nodes.Const) for one in told), f"{path.name}:{call.lineno}: not a constant"
                found |= {str(one.value) for one in told if isinstance(one, nodes.Const)}
    return found


def of_python() -> set[str]:
    found: set[str] = set()
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                told = [*node.args[: CALLS.get(name, 0)], *(one.value for one in node.keywords if one.arg in NAMED)]
                found |= {
                    one.value
                    for one in told
                    if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
                }
    return found
