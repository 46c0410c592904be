"""What is said to the servers: conversations by hand for every part of the protocol, and generated ones.

A conversation is a function of a Client. It says things in order; each answer of each server is compared with the other's.
"""

import random

import message

DISCOVER, REQUEST, DECLINE, RELEASE, INFORM = 1, 3, 4, 7, 8
SERVER = "10.0.0.1"
ASKED = bytes([1, 3, 6, 15, 51, 58, 59, 43, 66, 67, 119, 121, 125])

CONFIGURATION = {
    "interfaces-config": {"interfaces": ["srv0"], "dhcp-socket-type": "raw"},
    "valid-lifetime": 3600, "min-valid-lifetime": 600, "max-valid-lifetime": 7200, "renew-timer": 900, "rebind-timer": 1800,
    "option-data": [
        {"name": "domain-name-servers", "data": "192.0.2.53, 192.0.2.54"},
        {"name": "domain-name", "data": "example.org"},
        {"name": "domain-search", "data": "example.org, example.com"},
        {"name": "time-servers", "data": "192.0.2.123", "always-send": True},
    ],
    "option-def": [{"name": "room", "code": 230, "type": "string", "space": "dhcp4"}],
    "client-classes": [
        {"name": "phones", "test": "substring(option[60].hex, 0, 5) == 'phone'", "next-server": "192.0.2.10",
         "boot-file-name": "phone.bin", "option-data": [{"name": "tftp-server-name", "data": "tftp.example.org"}]},
        {"name": "short", "test": "option[77].exists", "valid-lifetime": 1200},
        {"name": "DROP", "test": "option[60].text == 'unwanted'"},
        {"name": "late", "test": "option[60].exists", "only-if-required": True, "option-data": [{"code": 230, "data": "late"}]},
    ],
    "host-reservation-identifiers": ["hw-address", "client-id", "circuit-id", "duid"],
    "subnet4": [
        {"id": 1, "subnet": "10.0.0.0/8", "interface": "srv0", "pools": [{"pool": "10.1.0.0 - 10.1.255.255"}],
         "option-data": [{"name": "routers", "data": "10.0.0.1"}], "server-hostname": "boot.example.org",
         "reservations": [
             {"hw-address": "02:00:00:aa:00:01", "ip-address": "10.2.0.1", "hostname": "printer"},
             {"hw-address": "02:00:00:aa:00:02", "ip-address": "10.1.0.200", "boot-file-name": "own.bin",
              "option-data": [{"name": "domain-name", "data": "own.example.org"}]},
             {"client-id": "01:aa:bb:cc", "ip-address": "10.2.0.3"},
             {"hw-address": "02:00:00:aa:00:04", "hostname": "nameonly"},
             {"circuit-id": "'port-7'", "ip-address": "10.2.0.5"}]},
        {"id": 2, "subnet": "198.51.100.0/24", "pools": [{"pool": "198.51.100.10 - 198.51.100.250"}], "require-client-classes": ["late"],
         "authoritative": True},
        {"id": 3, "subnet": "203.0.113.0/24", "pools": [{"pool": "203.0.113.10 - 203.0.113.250", "client-class": "phones"}]},
    ],
}


class Client:
    """One client, asking both servers the same; what it was given is remembered for each server."""

    def __init__(self, compare, name, mac):
        self.compare, self.name, self.mac = compare, name, mac
        self.client_id, self.giaddr, self.flags, self.extra, self.asked = None, "0.0.0.0", 0, [], ASKED
        self.offered, self.step = {}, 0

    def say(self, kind, *, requested=None, server=None, ciaddr="0.0.0.0", unicast=False, **fields):
        """Sends to both. An address may be a text, or "offered": what each server gave."""
        self.step += 1
        packets = {}
        for label in self.compare.labels:
            def own(value):
                return self.offered.get(label, "10.1.99.99") if value == "offered" else value
            options = [(61, self.client_id)] if self.client_id else []
            if requested:
                options.append((50, message.address(own(requested))))
            if server:
                options.append((54, message.address(server)))
            options += self.extra
            if self.asked:
                options.append((55, self.asked))
            xid = self.compare.next_xid(label)
            here = own(ciaddr)
            relayed = self.giaddr != "0.0.0.0"
            source = self.giaddr if relayed else here
            payload = message.build(kind, self.mac, xid, options=options, ciaddr=here, giaddr=self.giaddr, flags=self.flags, **fields)
            packets[label] = (payload, xid, {
                "source": source, "destination": SERVER if relayed or unicast else "255.255.255.255", "source_port": 67 if relayed else 68})
        replies = self.compare.ask(self, packets)
        for label, reply in replies.items():
            if reply and reply.yiaddr != "0.0.0.0":
                self.offered[label] = reply.yiaddr
        return replies

    def dora(self):
        self.say(DISCOVER)
        self.say(REQUEST, requested="offered", server=SERVER)


def plain(c):
    c.dora()
    c.say(REQUEST, ciaddr="offered", unicast=True)
    c.say(REQUEST, ciaddr="offered")
    c.say(REQUEST, requested="offered")
    c.say(DISCOVER)
    c.say(DISCOVER, requested="offered")
    c.say(RELEASE, ciaddr="offered", server=SERVER, unicast=True)
    c.say(REQUEST, ciaddr="offered", unicast=True)
    c.say(DISCOVER)


def broadcast_flag(c):
    c.flags = 0x8000
    plain(c)


def with_client_id(c):
    c.client_id = b"\x01" + c.mac
    plain(c)
    c.mac = bytes.fromhex("0200000b0001")
    c.dora()


def duid_client_id(c):
    c.client_id = bytes.fromhex("ff00000001000300010200000000aa")
    plain(c)


def reserved(c):
    c.mac = bytes.fromhex("020000aa0001")
    plain(c)


def reserved_in_pool(c):
    c.mac = bytes.fromhex("020000aa0002")
    plain(c)


def reserved_by_client_id(c):
    c.client_id = bytes.fromhex("01aabbcc")
    plain(c)


def reserved_name_only(c):
    c.mac = bytes.fromhex("020000aa0004")
    c.asked = ASKED + b"\x0c"
    plain(c)


def reserved_by_circuit(c):
    c.giaddr, c.extra = "10.0.0.2", [(82, b"\x01\x06port-7")]
    c.dora()


def address_of_another(c):
    c.dora()
    c.say(REQUEST, requested="10.2.0.1")
    c.say(REQUEST, requested="10.2.0.1", server=SERVER)
    c.say(REQUEST, ciaddr="10.2.0.1")


def address_in_no_pool(c):
    c.say(REQUEST, requested="10.9.9.9")
    c.say(REQUEST, requested="10.9.9.9", server=SERVER)
    c.say(REQUEST, ciaddr="10.9.9.9", unicast=True)


def wrong_network(c):
    c.say(REQUEST, requested="192.0.2.77")
    c.say(REQUEST, ciaddr="192.0.2.77")


def unknown_here(c):
    c.say(REQUEST, requested="10.1.77.77")
    c.say(REQUEST, ciaddr="10.1.77.77")
    c.say(REQUEST, ciaddr="10.1.77.77", unicast=True)


def other_server(c):
    c.say(DISCOVER)
    c.say(REQUEST, requested="offered", server="10.0.0.99")
    c.say(RELEASE, ciaddr="offered", server="10.0.0.99", unicast=True)
    c.say(DISCOVER)


def declining(c):
    c.dora()
    c.say(DECLINE, requested="offered", server=SERVER)
    c.say(DISCOVER)


def informing(c):
    c.say(INFORM, ciaddr="10.5.5.5")
    c.say(INFORM, ciaddr="10.5.5.5", unicast=True)
    c.asked = b""
    c.say(INFORM, ciaddr="10.5.5.5")


def relayed(c):
    c.giaddr, c.extra = "198.51.100.1", [(82, b"\x01\x04\x00\x00\x00\x07\x02\x06remote")]
    c.dora()
    c.say(REQUEST, ciaddr="offered")
    c.say(REQUEST, requested="198.51.100.77")
    c.say(REQUEST, requested="10.1.1.1")


def relayed_long_option82(c):
    c.giaddr, c.extra = "198.51.100.1", [(82, b"\x01\x78" + b"c" * 120 + b"\x02\x78" + b"r" * 120)]
    c.dora()


def relayed_from_nowhere(c):
    c.giaddr = "192.0.2.200"
    c.say(DISCOVER)


def link_selection(c):
    c.giaddr, c.extra = "10.0.0.2", [(82, b"\x05\x04" + message.address("198.51.100.0"))]
    c.dora()


def server_override(c):
    c.giaddr, c.extra = "198.51.100.1", [(82, b"\x0b\x04" + message.address("198.51.100.1"))]
    c.say(DISCOVER)
    c.say(REQUEST, requested="offered", server="198.51.100.1")


def subnet_selection(c):
    c.extra = [(118, message.address("198.51.100.0"))]
    c.say(DISCOVER)


def phone(c):
    c.extra = [(60, b"phone-3000")]
    plain(c)


def phone_behind_relay(c):
    c.giaddr, c.extra = "203.0.113.1", [(60, b"phone-3000")]
    c.dora()


def other_behind_phones_relay(c):
    c.giaddr = "203.0.113.1"
    c.say(DISCOVER)


def class_lifetime(c):
    c.extra = [(77, b"\x04test")]
    c.dora()


def dropped(c):
    c.extra = [(60, b"unwanted")]
    c.say(DISCOVER)


def required_class(c):
    c.giaddr, c.extra, c.asked = "198.51.100.1", [(60, b"any")], ASKED + bytes([230])
    c.dora()


def lifetime_wishes(c):
    for seconds in (0, 1, 600, 5000, 7200, 7201, 0xFFFFFFFF):
        c.extra = [(51, seconds.to_bytes(4, "big"))]
        c.say(DISCOVER)


def names(c):
    c.asked = ASKED + bytes([12, 81])
    c.extra = [(12, b"Laptop-7")]
    c.dora()


def fqdn(c):
    c.asked = ASKED + bytes([12, 81])
    c.extra = [(81, b"\x05\x00\x00" + b"\x06laptop\x07example\x03org\x00")]
    c.dora()


def fqdn_partial(c):
    c.extra = [(81, b"\x04\x00\x00" + b"\x06laptop")]
    c.dora()


def asks_nothing(c):
    c.asked = b""
    c.dora()


def asks_all(c):
    c.asked = bytes(range(1, 255))
    c.dora()


def asks_twice(c):
    c.asked = bytes([3, 3, 6, 6, 1])
    c.dora()


def small_limit(c):
    c.extra = [(57, (300).to_bytes(2, "big"))]
    c.asked = bytes(range(1, 255))
    c.dora()


def renews_both_ways(c):
    c.dora()
    c.say(REQUEST, ciaddr="offered", requested="offered")
    c.say(REQUEST, ciaddr="offered", requested="10.1.2.3")
    c.say(REQUEST, ciaddr="offered", server=SERVER)


def nothing_requested(c):
    c.say(REQUEST)
    c.say(REQUEST, server=SERVER)


def rapid_commit(c):
    c.extra = [(80, b"")]
    c.say(DISCOVER)


def bootp(c):
    c.asked = b""
    c.say(0)


def reply_sent_to_server(c):
    c.say(DISCOVER, op=2)


def offer_sent_to_server(c):
    c.say(2)


def unknown_type(c):
    c.say(77)


def no_hardware_address(c):
    c.mac = b""
    c.say(DISCOVER)
    c.client_id = b"\x00nohw"
    c.say(DISCOVER)


def long_hardware_address(c):
    c.mac = bytes(range(16))
    c.dora()


def other_hardware_type(c):
    c.say(DISCOVER, htype=6)
    c.say(DISCOVER, htype=32)


def short_client_id(c):
    c.client_id = b"\x01"
    c.say(DISCOVER)


def after_end(c):
    c.say(DISCOVER, tail=b"\x3d\x03abc")


def several_client_ids(c):
    c.extra = [(61, b"\x00one"), (61, b"\x00two")]
    c.say(DISCOVER)


WRITTEN = [value for value in list(globals().values()) if callable(value) and getattr(value, "__module__", "") == __name__ and value is not Client]


def generated(seed):
    """A conversation of random steps: the same for the same seed."""
    def talk(c):
        chance = random.Random(seed)
        c.mac = bytes([2, 0, 0x5e]) + seed.to_bytes(3, "big")
        if chance.random() < 0.5:
            c.client_id = bytes([chance.choice((0, 1, 255))]) + chance.randbytes(chance.randint(1, 12))
        if chance.random() < 0.3:
            c.giaddr = chance.choice(("10.0.0.2", "198.51.100.1", "203.0.113.1"))
        for _ in range(chance.randint(3, 9)):
            c.flags = chance.choice((0, 0x8000))
            c.asked = bytes(chance.sample(range(1, 255), chance.randint(0, 14)))
            c.extra = [chance.choice((
                (60, b"phone-1"), (60, b"other"), (77, b"\x03abc"), (12, b"host-%d" % chance.randint(0, 9)),
                (51, chance.randint(0, 9000).to_bytes(4, "big")), (57, chance.randint(200, 1500).to_bytes(2, "big")),
                (116, b"\x01"), (93, b"\x00\x07"), (124, bytes.fromhex("000000090403666f6f")),
            )) for _ in range(chance.randint(0, 2))]
            address = chance.choice(("offered", "offered", "offered", "10.1.5.5", "10.2.0.1", "192.0.2.9", "198.51.100.20"))
            step = chance.choice(("discover", "discover", "select", "select", "reboot", "renew", "rebind", "release", "decline", "inform"))
            match step:
                case "discover": c.say(DISCOVER, requested=address if chance.random() < 0.4 else None)
                case "select": c.say(REQUEST, requested=address, server=chance.choice((SERVER, SERVER, SERVER, "10.0.0.77")))
                case "reboot": c.say(REQUEST, requested=address)
                case "renew": c.say(REQUEST, ciaddr=address, unicast=True)
                case "rebind": c.say(REQUEST, ciaddr=address)
                case "release": c.say(RELEASE, ciaddr=address, server=SERVER, unicast=True)
                case "decline": c.say(DECLINE, requested=address, server=SERVER)
                case "inform": c.say(INFORM, ciaddr=address)
    talk.__name__ = f"generated-{seed}"
    return talk
