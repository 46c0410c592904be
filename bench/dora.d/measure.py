"""Measures the exchanges of each server in turn, and prints the figures and their ratios."""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import rig
from families import FAMILIES
from servers import LOG_SEVERITY, REPOSITORY, SERVERS, StartFailed

HERE = pathlib.Path(__file__).resolve().parent


def main():
    arguments = parse_arguments()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda caught, _: sys.exit(128 + caught))
    directory = tempfile.mkdtemp(prefix="leasehold-dora-", dir=arguments.dir)
    try:
        return compare(arguments, pathlib.Path(directory))
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def parse_arguments():
    # bench/sarr passes "--family 6" first; whatever else there is differs little.
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--family", choices=FAMILIES, default="4")
    chosen, others = parser.parse_known_args()
    family = FAMILIES[chosen.family]
    names = [name for name in SERVERS if name != "floor" or "floor" in family.compared]
    parser = argparse.ArgumentParser(prog=family.command, description=__doc__, epilog=f"example: {family.command} --rates 8000 --servers leasehold,kea")
    parser.add_argument("--servers", default=",".join(family.compared), help=f"which to measure, of {','.join(names)} (default %(default)s)")
    parser.add_argument("--rates", default="8000,16000", help="exchanges a second (default %(default)s)")
    parser.add_argument("--seconds", type=int, default=10, help="length of each measurement (default %(default)s)")
    parser.add_argument("--warm-up", type=int, default=3, help="seconds of load before, not counted (default %(default)s)")
    parser.add_argument("--starts", type=int, default=5, help="starts for the first answer (default %(default)s; 0: skip)")
    parser.add_argument("--clients", type=int, default=1_000_000, help="different clients in the load (default %(default)s)")
    if family is FAMILIES["6"]:
        parser.add_argument("--leases", choices=("address-only", "prefix-only", "address-and-prefix"), default="address-only",
                            help="what each client asks for (default %(default)s)")
    else:
        parser.add_argument("--sockets", choices=("udp", "raw"), default="udp", help="dhcp-socket-type of both servers (default %(default)s)")
    parser.add_argument("--dir", default="/var/tmp", help="where lease files are written (default %(default)s)")
    parser.add_argument("--leasehold", default=str(REPOSITORY / "leasehold"), help="this server (default %(default)s)")
    parser.add_argument("--kea", default=family.kea, help="the other server (default %(default)s)")
    parser.add_argument("--load-buffer", type=int, default=8 << 20, help="receive buffer of perfdhcp's sockets in octets; 0: its own (default %(default)s)")
    parser.add_argument("--nice", type=int, default=0, help="niceness of servers and load alike; -20 on a busy machine (default %(default)s)")
    parser.add_argument("--json", metavar="FILE", help="write the figures there, too")
    arguments = parser.parse_args(others)
    arguments.family = family
    arguments.servers = arguments.servers.split(",")
    arguments.rates = [int(rate) for rate in arguments.rates.split(",")]
    unknown = [name for name in arguments.servers if name not in names]
    if unknown:
        parser.error(f"no such server: {', '.join(unknown)}; there are: {', '.join(names)}")
    if not 1 <= arguments.seconds <= 300 or not 0 <= arguments.warm_up <= 60:
        parser.error("--seconds must be in 1..300 and --warm-up in 0..60")
    return arguments


def compare(arguments, directory):
    if "leasehold" in arguments.servers:
        # The script builds the program when it must; that belongs to no start.
        subprocess.run([arguments.leasehold, "--version"], check=True, stdout=subprocess.DEVNULL)
    arguments.receive_buffer = directory / "receive_buffer.so"
    subprocess.run(["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", str(arguments.receive_buffer), str(REPOSITORY / "bench/load/receive_buffer.c")],
                   check=True)
    print_machine(arguments, directory)
    runs, starts, failed = [], {}, False
    for name in arguments.servers:
        if name != "floor" and arguments.starts > 0:
            try:
                starts[name] = [first_answer(name, arguments, directory / f"{name}-start{i}") for i in range(arguments.starts)]
            except StartFailed as failure:
                failed = True
                print(f"{SERVERS[name].label}: {failure}", file=sys.stderr)
    print_starts(starts)
    print_heading(arguments.family)
    for rate in arguments.rates:
        group = []
        for name in arguments.servers:
            try:
                group.append(load(name, rate, arguments, directory / f"{name}-{rate}"))
                print_run(group[-1])
            except StartFailed as failure:
                failed = True
                print(f"{SERVERS[name].label}: {failure}", file=sys.stderr)
        print_ratios(arguments.family, group)
        runs += group
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps({"starts_ms": starts, "runs": runs}, indent=2) + "\n")
    return 1 if failed else 0


def first_answer(name, arguments, directory):
    """Milliseconds from exec to the first answer at a client that has been asking since before the start."""
    server = SERVERS[name](directory, arguments)
    server.prepare()
    with rig.Namespaces(arguments.nice, arguments.family) as namespaces:
        probe = start_probe(namespaces)
        process, started = server.start(namespaces)
        answered = read_answer(probe, process, server)
        rig.stop(process)
    shutil.rmtree(directory)
    return (answered - started) / 1e6


def start_probe(namespaces):
    family = namespaces.family
    probe = namespaces.start(namespaces.client, [sys.executable, str(HERE / family.probe), family.client_address, family.server_address],
                             stdout=subprocess.PIPE, text=True)
    if probe.stdout.readline() != "asking\n":
        raise StartFailed("the probing client did not start")
    return probe


def read_answer(probe, process, server):
    line = probe.stdout.readline()
    if not line:
        state = "ended" if process.poll() is not None else "runs"
        raise StartFailed(f"no answer after the start (the server {state}):\n{server.tail()}")
    return int(line)


def load(name, rate, arguments, directory):
    """One server under one rate: fresh lease file, warm-up, then the measurement."""
    server = SERVERS[name](directory, arguments)
    server.prepare()
    with rig.Namespaces(arguments.nice, arguments.family) as namespaces:
        probe = start_probe(namespaces)
        process, _ = server.start(namespaces)
        if name == "floor":
            rig.stop(probe)
        else:
            read_answer(probe, process, server)
            probe.wait()
        if arguments.warm_up > 0:
            perfdhcp(namespaces, rate, arguments.warm_up, arguments, base="mac=02:10:00:00:00:00")
        lost = [rig.receive_overflows(namespaces, place) for place in (namespaces.server, namespaces.client)]
        before = rig.cpu_seconds(process.pid)
        report = perfdhcp(namespaces, rate, arguments.seconds, arguments, base="mac=02:20:00:00:00:00")
        if process.poll() is not None:
            raise StartFailed(f"the server ended under load:\n{server.tail()}")
        cpu = rig.cpu_seconds(process.pid) - before
        lost = [rig.receive_overflows(namespaces, place) - had
                for place, had in zip((namespaces.server, namespaces.client), lost)]
        rig.stop(process)
    run = figures(arguments.family, server.label, rate, arguments.seconds, report, cpu)
    run |= {"lease_lines": server.leases(), "overflow_server": lost[0], "overflow_load": lost[1]}
    shutil.rmtree(directory)
    return run


def perfdhcp(namespaces, rate, seconds, arguments, base):
    """Runs perfdhcp as many clients; returns its report. Late answers have one second to come."""
    family = arguments.family
    way, server = family.perfdhcp(arguments)
    command = ["/usr/sbin/perfdhcp", *way, "-r", str(rate), "-p", str(seconds), "-R", str(arguments.clients), "-b", base, "-W", "1000000", *server]
    environment = os.environ | {"LD_PRELOAD": str(arguments.receive_buffer), "LOAD_RECEIVE_BUFFER": str(arguments.load_buffer)}
    process = namespaces.start(namespaces.client, command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    report, _ = process.communicate(timeout=seconds + 120)
    if f"Statistics for: {family.queries[1]}" not in report:
        raise StartFailed(f"perfdhcp gave no report: {report.strip().splitlines()[-1:]}")
    return report


def figures(family, label, rate, seconds, report, cpu):
    """The numbers of one run. perfdhcp's own rate counts its second of waiting as work, so it is not used."""
    def values(heading, field):
        part = report.partition(f"Statistics for: {heading}")[2]
        found = re.search(rf"^{field}: *(-?[\d.]+)", part, re.MULTILINE)
        return float(found[1]) if found else 0.0

    first, second = family.queries
    offers, acks = (values(query, "received packets") for query in family.queries)
    sent = sum(values(query, "sent packets") for query in family.queries)
    return {
        "server": label,
        "asked": rate,
        "rate": acks / seconds,
        "exchanges": int(acks),
        "drops_percent": 100 * (sent - offers - acks) / sent if sent else 100.0,
        "offer_ms": values(first, "avg delay"),
        "ack_ms": values(second, "avg delay"),
        "cpu_us": 1e6 * cpu / acks if acks else float("nan"),
    }


def print_machine(arguments, directory):
    model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    filesystem = subprocess.run(["findmnt", "-n", "-o", "FSTYPE,SOURCE", "-T", str(directory)], capture_output=True, text=True, check=False)
    kind = " on ".join(filesystem.stdout.split()) or "unknown"
    print(f"machine      {os.cpu_count()} x {model}; load average {os.getloadavg()[0]:.2f} at the start")
    print(f"lease files  {directory} ({kind}): {sync_cost(directory):.0f} us per write of 1 KiB with fdatasync")
    print(f"servers      log severity {LOG_SEVERITY} to a file, {arguments.family.setting(arguments)}, memfile, no clean-up during the run")
    print(f"load         perfdhcp as {arguments.family.load}, {arguments.clients} clients, {arguments.seconds} s after {arguments.warm_up} s of warm-up")
    print(flush=True)


def sync_cost(directory):
    """Microseconds of one 1 KiB append with fdatasync: the median, for one slow sync is no cost of every batch."""
    handle = os.open(directory / "sync", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    times, deadline = [], time.monotonic() + 3
    while len(times) < 500 and time.monotonic() < deadline:
        started = time.perf_counter_ns()
        os.write(handle, bytes(1024))
        os.fdatasync(handle)
        times.append(time.perf_counter_ns() - started)
    os.close(handle)
    os.unlink(directory / "sync")
    return statistics.median(times) / 1e3


def print_starts(starts):
    for name, times in starts.items():
        print(f"first answer after start  {SERVERS[name].label:<16} {statistics.median(times):6.0f} ms"
              f"   (median of {len(times)}: {min(times):.0f} to {max(times):.0f})")
    if starts:
        print(flush=True)


def print_heading(family):
    first, second = family.delays
    print(f"{'server':<16} {'asked/s':>8} {'done/s':>8} {'drops %':>8} {first:>9} {second:>8} {'CPU us/' + family.exchange:>12} {'overflow':>14}")


def print_run(run):
    print(f"{run['server']:<16} {run['asked']:>8} {run['rate']:>8.0f} {run['drops_percent']:>8.3f} {run['offer_ms']:>9.2f}"
          f" {run['ack_ms']:>8.2f} {run['cpu_us']:>12.1f}"
          f" {run['overflow_server']:>6} {run['overflow_load']:>7}", flush=True)


def print_ratios(family, group):
    ours = next((run for run in group if run["server"] == SERVERS["leasehold"].label), None)
    others = [run for run in group if run is not ours]
    if ours and others:
        ratios = ", ".join(f"{ours['cpu_us'] / run['cpu_us']:.2f} of {run['server']}" for run in others if run["cpu_us"] > 0)
        print(f"  CPU per {family.exchange} of leasehold at {ours['asked']}/s: {ratios}")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
