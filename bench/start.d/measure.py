"""Starts the server with lease files of some lengths, in a network namespace, and prints seconds and memory."""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "dora.d"))

import rig  # noqa: E402

HEADER4 = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n"
HEADER6 = ("address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,"
           "hwaddr,state,user_context,hwtype,hwaddr_source,pool_id\n")
FIRST_ADDRESS = 0x0B000000  # 11.0.0.0: beside the server's own network
BLOCK = 100_000
READY = re.compile(rb"DHCP[46]_STARTED")
LOADED = re.compile(rb"DHCPSRV_MEMFILE_LOADED (\d+) leases loaded from (\d+) lines of \S+ in (\d+) ms")


def main():
    parser = argparse.ArgumentParser(prog="bench/start", description=__doc__)
    parser.add_argument("--lines", default="100000,1000000,10000000", help="lengths of lease files, with commas (default: %(default)s)")
    parser.add_argument("--family", type=int, choices=(4, 6), default=4, help="4: addresses; 6: addresses and prefixes, half of each (default: 4)")
    parser.add_argument("--scattered", action="store_true", help="for --family 6: addresses by chance, each alone in its 64, not one after the other")
    parser.add_argument("--renewals", type=int, default=1, help="lines a lease has; more than 1 is a file before its clean-up (default: 1)")
    parser.add_argument("--dir", default=None, help="where the files are made (default: the folder for temporary files)")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a start is given up (default: %(default)s)")
    arguments = parser.parse_args()
    lengths = [int(length) for length in arguments.lines.split(",")]

    build()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: "
          + ("the seconds are this machine's" if os.getloadavg()[0] < 0.5 * os.cpu_count() else "busy, so read the CPU seconds"))
    with tempfile.TemporaryDirectory(prefix="leasehold-start-", dir=arguments.dir) as folder:
        need = max(lengths) * (110 if arguments.family == 4 else 170) + (1 << 28)
        if shutil.disk_usage(folder).free < need:
            sys.exit(f"bench/start: {folder} has not the {need} octets that the longest file needs; choose another place with --dir")
        with rig.Namespaces() as namespaces:
            empty = start(namespaces, pathlib.Path(folder), arguments, 0, 1)
            print(f"{'lines':>10} {'leases':>10} {'MB':>6} {'ready s':>8} {'CPU s':>6} {'load s':>7} {'MiB':>6} {'octets/lease':>12}")
            for length in lengths:
                result = start(namespaces, pathlib.Path(folder), arguments, length, arguments.renewals)
                per_lease = (result["memory"] - empty["memory"]) / max(1, result["leases"])
                print(f"{length:>10} {result['leases']:>10} {result['octets'] / 1e6:>6.0f} {result['seconds']:>8.2f} {result['cpu']:>6.2f} "
                      f"{result['load']:>7.2f} {result['memory'] / 2**20:>6.0f} {per_lease:>12.0f}", flush=True)


def build():
    subprocess.run([str(REPOSITORY / "leasehold"), "version"], check=True, stdout=subprocess.DEVNULL)


def start(namespaces, folder, arguments, lines, renewals):
    """Makes a file, starts the server with it until it is ready, and ends it. The files are removed again."""
    leases = folder / "leases.csv"
    config = folder / "dhcp.json"
    database = {"type": "memfile", "name": str(leases), "lfc-interval": 0}
    if arguments.family == 4:
        generate(leases, HEADER4, lines, renewals, line4)
        settings = {"Dhcp4": {
            "interfaces-config": {"interfaces": ["srv0"]},
            "lease-database": database,
            "subnet4": [
                {"id": 1, "subnet": "11.0.0.0/8", "pools": [{"pool": "11.0.0.0 - 11.255.255.255"}]},
                {"id": 2, "subnet": "10.0.0.0/8", "pools": []},
            ],
        }}
    else:
        generate(leases, HEADER6, lines, renewals, scattered6 if arguments.scattered else line6)
        settings = {"Dhcp6": {
            "interfaces-config": {"interfaces": ["srv0"]},
            "lease-database": database,
            "data-directory": str(folder),
            "subnet6": [{
                "id": 1, "subnet": "2001:db8:1::/48", "interface": "srv0", "pools": [{"pool": "2001:db8:1:2::/64"}],
                "pd-pools": [{"prefix": "2001:c00::", "prefix-len": 24, "delegated-len": 56}],
            }],
        }}
    config.write_text(json.dumps(settings), encoding="utf-8")
    octets = leases.stat().st_size
    output = folder / "output"
    environment = dict(os.environ, LEASEHOLD_PIDFILE_DIR=str(folder))
    with open(output, "wb") as out:
        began = time.monotonic()
        process = namespaces.start(namespaces.server, [str(REPOSITORY / "leasehold"), f"dhcp{arguments.family}", "-c", str(config)],
                                   stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment, cwd=folder)
    try:
        while not READY.search(text := output.read_bytes()):
            if process.poll() is not None or time.monotonic() - began > arguments.limit:
                sys.exit(f"bench/start: the server was not ready after {time.monotonic() - began:.0f} s:\n{text.decode(errors='replace')[-2000:]}")
            time.sleep(0.01)
        seconds = time.monotonic() - began
        cpu = rig.cpu_seconds(process.pid)
        found = LOADED.search(text)
        return {
            "seconds": seconds, "cpu": cpu, "octets": octets, "memory": resident(process.pid),
            "leases": int(found[1]) if found else 0, "load": int(found[3]) / 1000 if found else 0,
        }
    finally:
        rig.stop(process)
        for path in folder.iterdir():
            path.unlink()


def generate(path, header, lines, renewals, row):
    """A file of so many lines; the leases come in no order of addresses."""
    count = max(1, lines // renewals)
    stride = 7919 if count % 7919 else 7907
    with open(path, "w", encoding="ascii", buffering=1 << 22) as file:
        file.write(header)
        for first in range(0, lines, BLOCK):
            file.write("".join(row(line * stride % count, line) for line in range(first, min(lines, first + BLOCK))))
        # Otherwise the server's first sync would write the whole file to the disk.
        file.flush()
        os.fsync(file.fileno())


def line4(number, line):
    address = FIRST_ADDRESS + number
    mac = mac_of(number)
    return (f"11.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255},{mac},01:{mac},86400,{4_000_000_000 + line % 86400},"
            f"1,0,0,host-{number}.example.org,0,,0\n")


def line6(number, line):
    return row6(number, line, f"2001:db8:1:2::{number >> 17:x}:{number >> 1 & 65535:x}")


def scattered6(number, line):
    place = number * 0x9E3779B97F4A7C15 & (1 << 64) - 1
    return row6(number, line, f"2001:db8:1:2:{place >> 48:x}:{place >> 32 & 65535:x}:{place >> 16 & 65535:x}:{place & 65535:x}")


def row6(number, line, address):
    """Of two numbers one is a client's address, the other its prefix."""
    mac = mac_of(number >> 1)
    client = f"00:01:00:01:2c:00:00:00:{mac},86400,{4_000_000_000 + line % 86400},1,43200"
    if number & 1:
        prefix = f"2001:c{number >> 25:02x}:{number >> 9 & 65535:x}:{number >> 1 & 255:02x}00::"
        return f"{prefix},{client},2,1,56,0,0,,{mac},0,,1,2,0\n"
    return f"{address},{client},0,1,128,0,0,host-{number}.example.org,{mac},0,,1,2,0\n"


def mac_of(number):
    return f"02:00:5e:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"


def resident(pid):
    """Octets of memory that the process has."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1]) * 1024


if __name__ == "__main__":
    main()
