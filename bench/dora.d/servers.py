"""The servers that are compared: how each is configured and started."""

import json
import os
import pathlib
import subprocess
import time

import rig

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
POOL_FIRST = "10.16.0.0"
POOL_BITS = 20
POOL = "10.16.0.0 - 10.31.255.255"
LOG_SEVERITY = "WARN"


class StartFailed(Exception):
    """A server that ended, or stayed silent, before it served."""


class Server:
    """One server of the comparison. `directory` holds all its files and is fresh for every start."""

    label = ""
    durable = ""

    def __init__(self, directory, arguments):
        self.directory = pathlib.Path(directory)
        self.arguments = arguments

    def command(self):
        raise NotImplementedError

    def environment(self):
        return os.environ

    def prepare(self):
        self.directory.mkdir(parents=True)

    def start(self, namespaces):
        """Starts the server; returns its process and the CLOCK_MONOTONIC time just before, in nanoseconds."""
        command = self.command()
        with open(self.directory / "output", "wb") as output:
            started = time.monotonic_ns()
            process = namespaces.start(namespaces.server, command, stdout=output, stderr=subprocess.STDOUT,
                                       stdin=subprocess.DEVNULL, env=self.environment(), cwd=self.directory)
        return process, started

    def tail(self):
        """The last lines that the server wrote, for a person to see why it failed."""
        text = "".join(path.read_text(errors="replace") for path in (self.directory / "output", self.directory / "log")
                       if path.exists())
        return "\n".join(text.splitlines()[-12:])

    def leases(self):
        return None


class DhcpServer(Server):
    """Leasehold or Kea: the same configuration text, apart from what one of them alone knows."""

    extra = {}
    database = {}

    def prepare(self):
        super().prepare()
        configuration = {
            "interfaces-config": {"interfaces": ["srv0"], "dhcp-socket-type": self.arguments.sockets},
            "lease-database": {"type": "memfile", "persist": True, "lfc-interval": 0,
                               "name": str(self.directory / "leases.csv")} | self.database,
            "valid-lifetime": 3600,
            "subnet4": [{
                "id": 1,
                "subnet": "10.0.0.0/8",
                "pools": [{"pool": POOL}],
                "option-data": [{"name": "routers", "data": rig.SERVER_ADDRESS}],
            }],
            "loggers": [{
                "name": "kea-dhcp4",
                "severity": LOG_SEVERITY,
                "output_options": [{"output": str(self.directory / "log")}],
            }],
        } | self.extra
        (self.directory / "dhcp4.json").write_text(json.dumps({"Dhcp4": configuration}, indent=2))

    def environment(self):
        place = str(self.directory)
        names = ("DHCP_DATA_DIR", "PIDFILE_DIR", "LOCKFILE_DIR")
        return os.environ | {f"{brand}_{name}": place for brand in ("KEA", "LEASEHOLD") for name in names}

    def leases(self):
        """Lines of the lease file, its heading not counted."""
        with open(self.directory / "leases.csv", "rb") as file:
            return sum(1 for _ in file) - 1


class Leasehold(DhcpServer):
    label = "leasehold"
    durable = "fdatasync before every ACK"

    def command(self):
        return [self.arguments.leasehold, "dhcp4", "-c", str(self.directory / "dhcp4.json")]


class LeaseholdBatch(Leasehold):
    label = "leasehold, batch-ms 1"
    database = {"durability": {"batch-ms": 1}}


class LeaseholdNone(Leasehold):
    label = "leasehold, none"
    durable = "write, no sync"
    database = {"durability": "none"}


class KeaSingle(DhcpServer):
    label = "kea, 1 thread"
    durable = "write, no sync"
    extra = {"multi-threading": {"enable-multi-threading": False}}

    def command(self):
        return [self.arguments.kea, "-c", str(self.directory / "dhcp4.json")]


class KeaMulti(KeaSingle):
    label = f"kea, {os.cpu_count()} threads"
    extra = {"multi-threading": {"enable-multi-threading": True, "thread-pool-size": os.cpu_count()}}


class Floor(Server):
    label = "floor"
    durable = "keeps nothing"

    def prepare(self):
        super().prepare()
        subprocess.run(["gcc", "-O2", "-Wall", "-o", str(self.directory / "reflector"),
                        str(REPOSITORY / "bench/floor/reflector.c")], check=True)

    def command(self):
        return [str(self.directory / "reflector"), "srv0", rig.SERVER_ADDRESS, POOL_FIRST, str(POOL_BITS)]


SERVERS = {"leasehold": Leasehold, "kea": KeaSingle, "kea-mt": KeaMulti, "floor": Floor,
           "leasehold-batch": LeaseholdBatch, "leasehold-none": LeaseholdNone}
COMPARED = ("leasehold", "kea", "kea-mt", "floor")
