"""What differs between the two protocols: the names of the exchange, the addresses, the load, the configuration."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Family:
    """One protocol. `queries` are the two halves of an exchange in perfdhcp's words."""

    command: str
    exchange: str
    queries: tuple[str, str]
    delays: tuple[str, str]
    service: str
    kea: str
    server_address: str
    client_address: str
    probe: str
    compared: tuple[str, ...]

    @property
    def root(self):
        """The configuration's outermost key: Dhcp4 or Dhcp6."""
        return self.service.capitalize()


@dataclasses.dataclass(frozen=True)
class Family4(Family):
    """The load is a relay: its own address is giaddr."""

    load = "a relay"
    awaited_route = None

    def addresses(self, address):
        """How the interfaces of the veth pair are set up: arguments of ip, in turn."""
        return [["address", "add", f"{address}/8"]]

    def perfdhcp(self, arguments):
        """What perfdhcp is told of the way to the server: its first arguments, and its last."""
        return ["-4", "-l", self.client_address], [self.server_address]

    def setting(self, arguments):
        """The setting of both servers that the command line chose."""
        return f"dhcp-socket-type {arguments.sockets}"

    def configuration(self, arguments):
        return {
            "interfaces-config": {"interfaces": ["srv0"], "dhcp-socket-type": arguments.sockets},
            "subnet4": [{
                "id": 1,
                "subnet": "10.0.0.0/8",
                "pools": [{"pool": POOL4}],
                "option-data": [{"name": "routers", "data": self.server_address}],
            }],
        }

    def overflows(self):
        """The file of a namespace that counts datagrams which found a full receive buffer, and how to read it."""
        return "/proc/self/net/snmp", overflows4


@dataclasses.dataclass(frozen=True)
class Family6(Family):
    """The load is many clients on the link, which ask All_DHCP_Relay_Agents_and_Servers."""

    load = "clients on the link"
    # The kernel adds it by itself, up to a second after the link is up; no multicast can be sent before.
    awaited_route = "ff00::/8"

    def addresses(self, address):
        # Chosen addresses without duplicate address detection: those of the kernel's choice can be used only seconds later.
        return [["link", "set", "addrgenmode", "none"], ["address", "add", f"{address}/64", "nodad"]]

    def perfdhcp(self, arguments):
        return ["-6", "-l", "cli0", "-e", arguments.leases], ["all"]

    def setting(self, arguments):
        return f"{arguments.leases} for each client"

    def configuration(self, arguments):
        return {
            "interfaces-config": {"interfaces": ["srv0"]},
            # Not kept: Kea looks for the file in its own folder only.
            "server-id": {"type": "LL", "htype": 1, "identifier": "020000000001", "persist": False},
            "preferred-lifetime": 3000,
            "subnet6": [{
                "id": 1,
                "subnet": "2001:db8:1::/64",
                "interface": "srv0",
                "pools": [{"pool": "2001:db8:1::/108"}],
                "pd-pools": [{"prefix": "2001:db8:8000::", "prefix-len": 36, "delegated-len": 56}],
                "option-data": [{"name": "dns-servers", "data": "2001:db8:1::53"}],
            }],
        }

    def overflows(self):
        return "/proc/self/net/snmp6", overflows6


def overflows4(text):
    names, values = [line.split() for line in text.splitlines() if line.startswith("Udp:")]
    return int(values[names.index("RcvbufErrors")])


def overflows6(text):
    return int(dict(line.split() for line in text.splitlines())["Udp6RcvbufErrors"])


POOL4_FIRST = "10.16.0.0"
POOL4_BITS = 20
POOL4 = "10.16.0.0 - 10.31.255.255"

DHCP4 = Family4(
    command="bench/dora", exchange="DORA", queries=("DISCOVER-OFFER", "REQUEST-ACK"), delays=("offer ms", "ack ms"), service="dhcp4",
    kea="/usr/sbin/kea-dhcp4", server_address="10.0.0.1", client_address="10.0.0.2", probe="probe.py", compared=("leasehold", "kea", "kea-mt", "floor"))
DHCP6 = Family6(
    command="bench/sarr", exchange="SARR", queries=("SOLICIT-ADVERTISE", "REQUEST-REPLY"), delays=("adv. ms", "reply ms"), service="dhcp6",
    kea="/usr/sbin/kea-dhcp6", server_address="fe80::1", client_address="fe80::2", probe="probe6.py", compared=("leasehold", "kea", "kea-mt"))
FAMILIES = {"4": DHCP4, "6": DHCP6}
