// gRPC's interoperability tests in C++ (libgrpc++): what its parts share. See interop.cc for the commands.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "grpc/testing/test.grpc.pb.h"

namespace peer {

using grpc::testing::TestService;

inline constexpr char kEchoInitial[] = "x-grpc-test-echo-initial";
inline constexpr char kEchoTrailing[] = "x-grpc-test-echo-trailing-bin";
// One limit for metadata.
inline constexpr int kMetadataLimit = 16384;

// What a command says after its name, by option.
struct Options {
  std::string test_case, address, ca, cert, key;
};

// The files' text; empty for no file.
std::string ReadFile(const std::string& path);

// A server on a free port, which it sets.
std::unique_ptr<grpc::Server> Serve(const Options& options, TestService::Service* service, int* port);

// The service, which outlives its servers.
std::unique_ptr<TestService::Service> MakeService();

std::shared_ptr<grpc::Channel> MakeChannel(const Options& options);

// Runs a case; `wait` returns when the driver has done what the case waits for.
// Throws what is wrong.
void RunCase(const Options& options, const std::function<void()>& wait);

// Whether the last message received was compressed. There is no public way to learn it; gRPC's own tests use this.
bool WasCompressed(grpc_call* call);

}  // namespace peer

namespace grpc::testing {

class InteropClientContextInspector {
 public:
  static bool WasCompressed(const ClientContext& context) { return peer::WasCompressed(context.call_); }
};

class InteropServerContextInspector {
 public:
  static bool WasCompressed(const ServerContextBase& context) { return peer::WasCompressed(context.call_.call); }
};

}  // namespace grpc::testing
