"""Says in one sentence what is wrong with this Python, before pip says anything. Runs on any Python."""

import sys

MIN, BELOW = (3, 11), (3, 15)


def main():  # noqa: ANN201  runs on any Python
    found = ".".join(str(part) for part in sys.version_info[:2])
    if not MIN <= sys.version_info[:2] < BELOW:
        sys.exit("Redactor needs Python 3.11 to 3.14; this is Python " + found + ". Try: make PYTHON=python3.12 demo")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit("This Python has no venv module. On Debian: apt-get install python3-venv")


main()
