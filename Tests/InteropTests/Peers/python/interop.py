"""gRPC's interoperability tests in Python (grpcio, asyncio): server and client in one process.

Takes commands as lines on standard input and answers each with a line:

    serve [--cert FILE --key FILE [--ca FILE]]      -> serving PORT
    stop PORT                                       -> stopping PORT   (in progress may end, nothing new is taken)
    run --case NAME --address HOST:PORT [--ca FILE [--cert FILE --key FILE]]
                                                    -> passed | failed WHY   (perhaps after: waiting, see below)

A case that must wait for something done to the server prints `waiting` and goes on at the line `continue`. The first
argument of the program names a file with the descriptors of grpc.testing; further arguments are one command, for use by
hand. Sizes and texts are those of https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md.
"""
import asyncio
import argparse
import shlex
import sys
import threading

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

with open(sys.argv[1], "rb") as descriptors:
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(descriptors.read()).file:
        pool.Add(file)


def message(name):
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("grpc.testing." + name))


Empty, SimpleRequest, SimpleResponse = message("Empty"), message("SimpleRequest"), message("SimpleResponse")
InputRequest, InputResponse = message("StreamingInputCallRequest"), message("StreamingInputCallResponse")
OutputRequest, OutputResponse = message("StreamingOutputCallRequest"), message("StreamingOutputCallResponse")

SERVICE = "/grpc.testing.TestService/"
ECHO_INITIAL, ECHO_TRAILING = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"
LIMIT = 4 * 1024 * 1024
# One limit; by default, what is between 8 and 16 KiB is refused at random.
METADATA = [("grpc.max_metadata_size", 16384), ("grpc.absolute_max_metadata_size", 16384)]
REQUEST_SIZE, RESPONSE_SIZE = 271828, 314159
STREAM_REQUESTS, STREAM_RESPONSES = [27182, 8, 1828, 45904], [31415, 9, 2653, 58979]


# --- Server


def echo_trailing(context):
    return tuple((k, v) for k, v in context.invocation_metadata() if k == ECHO_TRAILING)


async def echo_metadata(context):
    initial = tuple((k, v) for k, v in context.invocation_metadata() if k == ECHO_INITIAL)
    if initial:
        await context.send_initial_metadata(initial)
    trailing = echo_trailing(context)
    if trailing:
        context.set_trailing_metadata(trailing)


async def end_as_asked(request, context):
    if request.HasField("response_status"):
        code = next(code for code in grpc.StatusCode if code.value[0] == request.response_status.code)
        if code == grpc.StatusCode.OK:
            return
        await context.abort(code, request.response_status.message, echo_trailing(context))


async def empty_call(request, context):
    return Empty()


async def unary_call(request, context):
    if request.response_compressed.value:
        context.set_compression(grpc.Compression.Gzip)
    await echo_metadata(context)
    await end_as_asked(request, context)
    return SimpleResponse(payload={"body": bytes(request.response_size)})


async def respond(request, context):
    for wanted in request.response_parameters:
        if wanted.interval_us:
            await asyncio.sleep(wanted.interval_us / 1e6)
        if not wanted.compressed.value:
            context.disable_next_message_compression()
        await context.write(OutputResponse(payload={"body": bytes(wanted.size)}))


async def streaming_output_call(request, context):
    if any(wanted.compressed.value for wanted in request.response_parameters):
        context.set_compression(grpc.Compression.Gzip)
    await echo_metadata(context)
    await respond(request, context)
    await end_as_asked(request, context)


async def streaming_input_call(requests, context):
    await echo_metadata(context)
    size = 0
    async for request in requests:
        size += len(request.payload.body)
    return InputResponse(aggregated_payload_size=size)


async def full_duplex_call(requests, context):
    await echo_metadata(context)
    async for request in requests:
        await end_as_asked(request, context)
        await respond(request, context)


def handlers():
    def method(kind, behaviour, request, response):
        return kind(behaviour, request.FromString, response.SerializeToString)

    return grpc.method_handlers_generic_handler("grpc.testing.TestService", {
        "EmptyCall": method(grpc.unary_unary_rpc_method_handler, empty_call, Empty, Empty),
        "UnaryCall": method(grpc.unary_unary_rpc_method_handler, unary_call, SimpleRequest, SimpleResponse),
        "StreamingOutputCall": method(
            grpc.unary_stream_rpc_method_handler, streaming_output_call, OutputRequest, OutputResponse),
        "StreamingInputCall": method(
            grpc.stream_unary_rpc_method_handler, streaming_input_call, InputRequest, InputResponse),
        "FullDuplexCall": method(
            grpc.stream_stream_rpc_method_handler, full_duplex_call, OutputRequest, OutputResponse),
    })


async def serve(options):
    server = grpc.aio.server(options=METADATA)
    server.add_generic_rpc_handlers((handlers(),))
    if options.cert:
        authorities = read(options.ca)
        credentials = grpc.ssl_server_credentials(
            [(read(options.key), read(options.cert))], authorities, authorities is not None)
        port = server.add_secure_port("127.0.0.1:0", credentials)
    else:
        port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    return port, server


# --- Client


class Stub:
    """The methods of the test service on one channel."""

    def __init__(self, channel):
        def method(kind, name, request, response):
            return kind(name, request_serializer=request.SerializeToString, response_deserializer=response.FromString)

        self.empty = method(channel.unary_unary, SERVICE + "EmptyCall", Empty, Empty)
        self.unary = method(channel.unary_unary, SERVICE + "UnaryCall", SimpleRequest, SimpleResponse)
        self.output = method(channel.unary_stream, SERVICE + "StreamingOutputCall", OutputRequest, OutputResponse)
        self.input = method(channel.stream_unary, SERVICE + "StreamingInputCall", InputRequest, InputResponse)
        self.duplex = method(channel.stream_stream, SERVICE + "FullDuplexCall", OutputRequest, OutputResponse)
        self.no_method = method(channel.unary_unary, SERVICE + "UnimplementedCall", Empty, Empty)
        self.no_service = method(
            channel.unary_unary, "/grpc.testing.UnimplementedService/UnimplementedCall", Empty, Empty)


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def expect_equal(found, wanted, what):
    expect(found == wanted, f"{what} is {found!r}, not {wanted!r}")


async def expect_status(call, code, text=None):
    try:
        await call
    except grpc.RpcError as error:
        expect_equal(error.code(), code, f"status ({error.details()!r})")
        if text is not None:
            expect_equal(error.details(), text, "status message")
        return error
    except asyncio.CancelledError:
        expect_equal(grpc.StatusCode.CANCELLED, code, "status")
        return None
    raise AssertionError(f"the call went well, {code} was due")


def simple(request_size=REQUEST_SIZE, response_size=RESPONSE_SIZE, **fields):
    return SimpleRequest(response_size=response_size, payload={"body": bytes(request_size)}, **fields)


async def large(stub, **options):
    response = await stub.unary(simple(), **options)
    expect_equal(response.payload.body, bytes(RESPONSE_SIZE), "response")


def duplex_request(request_size, *response_sizes):
    return OutputRequest(
        response_parameters=[{"size": size} for size in response_sizes], payload={"body": bytes(request_size)})


async def read_size(call):
    response = await call.read()
    return None if response is grpc.aio.EOF else len(response.payload.body)


async def empty_unary(stub, _):
    expect_equal(await stub.empty(Empty()), Empty(), "response")


async def large_unary(stub, _):
    await large(stub)


async def client_compressed_unary(stub, _):
    probe = simple(expect_compressed={"value": True})
    await expect_status(stub.unary(probe), grpc.StatusCode.INVALID_ARGUMENT)
    response = await stub.unary(probe, compression=grpc.Compression.Gzip)
    expect_equal(len(response.payload.body), RESPONSE_SIZE, "response size")
    response = await stub.unary(simple(expect_compressed={"value": False}))
    expect_equal(len(response.payload.body), RESPONSE_SIZE, "response size")


async def server_compressed_unary(stub, _):
    for compressed in (True, False):
        response = await stub.unary(simple(response_compressed={"value": compressed}))
        expect_equal(response.payload.body, bytes(RESPONSE_SIZE), "response")


async def client_streaming(stub, _):
    call = stub.input()
    for size in STREAM_REQUESTS:
        await call.write(InputRequest(payload={"body": bytes(size)}))
    await call.done_writing()
    expect_equal((await call).aggregated_payload_size, 74922, "sum")


async def client_compressed_streaming(stub, _):
    probe = InputRequest(payload={"body": bytes(27182)}, expect_compressed={"value": True})
    call = stub.input()
    await call.write(probe)
    await call.done_writing()
    await expect_status(call, grpc.StatusCode.INVALID_ARGUMENT)
    call = stub.input(compression=grpc.Compression.Gzip)
    await call.write(probe)
    # There is no way to send a single message as it is: a call's compression is for all its messages.
    await call.write(InputRequest(payload={"body": bytes(45904)}, expect_compressed={"value": False}))
    await call.done_writing()
    expect_equal((await call).aggregated_payload_size, 73086, "sum")


async def server_streaming(stub, _):
    request = OutputRequest(response_parameters=[{"size": size} for size in STREAM_RESPONSES])
    sizes = [len(response.payload.body) async for response in stub.output(request)]
    expect_equal(sizes, STREAM_RESPONSES, "sizes")


async def server_compressed_streaming(stub, _):
    request = OutputRequest(response_parameters=[
        {"size": 31415, "compressed": {"value": True}}, {"size": 92653, "compressed": {"value": False}}])
    bodies = [response.payload.body async for response in stub.output(request)]
    expect_equal(bodies, [bytes(31415), bytes(92653)], "responses")


async def ping_pong(stub, _):
    call = stub.duplex()
    for request_size, response_size in zip(STREAM_REQUESTS, STREAM_RESPONSES):
        await call.write(duplex_request(request_size, response_size))
        expect_equal(await read_size(call), response_size, "response size")
    await call.done_writing()
    expect_equal(await read_size(call), None, "response after the last")
    expect_equal(await call.code(), grpc.StatusCode.OK, "status")


async def empty_stream(stub, _):
    call = stub.duplex()
    await call.done_writing()
    expect_equal(await read_size(call), None, "response")
    expect_equal(await call.code(), grpc.StatusCode.OK, "status")


async def custom_metadata(stub, _):
    sent = ((ECHO_INITIAL, "test_initial_metadata_value"), (ECHO_TRAILING, b"\xab\xab\xab"))
    unary = stub.unary(simple(), metadata=sent)
    await unary
    duplex = stub.duplex(metadata=sent)
    await duplex.write(duplex_request(REQUEST_SIZE, RESPONSE_SIZE))
    await duplex.done_writing()
    expect_equal(await read_size(duplex), RESPONSE_SIZE, "response size")
    for call in (unary, duplex):
        initial, trailing = await call.initial_metadata(), await call.trailing_metadata()
        expect_equal(initial.get(ECHO_INITIAL), "test_initial_metadata_value", "initial metadata")
        expect_equal(trailing.get(ECHO_TRAILING), b"\xab\xab\xab", "trailing metadata")


async def expect_echoed_status(stub, code, text):
    wanted = {"code": code.value[0], "message": text}
    await expect_status(stub.unary(SimpleRequest(response_status=wanted)), code, text)
    call = stub.duplex()
    await call.write(OutputRequest(response_status=wanted))
    await call.done_writing()
    await expect_status(call.read(), code, text)


async def status_code_and_message(stub, _):
    await expect_echoed_status(stub, grpc.StatusCode.UNKNOWN, "test status message")


async def special_status_message(stub, _):
    text = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
    await expect_status(
        stub.unary(SimpleRequest(response_status={"code": 2, "message": text})), grpc.StatusCode.UNKNOWN, text)


async def every_status_code(stub, _):
    for code in grpc.StatusCode:
        if code != grpc.StatusCode.OK:
            await expect_echoed_status(stub, code, code.name)


async def status_message_code_points(stub, _):
    for text in STATUS_TEXTS:
        await expect_echoed_status(stub, grpc.StatusCode.ABORTED, text)


async def status_message_outer_spaces(stub, _):
    for text in (" a", "a ", " ", "  a  "):
        await expect_echoed_status(stub, grpc.StatusCode.ABORTED, text)


# A text for each class of code points that percent-encoding treats, or could be thought to treat, differently.
STATUS_TEXTS = [
    "",
    "\0",
    "".join(map(chr, range(1, 32))),
    "\x7f",
    "a" + "".join(map(chr, range(32, 127))),
    "%",
    "100 % %41 %zz %2",
    "".join(map(chr, range(128, 160))),
    "naïve ÿ",
    "\u0100\u07ff",
    "\u0800\ud7ff\ue000\ufffd",
    "\ufdd0\uffff",
    "e\u0301 \u202e \ufeff \u200d",
    "\U00010000\U0001f608\U0010ffff",
    "x" * 1000,
    "é" * 500,
]


async def unimplemented_method(stub, _):
    await expect_status(stub.no_method(Empty()), grpc.StatusCode.UNIMPLEMENTED)


async def unimplemented_service(stub, _):
    await expect_status(stub.no_service(Empty()), grpc.StatusCode.UNIMPLEMENTED)


async def cancel_after_begin(stub, _):
    call = stub.input()
    call.cancel()
    await expect_status(call, grpc.StatusCode.CANCELLED)
    expect_equal(await call.code(), grpc.StatusCode.CANCELLED, "status")


async def cancel_after_first_response(stub, _):
    call = stub.duplex()
    await call.write(duplex_request(27182, 31415))
    expect_equal(await read_size(call), 31415, "response size")
    call.cancel()
    await expect_status(call.read(), grpc.StatusCode.CANCELLED)
    expect_equal(await call.code(), grpc.StatusCode.CANCELLED, "status")


async def timeout_on_sleeping_server(_, options):
    # Not with asyncio: a write of its that meets the deadline makes the call INTERNAL, whatever the server does.
    over = threading.Event()

    def requests():
        yield duplex_request(27182)
        over.wait()

    def call():
        with channel(options, grpc) as connection:
            grpc.channel_ready_future(connection).result(timeout=10)
            code = Stub(connection).duplex(requests(), timeout=0.001).code()
            over.set()
            return code

    expect_equal(await asyncio.to_thread(call), grpc.StatusCode.DEADLINE_EXCEEDED, "status")


async def rpc_soak(stub, _):
    for _ in range(100):
        await large(stub, timeout=5)


async def channel_soak(_, options):
    for _ in range(20):
        async with channel(options) as fresh:
            await large(Stub(fresh), timeout=5)


# --- Client: beyond gRPC's own cases


def sized_request(size):
    """A request of exactly this many bytes on the wire."""
    request = simple(size, 0)
    while missing := size - request.ByteSize():
        request.payload.body = bytes(len(request.payload.body) + missing)
    return request


def body_of_response(size):
    """How large a payload makes the response exactly this many bytes on the wire."""
    body = size
    while missing := size - SimpleResponse(payload={"body": bytes(body)}).ByteSize():
        body += missing
    return body


async def message_sizes(stub, _):
    expect_equal(await stub.unary(SimpleRequest()), SimpleResponse(payload={}), "response to no bytes")
    for size in (16383, 16384, 16385):
        await stub.unary(sized_request(size))
        response = await stub.unary(simple(0, body_of_response(size)))
        expect_equal(response.ByteSize(), size, "response size")


async def message_at_limit(stub, _):
    await stub.unary(sized_request(LIMIT))
    response = await stub.unary(simple(0, body_of_response(LIMIT)))
    expect_equal(response.ByteSize(), LIMIT, "response size")


async def message_over_limit(stub, _):
    await expect_status(stub.unary(sized_request(LIMIT + 1)), grpc.StatusCode.RESOURCE_EXHAUSTED)
    over = simple(0, body_of_response(LIMIT + 1))
    await expect_status(stub.unary(over), grpc.StatusCode.RESOURCE_EXHAUSTED)
    await large(stub)


async def metadata_limit(stub, _):
    async def fits(size):
        call = stub.empty(Empty(), metadata=(("x-padding", "x" * size),))
        if await call.code() == grpc.StatusCode.OK:
            return True
        expect_equal(await call.code(), grpc.StatusCode.RESOURCE_EXHAUSTED, "status")
        return False

    low, high = 1024, 24576
    expect(await fits(low), "1 KiB of metadata is refused")
    expect(not await fits(high), "24 KiB of metadata are taken")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if await fits(middle) else (low, middle)
    for _ in range(10):
        expect(await fits(low), "metadata at the limit is not always taken")
        expect(not await fits(high), "metadata over the limit is sometimes taken")


async def sequential_streams(stub, _):
    for _ in range(10000):
        await stub.empty(Empty())


async def concurrent_streams(stub, _):
    async def exchange(call):
        await call.write(duplex_request(1, 10))
        expect_equal(await read_size(call), 10, "response size")

    calls = [stub.duplex() for _ in range(1000)]
    for _ in range(2):
        await asyncio.gather(*map(exchange, calls))
    for call in calls:
        await call.done_writing()
    for call in calls:
        expect_equal(await call.code(), grpc.StatusCode.OK, "status")


async def goaway_mid_stream(stub, _):
    call = stub.duplex()
    await call.write(duplex_request(1, 10))
    expect_equal(await read_size(call), 10, "response size")
    print("waiting", flush=True)
    await commands.get()
    await call.write(duplex_request(1, 20))
    expect_equal(await read_size(call), 20, "response size after GOAWAY")
    await call.done_writing()
    expect_equal(await read_size(call), None, "response after the last")
    expect_equal(await call.code(), grpc.StatusCode.OK, "status")


async def deadline_passes(stub, _):
    await expect_status(stub.empty(Empty(), timeout=2), grpc.StatusCode.DEADLINE_EXCEEDED)


async def connection_refused(stub, _):
    """The peer is not to be trusted, or does not trust this client."""
    await expect_status(stub.empty(Empty(), timeout=10), grpc.StatusCode.UNAVAILABLE)


def read(path):
    if path is None:
        return None
    with open(path, "rb") as file:
        return file.read()


def channel(options, kind=grpc.aio):
    # Channels of one process share connections unless told otherwise.
    arguments = [("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0), *METADATA]
    if options.ca is None:
        return kind.insecure_channel(options.address, options=arguments)
    credentials = grpc.ssl_channel_credentials(read(options.ca), read(options.key), read(options.cert))
    return kind.secure_channel(options.address, credentials, options=arguments)


async def run(options):
    try:
        async with channel(options) as connection:
            await asyncio.wait_for(globals()[options.case](Stub(connection), options), 240)
        return "passed"
    except BaseException as error:  # whatever it is, the driver is to know
        text = f"{error.code().name}: {error.details()}" if isinstance(error, grpc.aio.AioRpcError) else repr(error)
        return "failed " + text.encode("ascii", "backslashreplace").decode().replace("\n", "\\n")[:1000]


# --- Commands


parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["serve", "stop", "run"])
parser.add_argument("port", nargs="?", type=int)
for name in ("case", "address", "ca", "cert", "key"):
    parser.add_argument("--" + name)

commands = asyncio.Queue()
servers = {}


async def obey(line):
    options = parser.parse_args(line)
    if options.command == "serve":
        port, server = await serve(options)
        servers[port] = server
        return f"serving {port}"
    if options.command == "stop":
        stopping.append(asyncio.create_task(servers.pop(options.port).stop(30)))
        return f"stopping {options.port}"
    return await run(options)


stopping = []


async def main():
    if len(sys.argv) > 2:
        print(await obey(sys.argv[2:]), flush=True)
        if sys.argv[2] == "run":
            return
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def read_lines():
        while line := await reader.readline():
            await commands.put(line.decode())
        await commands.put(None)

    reading = asyncio.create_task(read_lines())
    while (line := await commands.get()) is not None:
        print(await obey(shlex.split(line)), flush=True)
    reading.cancel()
    for server in servers.values():
        await server.stop(None)


asyncio.run(main())
