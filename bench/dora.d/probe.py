"""A relayed client that asks every few milliseconds until the first OFFER comes.

usage: probe.py LOCAL-ADDRESS SERVER-ADDRESS
Prints "asking" once it sends, then the CLOCK_MONOTONIC time of the first OFFER in nanoseconds.
"""

import os
import select
import socket
import struct
import sys
import time

INTERVAL = 0.002
LIMIT = 60.0


def discover(xid, relay):
    # RFC 2131 §2: op, htype, hlen, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, file
    fixed = struct.pack("!4BIHH4s4s4s4s16s192x", 1, 1, 6, 1, xid, 0, 0, bytes(4), bytes(4), bytes(4), relay,
                        bytes([2, 0, 0x5E, 0x10, 0, 1]))
    options = bytes([99, 130, 83, 99, 53, 1, 1, 55, 2, 1, 3, 255])
    return (fixed + options).ljust(300, b"\0")


def main(local, server):
    channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    channel.bind((local, 67))
    channel.setblocking(False)
    xid = int.from_bytes(os.urandom(4), "big")
    query = discover(xid, socket.inet_aton(local))
    print("asking", flush=True)
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        try:
            channel.sendto(query, (server, 67))
        except OSError:
            pass  # an earlier query met a closed port
        if select.select([channel], [], [], INTERVAL)[0]:
            try:
                answer = channel.recv(2048)
            except OSError:
                time.sleep(INTERVAL)  # "port unreachable": nobody listens yet
                continue
            if len(answer) >= 240 and answer[0] == 2 and answer[4:8] == query[4:8]:
                print(time.monotonic_ns(), flush=True)
                return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
