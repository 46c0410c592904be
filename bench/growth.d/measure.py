"""Measures what a DORA exchange costs as configuration and leases grow, and prints each cost beside the plain one's."""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "dora.d"))
import measure as dora  # noqa: E402
from families import DHCP4  # noqa: E402
import servers  # noqa: E402

POOL_SIZE = 1 << 20
CLIENTS = 500
END = 4102444800  # the year 2100


class Plain(servers.Leasehold):
    """One subnet, one pool that is nearly empty, nothing else."""

    label = "plain"

    def prepare(self):
        super().prepare()
        root = json.loads(self.configuration.read_text())
        self.grow(root["Dhcp4"])
        self.configuration.write_text(json.dumps(root))

    def grow(self, configuration):
        pass


class FullPool(Plain):
    label = "pool 99.9 % full"

    def grow(self, configuration):
        held = int(POOL_SIZE * 0.999)
        with open(self.directory / "leases.csv", "w", encoding="ascii") as file:
            file.write("address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n")
            for number in range(held):
                value = (10 << 24 | 16 << 16) + number
                address = ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))
                mac = ":".join(f"{value >> shift & 255:02x}" for shift in (24, 16, 8, 0))
                file.write(f"{address},06:00:{mac},,4294967295,{END},1,0,0,,0,,0\n")


class Reservations(Plain):
    label = "100,000 reservations"

    def grow(self, configuration):
        configuration["subnet4"][0]["reservations"] = [
            {"hw-address": f"06:00:00:{n >> 16 & 255:02x}:{n >> 8 & 255:02x}:{n & 255:02x}",
             "ip-address": f"10.{64 + (n >> 16)}.{n >> 8 & 255}.{n & 255}"} for n in range(1, 100_001)]


class Subnets(Plain):
    label = "10,000 subnets"

    def grow(self, configuration):
        configuration["subnet4"] += [
            {"id": n + 2, "subnet": f"{100 + (n >> 16)}.{n >> 8 & 255}.{n & 255}.0/24",
             "pools": [{"pool": f"{100 + (n >> 16)}.{n >> 8 & 255}.{n & 255}.10 - {100 + (n >> 16)}.{n >> 8 & 255}.{n & 255}.250"}],
             "option-data": [{"name": "routers", "data": f"{100 + (n >> 16)}.{n >> 8 & 255}.{n & 255}.1"}]} for n in range(9_999)]


class Classes(Plain):
    label = "200 classes"

    def grow(self, configuration):
        configuration["client-classes"] = [
            {"name": f"class-{n}", "test": f"substring(option[60].hex, 0, 6) == 'kind{n:02}' or pkt4.mac == 0x0600000000{n:02x}",
             "option-data": [{"name": "domain-name", "data": f"class{n}.example"}]} for n in range(200)]


CASES = [Plain, FullPool, Reservations, Subnets, Classes]


def main():
    parser = argparse.ArgumentParser(prog="bench/growth", description=__doc__)
    parser.add_argument("--rate", type=int, default=8000, help="exchanges a second (default %(default)s)")
    parser.add_argument("--seconds", type=int, default=6, help="length of each measurement (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each case, one after the other in turn (default %(default)s)")
    parser.add_argument("--dir", default="/var/tmp", help="where lease files are written (default %(default)s)")
    parser.add_argument("--leasehold", default=str(servers.REPOSITORY / "leasehold"), help="the server (default %(default)s)")
    parser.add_argument("--nice", type=int, default=0, help="niceness of server and load alike; -20 on a busy machine (default %(default)s)")
    arguments = parser.parse_args()
    arguments.family = DHCP4
    arguments.warm_up, arguments.clients, arguments.sockets, arguments.load_buffer = 2, CLIENTS, "udp", 8 << 20

    directory = pathlib.Path(tempfile.mkdtemp(prefix="leasehold-growth-", dir=arguments.dir))
    try:
        subprocess.run([arguments.leasehold, "--version"], check=True, stdout=subprocess.DEVNULL)
        arguments.receive_buffer = directory / "receive_buffer.so"
        subprocess.run(["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", str(arguments.receive_buffer),
                        str(servers.REPOSITORY / "bench/load/receive_buffer.c")], check=True)
        dora.print_machine(arguments, directory)
        costs = {case: [] for case in CASES}
        for case in CASES:
            servers.SERVERS[case.label] = case
        for number in range(arguments.rounds):
            for case in CASES:
                run = dora.load(case.label, arguments.rate, arguments, directory / f"{case.__name__}{number}")
                costs[case].append(run["cpu_us"])
                print(f"round {number + 1}  {case.label:<22} {run['cpu_us']:6.1f} us CPU a DORA, drops {run['drops_percent']:.3f} %", flush=True)
        plain = statistics.median(costs[Plain])
        print(f"\n{'case':<22} {'CPU us/DORA':>12} {'ratio':>6}")
        for case in CASES:
            cost = statistics.median(costs[case])
            print(f"{case.label:<22} {cost:>12.1f} {cost / plain:>6.2f}")
    except KeyboardInterrupt:
        return 130
    except servers.StartFailed as failure:
        print(f"bench/growth: {failure}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
