"""Two network namespaces joined by a veth pair, and processes inside them that cannot outlive the run."""

import ctypes
import os
import re
import signal
import subprocess

PREFIX = "lh-dora"
SERVER_ADDRESS = "10.0.0.1"
CLIENT_ADDRESS = "10.0.0.2"
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1

libc = ctypes.CDLL(None, use_errno=True)


class Namespaces:
    """The server's and the client's namespace. A context manager: what it makes it removes, and so are its processes."""

    def __init__(self, niceness=0):
        self.niceness = niceness
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
                (self.server, "srv0", SERVER_ADDRESS),
                (self.client, "cli0", CLIENT_ADDRESS),
            ):
                ip("-n", name, "address", "add", f"{address}/8", "dev", link)
                ip("-n", name, "link", "set", "lo", "up")
                ip("-n", name, "link", "set", link, "up")
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
    process = namespaces.start(namespace, ["cat", "/proc/self/net/snmp"], stdout=subprocess.PIPE, text=True)
    names, values = [line.split() for line in process.communicate()[0].splitlines() if line.startswith("Udp:")]
    return int(values[names.index("RcvbufErrors")])


def put_before_others(niceness):
    """Sets this process's niceness, and that of its session where the kernel schedules by sessions (autogroup)."""
    os.nice(niceness)
    os.setsid()
    if os.path.exists("/proc/self/autogroup"):
        with open("/proc/self/autogroup", "w", encoding="ascii") as file:
            file.write(str(niceness))


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
