"""HTTP/2 frames by hand, for peers that do what no library would."""

import collections
import select
import socket
import ssl
import struct
import time

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS = 0x1, 0x1, 0x4
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
# Not the address of the well-behaved client: limits are counted by address.
SOURCE = "127.0.0.66"


def frame(kind, flags=0, stream=0, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def integer(value, bits):
    """RFC 7541 section 5.1, without the bits before it."""
    limit = (1 << bits) - 1
    if value < limit:
        return bytes([value])
    out, value = [limit], value - limit
    while value >= 128:
        out.append(value % 128 + 128)
        value //= 128
    return bytes(out + [value])


def text(value):
    return integer(len(value), 7) + value.encode()


def field(name, value):
    """A literal that stays out of the table."""
    return b"\x00" + text(name) + text(value)


def call(method):
    return b"".join(
        field(name, value)
        for name, value in [
            (":method", "POST"), (":scheme", "https"), (":path", f"/echo.Echo/{method}"), (":authority", "abuse"),
            ("content-type", "application/grpc"), ("te", "trailers"),
        ]
    )


def begin(stream, method="Hold", flags=END_HEADERS):
    """A request whose content is to follow."""
    return frame(HEADERS, flags, stream, call(method))


def setting(number, value):
    return struct.pack(">HI", number, value)


def context(authority):
    tls = ssl.create_default_context(cafile=authority)
    tls.check_hostname = False
    tls.set_alpn_protocols(["h2"])
    return tls


class Peer:
    """A connection that sends and reads without waiting for either."""

    def __init__(self, port, authority, settings=b"", buffer=None):
        plain = socket.socket()
        if buffer:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        plain.bind((SOURCE, 0))
        plain.settimeout(5)
        plain.connect(("127.0.0.1", port))
        self.socket = context(authority).wrap_socket(plain)
        self.socket.setblocking(False)
        self.out = bytearray(PREFACE + frame(SETTINGS, payload=settings))
        self.partial = bytearray()
        self.is_closed = False
        self.error = None
        self.resets = collections.Counter()
        self.ended = set()
        self.reads = True
        # Whether the server has said anything: it closes at once on whom it keeps out.
        self.is_welcome = False

    @property
    def is_over(self):
        return self.is_closed or self.error is not None

    def send(self, data, wait=0.05):
        self.out += data
        while self.out and not self.is_over:
            self.turn(wait)

    def turn(self, wait=0.0):
        """Sends what can be sent and reads what has come; waits at most so long for either."""
        try:
            if self.out:
                del self.out[: self.socket.send(self.out)]
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            self.wait(wait)
        except OSError:
            self.out.clear()
            self.is_closed = not self.reads
        if self.reads:
            self.read()

    def wait(self, seconds):
        select.select([self.socket] if self.reads else [], [self.socket] if self.out else [], [], seconds)

    def read(self):
        try:
            while not self.is_closed:
                data = self.socket.recv(65536)
                self.is_closed = not data
                self.partial += data
                self.parse()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        except OSError:
            self.is_closed = True

    def parse(self):
        while len(self.partial) >= 9:
            length = int.from_bytes(self.partial[:3], "big")
            if len(self.partial) < 9 + length:
                return
            kind, flags, stream = struct.unpack(">BBI", self.partial[3:9])
            payload = bytes(self.partial[9 : 9 + length])
            del self.partial[: 9 + length]
            self.received(kind, flags, stream, payload)

    def received(self, kind, flags, stream, payload):
        self.is_welcome = True
        if kind == GOAWAY:
            code = int.from_bytes(payload[4:8], "big")
            self.error = code if code else self.error
        elif kind == RST_STREAM:
            self.resets[int.from_bytes(payload, "big")] += 1
            self.ended.add(stream)
        elif kind == SETTINGS and not flags & ACK:
            self.out += frame(SETTINGS, ACK)
        elif kind == PING and not flags & ACK:
            self.out += frame(PING, ACK, payload=payload)
        elif kind in (HEADERS, DATA) and flags & END_STREAM:
            self.ended.add(stream)

    def linger(self, until):
        """Reads until the other side has ended the connection."""
        while not self.is_closed and time.monotonic() < until:
            self.turn()
            self.wait(0.05)

    def close(self):
        self.socket.close()

    @property
    def end(self):
        if self.error is not None:
            return f"GOAWAY {self.error}"
        return "closed" if self.is_closed else "none"
