"""Asks this server and Kea the same, and tells every difference in what they answer."""

import argparse
import collections
import pathlib
import shutil
import sys
import tempfile

import conversations
import explained
import network

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent


class Comparison:
    """Both servers, and the differences found so far."""

    def __init__(self, servers, verbose):
        self.servers, self.verbose = {server.label: server for server in servers}, verbose
        self.labels = [server.label for server in servers]
        self.xids = collections.Counter()
        self.packets, self.differences = 0, []

    def next_xid(self, label):
        self.xids[label] += 1
        return self.xids[label]

    def ask(self, client, packets):
        self.packets += 1
        replies = {label: self.servers[label].ask(payload, client.mac, xid, **way) for label, (payload, xid, way) in packets.items()}
        ours, theirs = (replies[label] for label in self.labels)
        sent = packets[self.labels[0]][0]
        kinds = {1: "DISCOVER", 2: "OFFER", 3: "REQUEST", 4: "DECLINE", 7: "RELEASE", 8: "INFORM"}
        kind = kinds.get(sent[242], f"type {sent[242]}") if sent[240] == 53 else "BOOTP"
        asked = [packets[label][0][12:16] for label in self.labels]
        for what, ours_says, theirs_says in differ(ours, theirs, [client.offered.get(label) for label in self.labels], asked):
            self.differences.append((client.name, client.step, kind, what, ours_says, theirs_says))
            if self.verbose:
                print(f"  {client.name} {client.step} {kind}: {what}: {ours_says} / {theirs_says}")
        return replies


def differ(ours, theirs, before, asked):
    """(what, ours, theirs) of each difference between two replies; addresses out of a pool may differ.

    before is what each server gave the client last, asked the ciaddr that each was sent.
    """
    if ours is None or theirs is None:
        if ours is not theirs:
            yield "answer", name(ours), name(theirs)
        return
    if ours.kind != theirs.kind:
        yield "answer", ours.kind, theirs.kind
        return
    for field in ("siaddr", "giaddr", "sname", "file", "flags", "source", "port"):
        if getattr(ours, field) != getattr(theirs, field):
            yield field, getattr(ours, field), getattr(theirs, field)
    echoes = ["the client's" if reply.octets[12:16] == sent else reply.ciaddr for reply, sent in zip((ours, theirs), asked)]
    if echoes[0] != echoes[1]:
        yield "ciaddr", *echoes
    meanings = [meaning(reply, offered) for reply, offered in zip((ours, theirs), before)]
    if meanings[0] != meanings[1]:
        yield "yiaddr", *meanings
    if (ours.destination == "255.255.255.255") != (theirs.destination == "255.255.255.255"):
        yield "destination", ours.destination, theirs.destination
    if (ours.link == network.BROADCAST) != (theirs.link == network.BROADCAST):
        yield "link", ours.link.hex(":"), theirs.link.hex(":")
    for code in sorted(ours.options.keys() | theirs.options.keys()):
        values = [reply.options.get(code) for reply in (ours, theirs)]
        if values[0] != values[1]:
            yield f"option {code}", *("absent" if value is None else value.hex(" ") or "empty" for value in values)
    shared = [[code for code in reply.order if code in ours.options and code in theirs.options] for reply in (ours, theirs)]
    if shared[0] != shared[1]:
        yield "order", *(" ".join(map(str, order)) for order in shared)


def name(reply):
    return "nothing" if reply is None else reply.kind


def meaning(reply, offered):
    """What kind of address it is: a pool's differs from server to server, a reserved one does not."""
    if reply.yiaddr.startswith("10.1.") or reply.yiaddr.split(".")[0] in ("198", "203"):
        return "the same as before" if reply.yiaddr == offered else "one of the pool"
    return reply.yiaddr


def main():
    parser = argparse.ArgumentParser(prog="bench/compare", description=__doc__)
    parser.add_argument("--generated", type=int, default=200, metavar="N", help="generated conversations (200)")
    parser.add_argument("--seed", type=int, default=1, help="the first of their seeds (1)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only conversations whose name contains the text")
    parser.add_argument("--all", action="store_true", help="also print the differences that docs/differences.md explains")
    parser.add_argument("--kea", default="/usr/sbin/kea-dhcp4")
    parser.add_argument("--leasehold", default=str(REPOSITORY / "leasehold"))
    arguments = parser.parse_args()

    talks = conversations.WRITTEN + [conversations.generated(arguments.seed + n) for n in range(arguments.generated)]
    talks = [talk for talk in talks if arguments.only in talk.__name__]
    directory = pathlib.Path(tempfile.mkdtemp(prefix="leasehold-compare-"))
    try:
        with (network.Served(1, "leasehold", [arguments.leasehold, "dhcp4"], directory / "leasehold") as ours,
              network.Served(2, "kea", [arguments.kea], directory / "kea") as theirs):
            ours.start(conversations.CONFIGURATION)
            theirs.start(conversations.CONFIGURATION | {"multi-threading": {"enable-multi-threading": False}})
            comparison = Comparison((ours, theirs), verbose=False)
            for number, talk in enumerate(talks):
                mac = bytes([2, 0, 0, 0x11, number >> 8, number & 255])
                talk(conversations.Client(comparison, talk.__name__.replace("_", " "), mac))
                if sys.stderr.isatty():
                    print(f"\r{number + 1} of {len(talks)} conversations", end="", file=sys.stderr)
            ours.stop()
            theirs.stop()
    finally:
        shutil.rmtree(directory)
    return report(comparison, len(talks), arguments.all)


def report(comparison, talks, everything):
    known, unknown = collections.defaultdict(list), []
    for difference in comparison.differences:
        identifier = explained.find(difference)
        if identifier:
            known[identifier].append(difference)
        else:
            unknown.append(difference)

    print(f"\n{talks} conversations, {comparison.packets} packets, {len(comparison.differences)} differences")
    for identifier, found in sorted(known.items()):
        print(f"{len(found):6} {identifier}: {explained.TITLES[identifier]}")
        if everything:
            for one in found[:5]:
                print("         ", *line(one))
    print(f"{len(unknown):6} not explained in docs/differences.md")
    for one in unknown[:1000]:
        print("         ", *line(one))
    return 1 if unknown else 0


def line(difference):
    talk, step, kind, what, ours, theirs = difference
    return f"{talk} step {step}, {kind}: {what}: leasehold {ours}; kea {theirs}",


if __name__ == "__main__":
    sys.exit(main())
