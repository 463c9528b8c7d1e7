"""Connections that never come as far as HTTP/2."""

import errno
import resource
import select
import socket
import ssl
import time

from wire import SOURCE, context


def connect(port, source):
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    plain.setblocking(False)
    plain.bind((source, 0))
    if plain.connect_ex(("127.0.0.1", port)) not in (0, errno.EINPROGRESS):
        plain.close()
        return None
    return plain


def half_open(port, authority, until, tally):
    """10,000 connections from ten addresses, none of which says anything."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    poll, open_ones, made = select.epoll(), {}, 0
    while made < 10_000 and time.monotonic() < until:
        for _ in range(10):
            plain = connect(port, f"127.0.0.{66 + made % 10}")
            made += 1
            if plain:
                open_ones[plain.fileno()] = plain
                poll.register(plain.fileno(), select.EPOLLIN | select.EPOLLRDHUP)
        # Not faster than they are taken: what the system's queue drops, nobody would cut off.
        reap(poll, open_ones, tally, 0.0)
        while len(open_ones) > 1_000 and time.monotonic() < until:
            reap(poll, open_ones, tally, 0.005)
        time.sleep(0.005)
    while open_ones and time.monotonic() < until:
        reap(poll, open_ones, tally, 0.1)
    tally.frames += made
    for _ in open_ones:
        tally.add("none")


def reap(poll, open_ones, tally, wait):
    for number, _ in poll.poll(wait):
        poll.unregister(number)
        open_ones.pop(number).close()
        tally.add("closed")


def unfinished(port, authority, until, tally):
    """The first half of a TLS handshake's first message."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        context(authority).wrap_bio(incoming, outgoing).do_handshake()
    except ssl.SSLWantReadError:
        pass
    hello = outgoing.read()
    poll, open_ones = select.epoll(), {}
    for _ in range(200):
        plain = connect(port, SOURCE)
        select.select([], [plain], [], 1)
        plain.send(hello[: len(hello) // 2])
        open_ones[plain.fileno()] = plain
        poll.register(plain.fileno(), select.EPOLLIN | select.EPOLLRDHUP)
    while open_ones and time.monotonic() < until:
        reap(poll, open_ones, tally, 0.1)
    for _ in open_ones:
        tally.add("none")


def old_tls(port, authority, until, tally):
    """TLS 1.2, the last version in which a client could ask for a new handshake again and again."""
    tls = context(authority)
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    while time.monotonic() < until:
        plain = socket.socket()
        plain.bind((SOURCE, 0))
        plain.settimeout(2)
        plain.connect(("127.0.0.1", port))
        try:
            tls.wrap_socket(plain).close()
            tally.add("none")
        except ssl.SSLError as error:
            tally.add(error.reason)
        plain.close()


def silence(port, authority, until, tally):
    """A finished handshake and not a byte of HTTP/2."""
    sockets = []
    for _ in range(50):
        plain = socket.socket()
        plain.bind((SOURCE, 0))
        plain.connect(("127.0.0.1", port))
        sockets.append(context(authority).wrap_socket(plain))
    for one in sockets:
        one.settimeout(max(until - time.monotonic(), 0.01))
        try:
            while one.recv(4096):
                pass
            tally.add("closed")
        except TimeoutError:
            tally.add("none")
        except OSError:
            tally.add("closed")
