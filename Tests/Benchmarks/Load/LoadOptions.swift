import NIOCore
import TLS

/// `bench-load --address HOST:PORT --path /package.Service/Method --messages FILE [--connections N] [--streams N]
/// [--seconds S] [--ca FILE [--certificate FILE --key FILE]]`
struct LoadOptions {
  var host = "127.0.0.1"
  var port = 0
  var path = ""
  /// A file with one request message a line, in hexadecimal; calls take them in turn.
  var messages = ""
  var connections = 4
  var streams = 10
  var warmUp = TimeAmount.seconds(1)
  var duration = TimeAmount.seconds(3)
  var tls: TLSFiles?

  struct UsageError: Error, CustomStringConvertible {
    var description: String
  }

  init(_ arguments: some Sequence<String>) throws {
    var values: [String: String] = [:]
    var iterator = arguments.makeIterator()
    while let name = iterator.next() {
      guard name.hasPrefix("--"), let value = iterator.next() else {
        throw UsageError(description: "\(name): no value")
      }
      values[String(name.dropFirst(2))] = value
    }
    guard let address = values["address"], let colon = address.lastIndex(of: ":"),
      let port = Int(address[address.index(after: colon)...])
    else { throw UsageError(description: "--address HOST:PORT is needed") }
    self.host = String(address[..<colon])
    self.port = port
    self.path = values["path"] ?? ""
    self.messages = values["messages"] ?? ""
    self.connections = values["connections"].flatMap(Int.init) ?? 4
    self.streams = values["streams"].flatMap(Int.init) ?? 10
    self.duration = .milliseconds(Int64((values["seconds"].flatMap(Double.init) ?? 3) * 1000))
    if let authorities = values["ca"] {
      self.tls = TLSFiles(authorities: authorities)
      if let certificate = values["certificate"], let key = values["key"] {
        self.tls = TLSFiles(certificateChain: certificate, privateKey: key, authorities: authorities)
      }
    }
  }
}
