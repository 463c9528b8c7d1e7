// The test service and its servers.
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "peer.h"

// Of libgrpc, for tests.
uint32_t grpc_call_test_only_get_message_flags(grpc_call* call);

namespace peer {

using namespace grpc::testing;
using grpc::ServerContext;
using grpc::Status;
using grpc::StatusCode;

bool WasCompressed(grpc_call* call) {
  constexpr uint32_t kWasCompressed = 0x40000000u;
  return grpc_call_test_only_get_message_flags(call) & kWasCompressed;
}

std::string ReadFile(const std::string& path) {
  if (path.empty()) return "";
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

namespace {

void EchoMetadata(ServerContext* context) {
  const auto& metadata = context->client_metadata();
  if (auto found = metadata.find(kEchoInitial); found != metadata.end()) {
    context->AddInitialMetadata(kEchoInitial, std::string(found->second.data(), found->second.size()));
  }
  if (auto found = metadata.find(kEchoTrailing); found != metadata.end()) {
    context->AddTrailingMetadata(kEchoTrailing, std::string(found->second.data(), found->second.size()));
  }
}

template <typename Request>
Status StatusAsked(const Request& request) {
  if (!request.has_response_status()) return Status::OK;
  return Status(static_cast<StatusCode>(request.response_status().code()), request.response_status().message());
}

// Whether the request is compressed as it says that it is.
template <typename Request>
bool IsAsExpected(const ServerContext& context, const Request& request) {
  if (!request.has_expect_compressed()) return true;
  return InteropServerContextInspector::WasCompressed(context) == request.expect_compressed().value();
}

const Status kNotAsExpected(StatusCode::INVALID_ARGUMENT, "the request is not compressed as it says");

template <typename Stream>
void Respond(const StreamingOutputCallRequest& request, Stream* stream) {
  for (const auto& wanted : request.response_parameters()) {
    std::this_thread::sleep_for(std::chrono::microseconds(wanted.interval_us()));
    StreamingOutputCallResponse response;
    response.mutable_payload()->set_body(std::string(wanted.size(), '\0'));
    grpc::WriteOptions options;
    if (!wanted.compressed().value()) options.set_no_compression();
    if (!stream->Write(response, options)) return;
  }
}

class Service final : public TestService::Service {
  Status EmptyCall(ServerContext* context, const Empty*, Empty*) override {
    EchoMetadata(context);
    return Status::OK;
  }

  Status UnaryCall(ServerContext* context, const SimpleRequest* request, SimpleResponse* response) override {
    EchoMetadata(context);
    if (!IsAsExpected(*context, *request)) return kNotAsExpected;
    if (request->response_compressed().value()) context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    response->mutable_payload()->set_body(std::string(request->response_size(), '\0'));
    return StatusAsked(*request);
  }

  Status StreamingOutputCall(
      ServerContext* context, const StreamingOutputCallRequest* request,
      grpc::ServerWriter<StreamingOutputCallResponse>* writer) override {
    EchoMetadata(context);
    for (const auto& wanted : request->response_parameters()) {
      if (wanted.compressed().value()) context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    }
    Respond(*request, writer);
    return StatusAsked(*request);
  }

  Status StreamingInputCall(
      ServerContext* context, grpc::ServerReader<StreamingInputCallRequest>* reader,
      StreamingInputCallResponse* response) override {
    EchoMetadata(context);
    StreamingInputCallRequest request;
    int size = 0;
    while (reader->Read(&request)) {
      if (!IsAsExpected(*context, request)) return kNotAsExpected;
      size += request.payload().body().size();
    }
    response->set_aggregated_payload_size(size);
    return Status::OK;
  }

  Status FullDuplexCall(
      ServerContext* context,
      grpc::ServerReaderWriter<StreamingOutputCallResponse, StreamingOutputCallRequest>* stream) override {
    EchoMetadata(context);
    StreamingOutputCallRequest request;
    while (stream->Read(&request)) {
      if (request.has_response_status()) return StatusAsked(request);
      Respond(request, stream);
    }
    return Status::OK;
  }
};

std::shared_ptr<grpc::ServerCredentials> Credentials(const Options& options) {
  if (options.cert.empty()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions tls(
      options.ca.empty() ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                         : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = ReadFile(options.ca);
  tls.pem_key_cert_pairs.push_back({ReadFile(options.key), ReadFile(options.cert)});
  return grpc::SslServerCredentials(tls);
}

}  // namespace

std::unique_ptr<TestService::Service> MakeService() { return std::make_unique<Service>(); }

std::unique_ptr<grpc::Server> Serve(const Options& options, TestService::Service* service, int* port) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", Credentials(options), port);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMetadataLimit);
  builder.RegisterService(service);
  return builder.BuildAndStart();
}

}  // namespace peer
