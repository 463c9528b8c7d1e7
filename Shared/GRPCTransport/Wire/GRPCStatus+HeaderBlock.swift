package import GRPCCore
package import HTTP2

extension HeaderBlock {
  /// Appends `grpc-status`, `grpc-message` if there is one, and the trailing metadata.
  package mutating func append(_ status: Status, _ metadata: Metadata) {
    self.append("grpc-status", decimal: status.code.rawValue)
    if !status.message.isEmpty { self.append("grpc-message", bytes: GRPCStatusCoding.encode(status.message)) }
    self.append(metadata)
  }

  /// The status that these trailers carry; `nil` if there is none. A code that gRPC does not define
  /// becomes `.unknown`.
  package var grpcStatus: Status? {
    guard let bytes = self.bytes(of: "grpc-status") else { return nil }
    let number = Int(String(decoding: bytes, as: UTF8.self))
    let code = number.flatMap { Status.Code(rawValue: $0) } ?? .unknown
    let message = self.bytes(of: "grpc-message").map { GRPCStatusCoding.decode($0) } ?? ""
    return Status(code: code, message: message)
  }
}
