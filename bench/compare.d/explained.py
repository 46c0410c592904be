"""The differences that docs/differences.md explains: which each of its headings covers."""

import pathlib
import re

DOCUMENT = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "differences.md"
TITLES = dict(re.findall(r"^### ([a-z0-9-]+): (.+)$", DOCUMENT.read_text(), re.MULTILINE))


def is_link_broadcast(what, ours):
    return what == "link" and ours == "ff:ff:ff:ff:ff:ff"


# identifier -> does it cover this difference: talk, step, kind of what was sent, what differs, ours, theirs
RULES = {
    "order-of-options": lambda talk, step, kind, what, ours, theirs: what == "order",
    "link-address-of-other-hardware": lambda talk, step, kind, what, ours, theirs:
        talk in ("other hardware type", "long hardware address", "no hardware address") and (
            is_link_broadcast(what, ours) or what == "destination" and ours == "255.255.255.255"),
    "nak-for-a-wrong-address": lambda talk, step, kind, what, ours, theirs:
        kind == "REQUEST" and what == "answer" and (ours, theirs) == ("NAK", "nothing"),
    "nak-says-why": lambda talk, step, kind, what, ours, theirs: what == "option 56" and theirs == "absent",
    "nak-through-a-relay": lambda talk, step, kind, what, ours, theirs: what == "flags" and (ours, theirs) == (0x8000, 0),
    "nak-by-broadcast": lambda talk, step, kind, what, ours, theirs:
        kind == "REQUEST" and what == "destination" and ours == "255.255.255.255",
    "broadcast-flag-on-the-link": lambda talk, step, kind, what, ours, theirs: is_link_broadcast(what, ours),
    "renewal-with-server-identifier": lambda talk, step, kind, what, ours, theirs:
        talk == "renews both ways" and step >= 5 and what == "answer" and ours == "nothing",
    "not-a-client-state": lambda talk, step, kind, what, ours, theirs:
        talk == "nothing requested" and what == "answer" and (ours, theirs) == ("nothing", "ACK"),
    "silence-for-others-clients": lambda talk, step, kind, what, ours, theirs:
        kind == "REQUEST" and what == "answer" and ours == "nothing" and theirs in ("ACK", "NAK"),
    "not-a-request": lambda talk, step, kind, what, ours, theirs: talk == "reply sent to server" and ours == "nothing",
    "server-identifier-override": lambda talk, step, kind, what, ours, theirs: talk == "server override" and what == "option 54",
    "result-codes-in-option-81": lambda talk, step, kind, what, ours, theirs:
        what == "option 81" and ours[2:8] == " ff ff" and theirs[2:8] == " 00 00" and ours[:2] + ours[8:] == theirs[:2] + theirs[8:],
    "number-that-comes-twice": lambda talk, step, kind, what, ours, theirs:
        talk.startswith("generated") and what in ("option 51", "option 58", "option 59"),
    "text-that-comes-twice": lambda talk, step, kind, what, ours, theirs:
        talk.startswith("generated") and what == "option 12" and theirs == "absent",
    "subnet-mask-in-inform": lambda talk, step, kind, what, ours, theirs: kind == "INFORM" and what == "option 1" and theirs == "absent",
    "inform-through-a-relay": lambda talk, step, kind, what, ours, theirs: kind == "INFORM" and what in ("port", "giaddr"),
    "offered-address-is-kept": lambda talk, step, kind, what, ours, theirs: what == "yiaddr" and ours == "the same as before",
    "own-history": lambda talk, step, kind, what, ours, theirs:
        what == "yiaddr" and theirs == "the same as before" or talk.startswith("generated") and what in ("yiaddr", "answer") and kind == "REQUEST",
    "names-that-are-asked-for": lambda talk, step, kind, what, ours, theirs: what == "option 12" and ours == "absent",
    "short-client-identifier": lambda talk, step, kind, what, ours, theirs: talk == "short client id" and theirs == "nothing",
    "wish-for-no-time": lambda talk, step, kind, what, ours, theirs:
        talk in ("lifetime wishes",) and step == 1 and what in ("option 51", "option 58", "option 59"),
}


def find(difference):
    """The heading that explains a difference; None when none does."""
    return next((identifier for identifier, covers in RULES.items() if identifier in TITLES and covers(*difference)), None)
