"""A server under test: its namespace, the client's beside it, and a socket that hears every reply."""

import ctypes
import json
import os
import pathlib
import select
import socket
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "dora.d"))
import message  # noqa: E402
import rig  # noqa: E402

rig.PREFIX = "lh-compare"
BROADCAST = b"\xff" * 6
FENCE_MAC = bytes.fromhex("02000000fe0c")
RELAYS = ("10.0.0.2", "198.51.100.1", "203.0.113.1")


class Namespaces(rig.Namespaces):
    """As the benchmark's, with a number of its own and the relays' addresses beside the client's."""

    def __init__(self, number):
        super().__init__()
        self.server, self.client = f"{rig.PREFIX}-{os.getpid()}-{number}s", f"{rig.PREFIX}-{os.getpid()}-{number}c"

    def __enter__(self):
        super().__enter__()
        for relay in RELAYS[1:]:
            rig.ip("-n", self.client, "address", "add", f"{relay}/32", "dev", "cli0")
            rig.ip("-n", self.server, "route", "add", f"{relay}/32", "dev", "srv0")

        # Every client's address answers ARP: replies to clients with an address are routed by the kernel.
        for network in ("10.1.0.0/16", "10.2.0.0/16", "10.5.0.0/16", "10.9.0.0/16", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"):
            rig.ip("-n", self.client, "route", "add", "local", network, "dev", "lo")
            if not network.startswith("10."):
                rig.ip("-n", self.server, "route", "add", network, "dev", "srv0")
        return self


class Served:
    """One server with its two namespaces. A context manager."""

    def __init__(self, number, label, command, directory):
        self.label, self.command, self.directory = label, command, pathlib.Path(directory)
        self.namespaces = Namespaces(number)
        self.fences = 0

    def __enter__(self):
        self.namespaces.__enter__()
        self.socket = self.open_socket()
        return self

    def __exit__(self, *_):
        self.namespaces.__exit__()

    def open_socket(self):
        here = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self.namespaces.client}", os.O_RDONLY)
        try:
            if rig.libc.setns(there, rig.CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
            opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
            opened.setsockopt(socket.SOL_SOCKET, 33, 1 << 22)  # SO_RCVBUFFORCE
            opened.bind(("cli0", 0x0800))
        finally:
            rig.libc.setns(here, rig.CLONE_NEWNET)
            os.close(here)
            os.close(there)
        return opened

    def start(self, configuration):
        """Starts the server with a Dhcp4 map; what it keeps is fresh."""
        self.directory.mkdir(parents=True)
        configuration = configuration | {
            "lease-database": {"type": "memfile", "name": str(self.directory / "leases.csv"), "lfc-interval": 0},
            "loggers": [{"name": "kea-dhcp4", "severity": "INFO", "output_options": [{"output": str(self.directory / "log")}]}],
        }
        file = self.directory / "dhcp4.json"
        file.write_text(json.dumps({"Dhcp4": configuration}, indent=2))
        names = ("DHCP_DATA_DIR", "PIDFILE_DIR", "LOCKFILE_DIR")
        environment = os.environ | {f"{brand}_{name}": str(self.directory) for brand in ("KEA", "LEASEHOLD") for name in names}
        with open(self.directory / "output", "wb") as output:
            self.process = self.namespaces.start(
                self.namespaces.server, [*self.command, "-c", str(file)], stdout=output, stderr=output, env=environment, cwd=self.directory)
        for _ in range(600):
            if self.process.poll() is not None:
                break
            if self.fence(timeout=0.1):
                return
        raise SystemExit(f"{self.label} does not serve:\n{self.tail()}")

    def stop(self):
        rig.stop(self.process)

    def tail(self):
        files = (self.directory / "output", self.directory / "log")
        return "\n".join("".join(f.read_text(errors="replace") for f in files if f.exists()).splitlines()[-12:])

    def fence(self, timeout=20.0):
        """Asks something that is always answered, and waits for the answer: everything before it has been decided by then."""
        self.fences += 1
        xid = 0xFE000000 + self.fences
        inform = message.build(8, FENCE_MAC, xid, ciaddr="10.0.0.2", flags=0x8000)
        self.send(inform, FENCE_MAC, source="10.0.0.2", destination="255.255.255.255")
        return self.receive(xid, xid, timeout)[1]

    def send(self, payload, mac, *, source, destination, source_port=68):
        self.socket.send(message.frame(payload, mac, to_mac=BROADCAST, source=source, destination=destination, source_port=source_port))

    def receive(self, wanted, until, timeout):
        """Replies with the wanted xid, up to the reply with the last xid; and whether that came."""
        found, end = [], time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.socket], [], [], left)[0]:
                break
            octets = self.socket.recv(4096)
            if not message.is_reply(octets):
                continue
            reply = message.Reply(octets)
            if reply.xid == wanted:
                found.append(reply)
            if reply.xid == until:
                return found, True
        return found, False

    def ask(self, payload, mac, xid, **way):
        """Sends a packet; the first reply to it, or None when the server says nothing."""
        self.send(payload, mac, **way)
        self.fences += 1
        until = 0xFE000000 + self.fences
        inform = message.build(8, FENCE_MAC, until, ciaddr="10.0.0.2", flags=0x8000)
        self.send(inform, FENCE_MAC, source="10.0.0.2", destination="255.255.255.255")
        replies, passed = self.receive(xid, until, timeout=20)
        if not passed:
            raise SystemExit(f"{self.label} stopped answering:\n{self.tail()}")
        return replies[0] if replies else None
