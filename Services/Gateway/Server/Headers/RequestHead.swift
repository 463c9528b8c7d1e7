import GRPCTransport
import HTTP2
import NIOCore

/// The head of a request, read once: the fields as an instance of the service gets them, and what the gateway itself
/// needs to know.
struct RequestHead {
  /// Why a request is not a gRPC call.
  enum Problem: Error, Equatable, CaseIterable {
    /// Not `application/grpc` or one of its subtypes; answered with HTTP status 415.
    case contentType
    /// Not POST; answered with HTTP status 405.
    case method
    /// `grpc-timeout` is given and is no timeout.
    case timeout
  }

  /// What is the same for all requests of a connection.
  struct Origin {
    /// The scheme that instances are spoken to with.
    let scheme: StaticString
    /// The verified URI name of the caller's certificate.
    let peerURI: [UInt8]?
    /// The serial number of that certificate, by which services know one that was revoked.
    let peerSerial: [UInt8]?
    let timeouts: CallTimeouts
  }

  /// Pseudo-header fields first, as HTTP/2 demands.
  private(set) var fields: HeaderBlock
  /// How long the call may take.
  let timeout: TimeAmount?
  /// The values of `authorization`, which go on to the service as well.
  let authorization: [String]
  /// Where in ``fields`` the request id is.
  private let requestIDIndex: Int

  /// - Parameter memory: an empty block to write the fields into.
  init(
    _ block: HeaderBlock, from origin: Origin, identifiers: inout CallIdentifiers,
    memory: consuming HeaderBlock = HeaderBlock()
  ) throws(Problem) {
    let scan = try RequestScan(block)
    timeout = origin.timeouts.granted(scan.timeout)
    authorization = scan.authorizations.map { String(decoding: block.valueBytes(at: $0), as: UTF8.self) }
    fields = consume memory
    fields.append(":method", "POST")
    if let path = scan.path { fields.append(fieldAt: path, of: block) } else { fields.append(":path", "") }
    fields.append(":scheme", origin.scheme)
    if let authority = scan.authority { fields.append(fieldAt: authority, of: block) }
    fields.append("te", "trailers")
    for index in block.indices where scan.forwards(index, of: block) { fields.append(fieldAt: index, of: block) }
    if let timeout, timeout != scan.timeout { fields.append("grpc-timeout", GRPCTimeout.format(Duration(timeout))) }
    // Values that never come again have no place in a compression table: hence "sensitive".
    if !scan.keepsTrace { fields.append("traceparent", bytes: identifiers.newTraceParent(), sensitive: true) }
    requestIDIndex = fields.count
    if let index = scan.requestID {
      fields.append("x-request-id", bytes: block.valueBytes(at: index), sensitive: true)
    } else {
      fields.append("x-request-id", bytes: identifiers.newRequestID(), sensitive: true)
    }
    if let peerURI = origin.peerURI { fields.append("vigil-peer-uri", bytes: peerURI) }
    if let peerSerial = origin.peerSerial { fields.append("vigil-peer-serial", bytes: peerSerial) }
    if timeout == scan.timeout, let index = scan.timeoutIndex { fields.append(fieldAt: index, of: block) }
  }

  /// Gives the memory of the fields away, for another call.
  mutating func takeMemory() -> HeaderBlock {
    var memory = HeaderBlock()
    swap(&memory, &fields)
    return memory
  }

  /// The value of `:path`.
  var path: ArraySlice<UInt8> { fields.valueBytes(at: 1) }
  var requestID: ArraySlice<UInt8> { fields.valueBytes(at: requestIDIndex) }
}
