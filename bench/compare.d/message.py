"""DHCPv4 messages: put together from what a test says, and taken apart into what is compared."""

import ipaddress
import struct

COOKIE = b"\x63\x82\x53\x63"
TYPES = {1: "DISCOVER", 2: "OFFER", 3: "REQUEST", 4: "DECLINE", 5: "ACK", 6: "NAK", 7: "RELEASE", 8: "INFORM"}


def address(text):
    return ipaddress.IPv4Address(text).packed


def build(kind, mac, xid, *, options=(), ciaddr="0.0.0.0", giaddr="0.0.0.0", flags=0, htype=1, op=1, hops=0, secs=0, tail=b""):
    """A message; options are (code, octets) in this order after option 53 (none for BOOTP)."""
    head = struct.pack("!BBBBIHH", op, htype, len(mac), hops, xid, secs, flags)
    head += address(ciaddr) + bytes(8) + address(giaddr) + mac.ljust(16, b"\0") + bytes(192) + COOKIE
    body = bytes([53, 1, kind]) if kind else b""
    for code, value in options:
        for start in range(0, max(1, len(value)), 255):
            part = value[start:start + 255]
            body += bytes([code, len(part)]) + part
    return (head + body + b"\xff" + tail).ljust(300, b"\0")


class Reply:
    """What a server answered, and to whom."""

    def __init__(self, frame):
        self.link = frame[0:6]
        header = (frame[14] & 15) * 4
        self.source = str(ipaddress.IPv4Address(frame[26:30]))
        self.destination = str(ipaddress.IPv4Address(frame[30:34]))
        udp = 14 + header
        self.port = struct.unpack("!H", frame[udp + 2:udp + 4])[0]
        length = struct.unpack("!H", frame[udp + 4:udp + 6])[0]
        octets = frame[udp + 8:udp + length]
        self.octets = octets
        self.xid, self.flags = struct.unpack("!I", octets[4:8])[0], struct.unpack("!H", octets[10:12])[0]
        self.ciaddr, self.yiaddr, self.siaddr, self.giaddr = (str(ipaddress.IPv4Address(octets[i:i + 4])) for i in (12, 16, 20, 24))
        self.sname, self.file = octets[44:108].rstrip(b"\0"), octets[108:236].rstrip(b"\0")
        self.order, self.options = [], {}
        place = 240
        while place < len(octets) and octets[place] != 255:
            code = octets[place]
            if code == 0:
                place += 1
                continue
            size = octets[place + 1]
            if code not in self.options:
                self.order.append(code)
            self.options[code] = self.options.get(code, b"") + octets[place + 2:place + 2 + size]
            place += 2 + size

    @property
    def kind(self):
        return TYPES.get(self.options.get(53, b"\0")[0], "BOOTREPLY")


def is_reply(frame):
    """An Ethernet frame with a UDP datagram from the server's port."""
    if len(frame) < 300 or frame[12:14] != b"\x08\x00" or frame[23] != 17:
        return False
    udp = 14 + (frame[14] & 15) * 4
    return struct.unpack("!H", frame[udp:udp + 2])[0] == 67 and frame[udp + 8] == 2


def checksum(octets):
    if len(octets) % 2:
        octets += b"\0"
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def frame(payload, mac, *, to_mac, source, destination, source_port):
    """The Ethernet frame that carries a message."""
    udp = struct.pack("!HHHH", source_port, 67, 8 + len(payload), 0) + payload
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + address(source) + address(destination)
    header = header[:10] + struct.pack("!H", checksum(header)) + header[12:]
    return to_mac + mac.ljust(6, b"\0")[:6] + b"\x08\x00" + header + udp
