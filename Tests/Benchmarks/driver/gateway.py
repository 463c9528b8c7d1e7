"""gateway: ours against nginx, HAProxy and nghttpx before one upstream (libnghttp2 alone, in Swift).

The proxy under measurement has core 0 to itself; upstream and h2load share core 1. The upstream answers far
faster than any proxy forwards, so the figures compare proxies.
"""

import contextlib
import pathlib
import resource
import socket
import ssl
import tempfile
import time

import load
import processes
from report import Report, median, progress

PATH = "/vigil.benchmark.v1.EchoService/Echo"
IDLE_CLIENTS = 1000


def proxies(build, port, upstream, tls, directory):
    """Name → command of each proxy: one worker, keep-alive upstream connections, no access log."""
    return {
        "vigil": ours(build, port(), upstream, tls, directory),
        "haproxy": haproxy(build, port(), upstream, tls, directory),
        "nghttpx": nghttpx(build, port(), upstream, tls),
        "nginx": nginx(build, port(), upstream, tls, directory),
    }


def ours(build, port, upstream, tls, directory):
    file = directory / "gateway.yaml"
    security = f"certificate: {build.certificate}\n    key: {build.key}" if tls else "mode: plaintext"
    file.write_text(f"""\
public:
  listen: 127.0.0.1:{port}
  tls:
    {security}
mesh:
  enabled: false
upstream:
  tls:
    mode: plaintext
admin:
  listen: 127.0.0.1:{processes.free_port()}
routes:
  - vigil.benchmark.v1.EchoService=127.0.0.1:{upstream}
event-loops: 1
health:
  probes: false
log:
  level: warning
""")
    # As deploy/up starts it.
    tunables = "GLIBC_TUNABLES=glibc.malloc.tcache_count=500"
    return port, ["env", tunables, build.swift("vigil-gateway"), "serve", "--config", file]


def haproxy(build, port, upstream, tls, directory):
    pem = directory / "haproxy.pem"
    pem.write_text(build.certificate.read_text() + build.key.read_text())
    bind = f"127.0.0.1:{port} ssl crt {pem} alpn h2" if tls else f"127.0.0.1:{port} proto h2"
    file = directory / "haproxy.cfg"
    file.write_text(f"""\
global
  nbthread 1
  maxconn 4000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend public
  bind {bind}
  default_backend services
backend services
  server one 127.0.0.1:{upstream} proto h2
""")
    return port, ["haproxy", "-db", "-f", file]


def nghttpx(build, port, upstream, tls):
    files = [build.key, build.certificate] if tls else []
    frontend = f"--frontend=127.0.0.1,{port}" + ("" if tls else ";no-tls")
    return port, ["nghttpx", frontend, f"--backend=127.0.0.1,{upstream};;proto=h2", "--workers=1",
                  "--conf=/dev/null", "--accesslog-file=/dev/null", "--errorlog-file=/dev/null", *files]


def nginx(build, port, upstream, tls, directory):
    listen = f"listen 127.0.0.1:{port} {'ssl ' if tls else ''}http2;"
    files = f"ssl_certificate {build.certificate}; ssl_certificate_key {build.key};" if tls else ""
    file = directory / "nginx.conf"
    file.write_text(f"""\
daemon off;
worker_processes 1;
pid {directory}/nginx.pid;
error_log /dev/null crit;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi;
  keepalive_requests 100000000;
  upstream services {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 100000000; }}
  server {{ {listen} {files} location / {{ grpc_pass grpc://services; }} }}
}}
""")
    return port, ["nginx", "-c", file, "-e", "/dev/null"]


def main(build, options):
    report = Report("gateway", options.json)
    call = load.Call(PATH, load.string_field(1, "hello"))
    for tls in (False, True):
        with contextlib.ExitStack() as stack:
            directory = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
            upstream = processes.free_port()
            stack.enter_context(processes.running([build.swift("bench-upstream"), upstream], upstream, core=1))
            running = {}
            for name, (port, command) in proxies(build, processes.free_port, upstream, tls, directory).items():
                running[name] = (port, stack.enter_context(processes.running(command, port, core=0)))
                until_ready(call, port, tls)
            for streams in (1, 10, 100):
                measure(report, call, running, streams, tls, options)
            if tls:
                idle(report, *running["vigil"])
    report.table(["proxy", "tls", "streams", "requests_per_second", "against_haproxy", "against_nghttpx", "rss_mb",
                  "idle_clients"])


def until_ready(call, port, tls, seconds=15):
    """A proxy listens before its upstream check has passed: waits for the first call to be answered."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return call.check(port, tls)
        except RuntimeError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def measure(report, call, running, streams, tls, options):
    runs = {name: [] for name in running}
    for turn in range(options.rounds):
        for name, (port, _) in running.items():
            progress(f"round {turn + 1}/{options.rounds}: {name}, {streams} streams, {'TLS' if tls else 'plaintext'}")
            runs[name].append(load.run(call, port, streams=streams, tls=tls, seconds=options.seconds))
    rates = {name: median([run["requests_per_second"] for run in each]) for name, each in runs.items()}
    for name, (_, process) in running.items():
        report.add(
            proxy=name, tls=tls, streams=streams, requests_per_second=int(rates[name]),
            against_haproxy=round(rates[name] / rates["haproxy"], 2),
            against_nghttpx=round(rates[name] / rates["nghttpx"], 2),
            rss_mb=processes.memory(processes.descendants(process.pid)),
        )


def idle(report, port, process):
    """Memory of the gateway with a thousand TLS clients connected and silent."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2"])
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\x04\0\0\0\0\0"
    with contextlib.ExitStack() as stack:
        for _ in range(IDLE_CLIENTS):
            plain = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            client = stack.enter_context(context.wrap_socket(plain, server_hostname="localhost"))
            client.sendall(preface)
        time.sleep(2)
        report.add(proxy="vigil", tls=True, idle_clients=IDLE_CLIENTS, rss_mb=processes.memory([process.pid]))
