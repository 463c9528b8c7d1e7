// gRPC's interoperability tests in C++ (libgrpc++): server and client in one process.
//
// Takes commands as lines on standard input and answers each with a line:
//
//   serve [--cert FILE --key FILE [--ca FILE]]      -> serving PORT
//   stop PORT                                       -> stopping PORT   (in progress may end, nothing new is taken)
//   run --case NAME --address HOST:PORT [--ca FILE [--cert FILE --key FILE]]
//                                                   -> passed | failed WHY   (perhaps after: waiting, see below)
//
// A case that must wait for something done to the server prints `waiting` and goes on at the line `continue`. Arguments of
// the program are one command more, for use by hand.
#include <chrono>
#include <iostream>
#include <map>
#include <sstream>
#include <thread>
#include <vector>

#include "peer.h"

namespace {

using peer::Options;

class Peer {
 public:
  std::string Obey(const std::string& line) {
    std::istringstream words(line);
    std::string command, word;
    words >> command;
    if (command == "stop") {
      words >> word;
      return Stop(std::stoi(word));
    }
    Options options = ReadOptions(words);
    if (command == "serve") return Serve(options);
    if (command == "run") return Run(options);
    return "unknown command";
  }

  ~Peer() {
    for (auto& [port, server] : servers_) server->Shutdown(std::chrono::system_clock::now());
    for (auto& thread : stopping_) thread.join();
  }

 private:
  static Options ReadOptions(std::istream& words) {
    Options options;
    std::map<std::string, std::string*> names = {
        {"--case", &options.test_case}, {"--address", &options.address}, {"--ca", &options.ca},
        {"--cert", &options.cert},      {"--key", &options.key},
    };
    for (std::string name; words >> name;) {
      auto found = names.find(name);
      if (found != names.end()) words >> *found->second;
    }
    return options;
  }

  std::string Serve(const Options& options) {
    int port = 0;
    auto server = peer::Serve(options, service_.get(), &port);
    if (!server) return "failed to serve";
    servers_[port] = std::move(server);
    return "serving " + std::to_string(port);
  }

  std::string Stop(int port) {
    auto server = std::move(servers_[port]);
    servers_.erase(port);
    stopping_.emplace_back([server = std::move(server)] {
      server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(30));
    });
    return "stopping " + std::to_string(port);
  }

  static std::string Run(const Options& options) {
    try {
      peer::RunCase(options, [] {
        std::cout << "waiting" << std::endl;
        std::string line;
        std::getline(std::cin, line);
      });
      return "passed";
    } catch (const std::exception& error) {
      std::string text = error.what();
      for (char& letter : text) {
        if (letter < ' ' || letter > '~') letter = '?';
      }
      return "failed " + text.substr(0, 1000);
    }
  }

  std::unique_ptr<peer::TestService::Service> service_ = peer::MakeService();
  std::map<int, std::unique_ptr<grpc::Server>> servers_;
  std::vector<std::thread> stopping_;
};

}  // namespace

int main(int count, char** words) {
  Peer peer;
  std::string line;
  for (int index = 1; index < count; ++index) line += std::string(words[index]) + " ";
  if (!line.empty()) std::cout << peer.Obey(line) << std::endl;
  if (line.rfind("run", 0) == 0) return 0;
  while (std::getline(std::cin, line)) std::cout << peer.Obey(line) << std::endl;
}
