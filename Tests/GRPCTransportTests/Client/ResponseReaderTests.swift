import Compression
import GRPCCore
import HTTP2
import NIOCore
import Testing

@testable import GRPCTransport

@Suite("Client: reading responses")
struct ResponseReaderTests {
  private func block(_ fields: [(String, String)]) -> HeaderBlock {
    var block = HeaderBlock()
    for (name, value) in fields { block.append(name: name, value: value) }
    return block
  }

  private let accepted = [(":status", "200"), ("content-type", "application/grpc")]

  private func streaming(_ extra: [(String, String)] = [], limit: Int = 100) throws -> ResponseReader {
    var reader = ResponseReader(maxMessageSize: limit)
    _ = try reader.receive(headers: block(accepted + extra), endStream: false)
    return reader
  }

  @Test("headers, messages in pieces, trailers")
  func whole() throws {
    var reader = ResponseReader(maxMessageSize: 100)
    guard case .metadata(let metadata) = try reader.receive(headers: block(accepted + [("a", "b")]), endStream: false)
    else { return #expect(Bool(false)) }
    #expect(metadata == ["a": "b"])
    let frame = GRPCMessageFrame.encode([1, 2, 3])
    for byte in frame.readableBytesView.dropLast() {
      try reader.receive(data: ByteBuffer(bytes: [byte]))
      #expect(try reader.nextMessage() == nil)
    }
    try reader.receive(data: ByteBuffer(bytes: [3]))
    guard case .message(let message, nil) = try reader.nextMessage() else { return #expect(Bool(false)) }
    #expect(message.bytes == [1, 2, 3])
    #expect(message.framedLength == 8)
    guard
      case .status(let status, let trailing) = try reader.receive(
        trailers: block([("grpc-status", "5"), ("grpc-message", "not%20here"), ("t", "u")])
      )
    else { return #expect(Bool(false)) }
    #expect(status == Status(code: .notFound, message: "not here"))
    #expect(trailing == ["t": "u"])
    #expect(reader.close(.finished) == nil)
    #expect(reader.close(.connectionLost) == nil)
  }

  @Test("a status in the headers, whatever the HTTP status", arguments: ["200", "503"])
  func trailersOnly(httpStatus: String) throws {
    var reader = ResponseReader(maxMessageSize: 100)
    let headers = block([(":status", httpStatus), ("content-type", "application/grpc"), ("grpc-status", "7")])
    guard case .status(let status, _) = try reader.receive(headers: headers, endStream: true) else {
      return #expect(Bool(false))
    }
    #expect(status.code == .permissionDenied)
  }

  @Test(
    "an answer without a gRPC status is mapped by its HTTP status",
    arguments: [
      ("400", .internalError), ("401", .unauthenticated), ("403", .permissionDenied), ("404", .unimplemented),
      ("429", .unavailable), ("502", .unavailable), ("503", .unavailable), ("504", .unavailable), ("500", .unknown),
      ("302", .unknown), ("rubbish", .unknown),
    ] as [(String, RPCError.Code)], [true, false])
  func httpStatus(row: (status: String, code: RPCError.Code), endStream: Bool) {
    var reader = ResponseReader(maxMessageSize: 100)
    let headers = block([(":status", row.status), ("content-type", "text/html")])
    let error = #expect(throws: RPCError.self) { try reader.receive(headers: headers, endStream: endStream) }
    #expect(error?.code == row.code)
    #expect(reader.isEnded)
  }

  @Test("a content type that is not gRPC's", arguments: ["text/html", "application/grpc-web", nil])
  func contentType(type: String?) {
    var reader = ResponseReader(maxMessageSize: 100)
    let headers = block([(":status", "200")] + (type.map { [("content-type", $0)] } ?? []))
    let error = #expect(throws: RPCError.self) { try reader.receive(headers: headers, endStream: false) }
    #expect(error?.code == .unknown)
    #expect(error?.message.contains(type ?? "none") == true)
  }

  @Test(
    "encodings",
    arguments: [
      ("identity", nil), ("gzip", .gzip), ("deflate", .deflate),
    ] as [(String, CompressionFormat?)])
  func encodings(name: String, format: CompressionFormat?) throws {
    var reader = try streaming([("grpc-encoding", name)])
    try reader.receive(data: GRPCMessageFrame.encode([1], isCompressed: format != nil))
    guard case .message(_, let found) = try reader.nextMessage() else { return #expect(Bool(false)) }
    #expect(found == format)
    // A message may be sent as it is in spite of the encoding.
    try reader.receive(data: GRPCMessageFrame.encode([1]))
    guard case .message(_, nil) = try reader.nextMessage() else { return #expect(Bool(false)) }
  }

  @Test
  func unknownEncoding() {
    let error = #expect(throws: RPCError.self) { try streaming([("grpc-encoding", "snappy")]) }
    #expect(error?.code == .internalError)
  }

  @Test
  func compressedWithoutEncoding() throws {
    var reader = try streaming()
    try reader.receive(data: GRPCMessageFrame.encode([1], isCompressed: true))
    let error = #expect(throws: RPCError.self) { try reader.nextMessage() }
    #expect(error?.code == .internalError)
  }

  @Test("the limit is on what the prefix announces")
  func limit() throws {
    var reader = try streaming(limit: 3)
    try reader.receive(data: GRPCMessageFrame.encode([1, 2, 3]))
    #expect(try reader.nextMessage() != nil)
    try reader.receive(data: ByteBuffer(bytes: [0, 0, 0, 0, 4]))
    let error = #expect(throws: RPCError.self) { try reader.nextMessage() }
    #expect(error?.code == .resourceExhausted)
  }

  @Test(
    "ends that come too soon",
    arguments: [
      (.finished, .internalError), (.resetByPeer(.cancel), .cancelled),
      (.resetByPeer(.enhanceYourCalm), .resourceExhausted),
      (.resetByPeer(.internalError), .internalError), (.resetLocally(.protocolError), .internalError),
      (.notProcessed, .unavailable), (.connectionLost, .unavailable),
    ] as [(HTTP2CloseReason, RPCError.Code)])
  func closes(reason: HTTP2CloseReason, code: RPCError.Code) throws {
    var reader = try streaming()
    #expect(reader.close(reason)?.code == code)
    #expect(reader.close(reason) == nil)
  }

  @Test
  func trailersWithoutStatus() throws {
    var reader = try streaming()
    let error = #expect(throws: RPCError.self) { try reader.receive(trailers: block([("a", "b")])) }
    #expect(error?.code == .internalError)
  }

  @Test
  func trailersInsideAMessage() throws {
    var reader = try streaming()
    try reader.receive(data: ByteBuffer(bytes: [0, 0]))
    let error = #expect(throws: RPCError.self) { try reader.receive(trailers: block([("grpc-status", "0")])) }
    #expect(error?.message.contains("middle of a message") == true)
  }

  @Test
  func contentBeforeHeaders() {
    var reader = ResponseReader(maxMessageSize: 100)
    #expect(throws: RPCError.self) { try reader.receive(data: ByteBuffer(bytes: [0])) }
  }
}
