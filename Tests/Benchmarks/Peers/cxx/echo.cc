// The echo service on Debian's C++ gRPC, callback API: `cxx-echo PORT [CERTIFICATE KEY]`.
#include <grpcpp/grpcpp.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "vigil/benchmark/v1/echo_service.grpc.pb.h"

namespace {

using vigil::benchmark::v1::EchoRequest;
using vigil::benchmark::v1::EchoResponse;
using vigil::benchmark::v1::EchoService;

class EchoServer final : public EchoService::CallbackService {
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                 EchoResponse* response) override {
    response->set_payload(request->payload());
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

std::string Read(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::shared_ptr<grpc::ServerCredentials> Credentials(int argc, char** argv) {
  if (argc < 4) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back({Read(argv[3]), Read(argv[2])});
  return grpc::SslServerCredentials(options);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: cxx-echo PORT [CERTIFICATE KEY]\n";
    return 64;
  }
  EchoServer service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(std::string("127.0.0.1:") + argv[1], Credentials(argc, argv));
  builder.RegisterService(&service);
  auto server = builder.BuildAndStart();
  if (!server) return 69;
  server->Wait();
}
