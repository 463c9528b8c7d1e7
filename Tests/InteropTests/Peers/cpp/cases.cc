// The cases, from the client's side. Sizes and texts are those of
// https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md
#include <chrono>
#include <map>
#include <sstream>
#include <vector>

#include "peer.h"

namespace peer {

using namespace grpc::testing;
using grpc::ClientContext;
using grpc::Status;
using grpc::StatusCode;
using Stub = TestService::Stub;
using Duplex = grpc::ClientReaderWriter<StreamingOutputCallRequest, StreamingOutputCallResponse>;

namespace {

constexpr int kLimit = 4 * 1024 * 1024;
constexpr int kRequestSize = 271828, kResponseSize = 314159;
const std::vector<int> kStreamRequests = {27182, 8, 1828, 45904};
const std::vector<int> kStreamResponses = {31415, 9, 2653, 58979};

struct Surroundings {
  const Options& options;
  Stub& stub;
  const std::function<void()>& wait;
};

void Expect(bool condition, const std::string& what) {
  if (!condition) throw std::runtime_error(what);
}

template <typename Found, typename Wanted>
void ExpectEqual(const Found& found, const Wanted& wanted, const std::string& what) {
  if (found == wanted) return;
  std::ostringstream text;
  text << what << " is " << found << ", not " << wanted;
  throw std::runtime_error(text.str());
}

void ExpectStatus(const Status& status, StatusCode code) {
  ExpectEqual(int(status.error_code()), int(code), "status (" + status.error_message() + ")");
}

void ExpectStatus(const Status& status, StatusCode code, const std::string& text) {
  ExpectStatus(status, code);
  ExpectEqual(status.error_message(), text, "status message");
}

std::string Zeros(int size) { return std::string(size, '\0'); }

void ExpectZeros(const Payload& payload, int size) {
  ExpectEqual(payload.body().size(), size_t(size), "payload size");
  Expect(payload.body() == Zeros(size), "the payload is not zeros");
}

void SetTimeout(ClientContext* context, std::chrono::milliseconds timeout) {
  context->set_deadline(std::chrono::system_clock::now() + timeout);
}

SimpleRequest Simple(int request_size = kRequestSize, int response_size = kResponseSize) {
  SimpleRequest request;
  request.set_response_size(response_size);
  request.mutable_payload()->set_body(Zeros(request_size));
  return request;
}

StreamingOutputCallRequest DuplexRequest(int request_size, int response_size) {
  StreamingOutputCallRequest request;
  request.add_response_parameters()->set_size(response_size);
  request.mutable_payload()->set_body(Zeros(request_size));
  return request;
}

void LargeUnary(Stub& stub) {
  ClientContext context;
  SimpleResponse response;
  SetTimeout(&context, std::chrono::seconds(5));
  ExpectStatus(stub.UnaryCall(&context, Simple(), &response), StatusCode::OK);
  ExpectZeros(response.payload(), kResponseSize);
}

void ExpectResponse(Duplex* stream, int size) {
  StreamingOutputCallResponse response;
  Expect(stream->Read(&response), "the stream ended early");
  ExpectZeros(response.payload(), size);
}

void ExpectEnd(Duplex* stream) {
  StreamingOutputCallResponse response;
  Expect(!stream->Read(&response), "there is a response after the last");
}

// Writes whatever the server makes of it: the status tells.
template <typename Stream, typename Request>
Status FinishAfter(Stream* stream, const Request& request) {
  stream->Write(request);
  stream->WritesDone();
  return stream->Finish();
}

// --- gRPC's own cases

void EmptyUnary(Surroundings& at) {
  ClientContext context;
  Empty response;
  ExpectStatus(at.stub.EmptyCall(&context, Empty(), &response), StatusCode::OK);
}

Status CompressedUnary(Stub& stub, bool expected, bool compressed) {
  ClientContext context;
  if (compressed) context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  SimpleRequest request = Simple();
  request.mutable_expect_compressed()->set_value(expected);
  SimpleResponse response;
  Status status = stub.UnaryCall(&context, request, &response);
  if (status.ok()) ExpectZeros(response.payload(), kResponseSize);
  return status;
}

void ClientCompressedUnary(Surroundings& at) {
  ExpectStatus(CompressedUnary(at.stub, true, false), StatusCode::INVALID_ARGUMENT);
  ExpectStatus(CompressedUnary(at.stub, true, true), StatusCode::OK);
  ExpectStatus(CompressedUnary(at.stub, false, false), StatusCode::OK);
}

void ServerCompressedUnary(Surroundings& at) {
  for (bool compressed : {true, false}) {
    ClientContext context;
    SimpleRequest request = Simple();
    request.mutable_response_compressed()->set_value(compressed);
    SimpleResponse response;
    ExpectStatus(at.stub.UnaryCall(&context, request, &response), StatusCode::OK);
    ExpectZeros(response.payload(), kResponseSize);
    ExpectEqual(InteropClientContextInspector::WasCompressed(context), compressed, "the compressed flag");
  }
}

void ClientStreaming(Surroundings& at) {
  ClientContext context;
  StreamingInputCallResponse response;
  auto stream = at.stub.StreamingInputCall(&context, &response);
  for (int size : kStreamRequests) {
    StreamingInputCallRequest request;
    request.mutable_payload()->set_body(Zeros(size));
    Expect(stream->Write(request), "a write failed");
  }
  stream->WritesDone();
  ExpectStatus(stream->Finish(), StatusCode::OK);
  ExpectEqual(response.aggregated_payload_size(), 74922, "sum");
}

StreamingInputCallRequest ProbingRequest(int size, bool expected) {
  StreamingInputCallRequest request;
  request.mutable_payload()->set_body(Zeros(size));
  request.mutable_expect_compressed()->set_value(expected);
  return request;
}

void ClientCompressedStreaming(Surroundings& at) {
  StreamingInputCallResponse response;
  {
    ClientContext context;
    auto stream = at.stub.StreamingInputCall(&context, &response);
    ExpectStatus(FinishAfter(stream.get(), ProbingRequest(27182, true)), StatusCode::INVALID_ARGUMENT);
  }
  ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  auto stream = at.stub.StreamingInputCall(&context, &response);
  Expect(stream->Write(ProbingRequest(27182, true)), "the compressed write failed");
  grpc::WriteOptions as_it_is;
  as_it_is.set_no_compression();
  Expect(stream->Write(ProbingRequest(45904, false), as_it_is), "the uncompressed write failed");
  stream->WritesDone();
  ExpectStatus(stream->Finish(), StatusCode::OK);
  ExpectEqual(response.aggregated_payload_size(), 73086, "sum");
}

void ServerStreaming(Surroundings& at) {
  ClientContext context;
  StreamingOutputCallRequest request;
  for (int size : kStreamResponses) request.add_response_parameters()->set_size(size);
  auto stream = at.stub.StreamingOutputCall(&context, request);
  StreamingOutputCallResponse response;
  for (int size : kStreamResponses) {
    Expect(stream->Read(&response), "the stream ended early");
    ExpectZeros(response.payload(), size);
  }
  Expect(!stream->Read(&response), "there is a response after the last");
  ExpectStatus(stream->Finish(), StatusCode::OK);
}

void ServerCompressedStreaming(Surroundings& at) {
  ClientContext context;
  StreamingOutputCallRequest request;
  for (auto [size, compressed] : {std::pair(31415, true), std::pair(92653, false)}) {
    auto* wanted = request.add_response_parameters();
    wanted->set_size(size);
    wanted->mutable_compressed()->set_value(compressed);
  }
  auto stream = at.stub.StreamingOutputCall(&context, request);
  for (const auto& wanted : request.response_parameters()) {
    StreamingOutputCallResponse response;
    Expect(stream->Read(&response), "the stream ended early");
    ExpectZeros(response.payload(), wanted.size());
    bool found = InteropClientContextInspector::WasCompressed(context);
    ExpectEqual(found, wanted.compressed().value(), "the compressed flag");
  }
  ExpectStatus(stream->Finish(), StatusCode::OK);
}

void PingPong(Surroundings& at) {
  ClientContext context;
  auto stream = at.stub.FullDuplexCall(&context);
  for (size_t index = 0; index < kStreamRequests.size(); ++index) {
    Expect(stream->Write(DuplexRequest(kStreamRequests[index], kStreamResponses[index])), "a write failed");
    ExpectResponse(stream.get(), kStreamResponses[index]);
  }
  stream->WritesDone();
  ExpectEnd(stream.get());
  ExpectStatus(stream->Finish(), StatusCode::OK);
}

void EmptyStream(Surroundings& at) {
  ClientContext context;
  auto stream = at.stub.FullDuplexCall(&context);
  stream->WritesDone();
  ExpectEnd(stream.get());
  ExpectStatus(stream->Finish(), StatusCode::OK);
}

void AddEchoMetadata(ClientContext* context) {
  context->AddMetadata(kEchoInitial, "test_initial_metadata_value");
  context->AddMetadata(kEchoTrailing, "\xab\xab\xab");
}

void ExpectEchoMetadata(const ClientContext& context) {
  auto initial = context.GetServerInitialMetadata().find(kEchoInitial);
  Expect(initial != context.GetServerInitialMetadata().end(), "no initial metadata");
  ExpectEqual(initial->second, "test_initial_metadata_value", "initial metadata");
  auto trailing = context.GetServerTrailingMetadata().find(kEchoTrailing);
  Expect(trailing != context.GetServerTrailingMetadata().end(), "no trailing metadata");
  ExpectEqual(trailing->second, "\xab\xab\xab", "trailing metadata");
}

void CustomMetadata(Surroundings& at) {
  {
    ClientContext context;
    AddEchoMetadata(&context);
    SimpleResponse response;
    ExpectStatus(at.stub.UnaryCall(&context, Simple(), &response), StatusCode::OK);
    ExpectEchoMetadata(context);
  }
  ClientContext context;
  AddEchoMetadata(&context);
  auto stream = at.stub.FullDuplexCall(&context);
  stream->Write(DuplexRequest(kRequestSize, kResponseSize));
  stream->WritesDone();
  ExpectResponse(stream.get(), kResponseSize);
  ExpectStatus(stream->Finish(), StatusCode::OK);
  ExpectEchoMetadata(context);
}

void ExpectEchoedStatus(Stub& stub, StatusCode code, const std::string& text) {
  EchoStatus wanted;
  wanted.set_code(code);
  wanted.set_message(text);
  {
    ClientContext context;
    SimpleRequest request;
    *request.mutable_response_status() = wanted;
    SimpleResponse response;
    ExpectStatus(stub.UnaryCall(&context, request, &response), code, text);
  }
  ClientContext context;
  StreamingOutputCallRequest request;
  *request.mutable_response_status() = wanted;
  auto stream = stub.FullDuplexCall(&context);
  ExpectStatus(FinishAfter(stream.get(), request), code, text);
}

void StatusCodeAndMessage(Surroundings& at) {
  ExpectEchoedStatus(at.stub, StatusCode::UNKNOWN, "test status message");
}

void SpecialStatusMessage(Surroundings& at) {
  const char* text = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n";
  ExpectEchoedStatus(at.stub, StatusCode::UNKNOWN, text);
}

void UnimplementedMethod(Surroundings& at) {
  ClientContext context;
  Empty response;
  ExpectStatus(at.stub.UnimplementedCall(&context, Empty(), &response), StatusCode::UNIMPLEMENTED);
}

void UnimplementedServiceCase(Surroundings& at) {
  ClientContext context;
  Empty response;
  auto stub = UnimplementedService::NewStub(MakeChannel(at.options));
  ExpectStatus(stub->UnimplementedCall(&context, Empty(), &response), StatusCode::UNIMPLEMENTED);
}

void CancelAfterBegin(Surroundings& at) {
  ClientContext context;
  StreamingInputCallResponse response;
  auto stream = at.stub.StreamingInputCall(&context, &response);
  context.TryCancel();
  ExpectStatus(stream->Finish(), StatusCode::CANCELLED);
}

void CancelAfterFirstResponse(Surroundings& at) {
  ClientContext context;
  auto stream = at.stub.FullDuplexCall(&context);
  Expect(stream->Write(DuplexRequest(27182, 31415)), "the write failed");
  ExpectResponse(stream.get(), 31415);
  context.TryCancel();
  ExpectStatus(stream->Finish(), StatusCode::CANCELLED);
}

void TimeoutOnSleepingServer(Surroundings& at) {
  ClientContext context;
  SetTimeout(&context, std::chrono::milliseconds(1));
  auto stream = at.stub.FullDuplexCall(&context);
  StreamingOutputCallRequest request;
  request.mutable_payload()->set_body(Zeros(27182));
  stream->Write(request);
  ExpectStatus(stream->Finish(), StatusCode::DEADLINE_EXCEEDED);
}

void RPCSoak(Surroundings& at) {
  for (int count = 0; count < 100; ++count) LargeUnary(at.stub);
}

void ChannelSoak(Surroundings& at) {
  for (int count = 0; count < 20; ++count) LargeUnary(*TestService::NewStub(MakeChannel(at.options)));
}

// --- Beyond gRPC's own cases

void EveryStatusCode(Surroundings& at) {
  for (int code = 1; code <= 16; ++code) ExpectEchoedStatus(at.stub, StatusCode(code), "code " + std::to_string(code));
}

std::string ASCIIRange(int first, int end) {
  std::string text;
  for (int letter = first; letter < end; ++letter) text += char(letter);
  return text;
}

// A text for each class of code points that percent-encoding treats, or could be thought to treat, differently.
void StatusMessageCodePoints(Surroundings& at) {
  std::string latin;
  for (int letter = 0x80; letter < 0xa0; ++letter) latin += {'\xc2', char(letter)};
  const std::vector<std::string> texts = {
      "",
      std::string(1, '\0'),
      ASCIIRange(1, 32),
      "\x7f",
      "a" + ASCIIRange(32, 127),
      "%",
      "100 % %41 %zz %2",
      latin,
      "na\u00efve \u00ff",
      "\u0100\u07ff",
      "\u0800\ud7ff\ue000\ufffd",
      "\ufdd0\uffff",
      "e\u0301 \u202e \ufeff \u200d",
      "\U00010000\U0001f608\U0010ffff",
      std::string(1000, 'x'),
  };
  for (const auto& text : texts) ExpectEchoedStatus(at.stub, StatusCode::ABORTED, text);
}

void StatusMessageOuterSpaces(Surroundings& at) {
  for (const char* text : {" a", "a ", " ", "  a  "}) ExpectEchoedStatus(at.stub, StatusCode::ABORTED, text);
}

// Gives the payload the size that makes the message exactly `size` bytes on the wire.
template <typename Message>
Message Sized(Message message, int size) {
  int body = size;
  do {
    message.mutable_payload()->set_body(Zeros(body));
    body += size - int(message.ByteSizeLong());
  } while (int(message.ByteSizeLong()) != size);
  return message;
}

Status ExchangeSized(Stub& stub, const SimpleRequest& request, SimpleResponse* response) {
  ClientContext context;
  return stub.UnaryCall(&context, request, response);
}

void ExpectSizes(Stub& stub, int size) {
  SimpleResponse response;
  ExpectStatus(ExchangeSized(stub, Sized(SimpleRequest(), size), &response), StatusCode::OK);
  int body = Sized(SimpleResponse(), size).payload().body().size();
  ExpectStatus(ExchangeSized(stub, Simple(0, body), &response), StatusCode::OK);
  ExpectEqual(int(response.ByteSizeLong()), size, "response size");
}

void MessageSizes(Surroundings& at) {
  SimpleResponse response;
  ExpectStatus(ExchangeSized(at.stub, SimpleRequest(), &response), StatusCode::OK);
  for (int size : {16383, 16384, 16385}) ExpectSizes(at.stub, size);
}

void MessageAtLimit(Surroundings& at) { ExpectSizes(at.stub, kLimit); }

void MessageOverLimit(Surroundings& at) {
  SimpleResponse response;
  auto request = Sized(SimpleRequest(), kLimit + 1);
  ExpectStatus(ExchangeSized(at.stub, request, &response), StatusCode::RESOURCE_EXHAUSTED);
  int body = Sized(SimpleResponse(), kLimit + 1).payload().body().size();
  ExpectStatus(ExchangeSized(at.stub, Simple(0, body), &response), StatusCode::RESOURCE_EXHAUSTED);
  LargeUnary(at.stub);
}

bool MetadataFits(Stub& stub, int size) {
  ClientContext context;
  context.AddMetadata("x-padding", std::string(size, 'x'));
  Empty response;
  Status status = stub.EmptyCall(&context, Empty(), &response);
  if (status.ok()) return true;
  ExpectStatus(status, StatusCode::RESOURCE_EXHAUSTED);
  return false;
}

void MetadataLimit(Surroundings& at) {
  int low = 1024, high = 24576;
  Expect(MetadataFits(at.stub, low), "1 KiB of metadata is refused");
  Expect(!MetadataFits(at.stub, high), "24 KiB of metadata are taken");
  while (high - low > 1) {
    int middle = (low + high) / 2;
    (MetadataFits(at.stub, middle) ? low : high) = middle;
  }
  for (int count = 0; count < 10; ++count) {
    Expect(MetadataFits(at.stub, low), "metadata at the limit is not always taken");
    Expect(!MetadataFits(at.stub, high), "metadata over the limit is sometimes taken");
  }
}

void SequentialStreams(Surroundings& at) {
  for (int count = 0; count < 10000; ++count) EmptyUnary(at);
}

void ConcurrentStreams(Surroundings& at) {
  std::vector<std::unique_ptr<ClientContext>> contexts;
  std::vector<std::unique_ptr<Duplex>> streams;
  for (int count = 0; count < 1000; ++count) {
    contexts.push_back(std::make_unique<ClientContext>());
    streams.push_back(at.stub.FullDuplexCall(contexts.back().get()));
  }
  for (int round = 0; round < 2; ++round) {
    for (auto& stream : streams) Expect(stream->Write(DuplexRequest(1, 10)), "a write failed");
    for (auto& stream : streams) ExpectResponse(stream.get(), 10);
  }
  for (auto& stream : streams) stream->WritesDone();
  for (auto& stream : streams) ExpectStatus(stream->Finish(), StatusCode::OK);
}

void GoawayMidStream(Surroundings& at) {
  ClientContext context;
  auto stream = at.stub.FullDuplexCall(&context);
  Expect(stream->Write(DuplexRequest(1, 10)), "the write failed");
  ExpectResponse(stream.get(), 10);
  at.wait();
  Expect(stream->Write(DuplexRequest(1, 20)), "the write after GOAWAY failed");
  ExpectResponse(stream.get(), 20);
  stream->WritesDone();
  ExpectEnd(stream.get());
  ExpectStatus(stream->Finish(), StatusCode::OK);
}

void DeadlinePasses(Surroundings& at) {
  ClientContext context;
  SetTimeout(&context, std::chrono::seconds(2));
  Empty response;
  ExpectStatus(at.stub.EmptyCall(&context, Empty(), &response), StatusCode::DEADLINE_EXCEEDED);
}

// The peer is not to be trusted, or does not trust this client.
void ConnectionRefused(Surroundings& at) {
  ClientContext context;
  SetTimeout(&context, std::chrono::seconds(10));
  Empty response;
  ExpectStatus(at.stub.EmptyCall(&context, Empty(), &response), StatusCode::UNAVAILABLE);
}

const std::map<std::string, void (*)(Surroundings&)> kCases = {
    {"empty_unary", EmptyUnary},
    {"large_unary", [](Surroundings& at) { LargeUnary(at.stub); }},
    {"client_compressed_unary", ClientCompressedUnary},
    {"server_compressed_unary", ServerCompressedUnary},
    {"client_streaming", ClientStreaming},
    {"client_compressed_streaming", ClientCompressedStreaming},
    {"server_streaming", ServerStreaming},
    {"server_compressed_streaming", ServerCompressedStreaming},
    {"ping_pong", PingPong},
    {"empty_stream", EmptyStream},
    {"custom_metadata", CustomMetadata},
    {"status_code_and_message", StatusCodeAndMessage},
    {"special_status_message", SpecialStatusMessage},
    {"unimplemented_method", UnimplementedMethod},
    {"unimplemented_service", UnimplementedServiceCase},
    {"cancel_after_begin", CancelAfterBegin},
    {"cancel_after_first_response", CancelAfterFirstResponse},
    {"timeout_on_sleeping_server", TimeoutOnSleepingServer},
    {"rpc_soak", RPCSoak},
    {"channel_soak", ChannelSoak},
    {"every_status_code", EveryStatusCode},
    {"status_message_code_points", StatusMessageCodePoints},
    {"status_message_outer_spaces", StatusMessageOuterSpaces},
    {"message_sizes", MessageSizes},
    {"message_at_limit", MessageAtLimit},
    {"message_over_limit", MessageOverLimit},
    {"metadata_limit", MetadataLimit},
    {"sequential_streams", SequentialStreams},
    {"concurrent_streams", ConcurrentStreams},
    {"goaway_mid_stream", GoawayMidStream},
    {"deadline_passes", DeadlinePasses},
    {"connection_refused", ConnectionRefused},
};

}  // namespace

std::shared_ptr<grpc::Channel> MakeChannel(const Options& options) {
  grpc::ChannelArguments arguments;
  // Channels of one process share connections unless told otherwise.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMetadataLimit);
  if (options.ca.empty()) {
    return grpc::CreateCustomChannel(options.address, grpc::InsecureChannelCredentials(), arguments);
  }
  grpc::SslCredentialsOptions tls{ReadFile(options.ca), ReadFile(options.key), ReadFile(options.cert)};
  return grpc::CreateCustomChannel(options.address, grpc::SslCredentials(tls), arguments);
}

void RunCase(const Options& options, const std::function<void()>& wait) {
  auto found = kCases.find(options.test_case);
  Expect(found != kCases.end(), "there is no case " + options.test_case);
  auto stub = TestService::NewStub(MakeChannel(options));
  Surroundings at{options, *stub, wait};
  found->second(at);
}

}  // namespace peer
