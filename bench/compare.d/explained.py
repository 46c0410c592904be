"""The differences that docs/differences.md explains: which each of its headings covers."""

import pathlib
import re

DOCUMENT = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "differences.md"
TITLES = dict(re.findall(r"^### ([a-z0-9-]+): (.+)$", DOCUMENT.read_text(), re.MULTILINE)) if DOCUMENT.exists() else {}

# identifier -> does it cover this difference: talk, step, kind of what was sent, what differs, ours, theirs
RULES = {
}


def find(difference):
    """The heading that explains a difference; None when none does."""
    return next((identifier for identifier, covers in RULES.items() if identifier in TITLES and covers(*difference)), None)
