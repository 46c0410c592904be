"""The servers that are compared: how each is configured and started."""

import json
import os
import pathlib
import subprocess
import time

from families import DHCP4, POOL4_BITS, POOL4_FIRST

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
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
        family = self.arguments.family
        configuration = family.configuration(self.arguments) | {
            "lease-database": {"type": "memfile", "persist": True, "lfc-interval": 0,
                               "name": str(self.directory / "leases.csv")} | self.database,
            "valid-lifetime": 3600,
            "loggers": [{
                "name": f"kea-{family.service}",
                "severity": LOG_SEVERITY,
                "output_options": [{"output": str(self.directory / "log")}],
            }],
        } | self.extra
        self.configuration.write_text(json.dumps({family.root: configuration}, indent=2))

    @property
    def configuration(self):
        """The configuration file."""
        return self.directory / f"{self.arguments.family.service}.json"

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
    durable = "fdatasync before every lease is given"

    def command(self):
        return [self.arguments.leasehold, self.arguments.family.service, "-c", str(self.configuration)]


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
        return [self.arguments.kea, "-c", str(self.configuration)]


class KeaMulti(KeaSingle):
    label = f"kea, {os.cpu_count()} threads"
    extra = {"multi-threading": {"enable-multi-threading": True, "thread-pool-size": os.cpu_count()}}


class Floor(Server):
    """DHCPv4 only: what answers without logic, from a template."""

    label = "floor"
    durable = "keeps nothing"

    def prepare(self):
        super().prepare()
        subprocess.run(["gcc", "-O2", "-Wall", "-o", str(self.directory / "reflector"),
                        str(REPOSITORY / "bench/floor/reflector.c")], check=True)

    def command(self):
        return [str(self.directory / "reflector"), "srv0", DHCP4.server_address, POOL4_FIRST, str(POOL4_BITS)]


SERVERS = {"leasehold": Leasehold, "kea": KeaSingle, "kea-mt": KeaMulti, "floor": Floor,
           "leasehold-batch": LeaseholdBatch, "leasehold-none": LeaseholdNone}
