"""A client on the link that asks every few milliseconds until the first ADVERTISE comes.

usage: probe6.py LOCAL-ADDRESS SERVER-ADDRESS
The query goes to All_DHCP_Relay_Agents_and_Servers, for that is where clients ask; the answer must come from SERVER-ADDRESS.
Prints "asking" once it sends, then the CLOCK_MONOTONIC time of the first ADVERTISE in nanoseconds.
"""

import os
import select
import socket
import struct
import sys
import time

INTERVAL = 0.002
LIMIT = 60.0
LINK = "cli0"
SOLICIT, ADVERTISE = 1, 2


def solicit(transaction):
    # RFC 9915 §8: msg-type and transaction-id; then a DUID-LL (option 1), the elapsed time (8) and an empty IA_NA (3).
    options = (struct.pack("!HHHH6s", 1, 10, 3, 1, bytes([2, 0, 0x5E, 0x10, 0, 1]))
               + struct.pack("!HHH", 8, 2, 0) + struct.pack("!HHIII", 3, 12, 1, 0, 0))
    return bytes([SOLICIT]) + transaction + options


def main(local, server):
    scope = socket.if_nametoindex(LINK)
    channel = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    channel.bind((local, 546, 0, scope))
    channel.setblocking(False)
    query = solicit(os.urandom(3))
    print("asking", flush=True)
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        channel.sendto(query, ("ff02::1:2", 547, 0, scope))
        if select.select([channel], [], [], INTERVAL)[0]:
            answer, source = channel.recvfrom(2048)
            if source[0].partition("%")[0] == server and answer[:4] == bytes([ADVERTISE]) + query[1:4]:
                print(time.monotonic_ns(), flush=True)
                return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
