"""Two network namespaces joined by a veth pair, and processes inside them that cannot outlive the run."""

import ctypes
import os
import re
import signal
import subprocess
import time

from families import DHCP4

PREFIX = "lh-dora"
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1

libc = ctypes.CDLL(None, use_errno=True)


class Namespaces:
    """The server's and the client's namespace. A context manager: what it makes it removes, and so are its processes."""

    def __init__(self, niceness=0, family=DHCP4):
        self.niceness = niceness
        self.family = family
        self.server = f"{PREFIX}-{os.getpid()}-s"
        self.client = f"{PREFIX}-{os.getpid()}-c"
        self.processes = []

    def __enter__(self):
        remove_leftovers()
        try:
            for name in (self.server, self.client):
                ip("netns", "add", name)
            ip("-n", self.server, "link", "add", "srv0", "type", "veth", "peer", "name", "cli0", "netns", self.client)
            for name, link, address in (
                (self.server, "srv0", self.family.server_address),
                (self.client, "cli0", self.family.client_address),
            ):
                for arguments in self.family.addresses(address):
                    ip("-n", name, *arguments, "dev", link)
                ip("-n", name, "link", "set", "lo", "up")
                ip("-n", name, "link", "set", link, "up")
            if self.family.awaited_route:
                for name in (self.server, self.client):
                    await_route(name, self.family.awaited_route)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.processes:
            stop(process, grace=1)
        for name in (self.server, self.client):
            if os.path.exists(f"/run/netns/{name}"):
                subprocess.run(["ip", "netns", "delete", name], check=False)

    def start(self, namespace, command, **options):
        """Starts a command inside a namespace. The kernel ends it when this program ends, however that happens."""
        handle = os.open(f"/run/netns/{namespace}", os.O_RDONLY)

        def enter():
            if libc.setns(handle, CLONE_NEWNET) != 0:
                os._exit(126)
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if self.niceness != 0:
                put_before_others(self.niceness)

        try:
            process = subprocess.Popen(command, preexec_fn=enter, **options)
        finally:
            os.close(handle)
        self.processes.append(process)
        return process


def receive_overflows(namespaces, namespace):
    """UDP datagrams that found a socket's receive buffer full in a namespace, since it was made."""
    file, read = namespaces.family.overflows()
    process = namespaces.start(namespace, ["cat", file], stdout=subprocess.PIPE, text=True)
    return read(process.communicate()[0])


def put_before_others(niceness):
    """Sets this process's niceness, and that of its session where the kernel schedules by sessions (autogroup)."""
    os.nice(niceness)
    os.setsid()
    if os.path.exists("/proc/self/autogroup"):
        with open("/proc/self/autogroup", "w", encoding="ascii") as file:
            file.write(str(niceness))


def await_route(namespace, route):
    """Returns when a namespace has an IPv6 route in its table "local"."""
    deadline = time.monotonic() + 10
    while not subprocess.run(["ip", "-n", namespace, "-6", "route", "show", "table", "local", route],
                             capture_output=True, text=True, check=True).stdout.strip():
        if time.monotonic() > deadline:
            raise RuntimeError(f"no route {route} in {namespace} after ten seconds")
        time.sleep(0.02)


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


def remove_leftovers():
    """Removes namespaces of earlier runs that were killed too hard to do it themselves."""
    if not os.path.isdir("/run/netns"):
        return
    for name in os.listdir("/run/netns"):
        match = re.fullmatch(rf"{PREFIX}-(\d+)-[sc]", name)
        if match and not os.path.exists(f"/proc/{match[1]}"):
            subprocess.run(["ip", "netns", "delete", name], check=False)


def stop(process, grace=10):
    """SIGTERM, then SIGKILL after the grace period in seconds. Only ever to a process started here."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cpu_seconds(pid):
    """User and system time of all threads of a process, in seconds."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
