import GRPCCore
import NIOCore
import Testing

@testable import GRPCTransport
@testable import HTTP2

@Suite("Percent coding of messages")
struct GRPCStatusCodingTests {
  static let pairs = [
    ("", ""), ("plain text", "plain text"), ("100%", "100%25"), ("näh", "n%C3%A4h"), ("a\r\nb", "a%0D%0Ab"),
    ("~ ", "~%20"), ("  a b ", "%20 a b%20"), (" ", "%20"),
  ]

  @Test("both ways", arguments: Self.pairs)
  func both(_ text: String, _ coded: String) {
    #expect(String(decoding: GRPCStatusCoding.encode(text), as: UTF8.self) == coded)
    #expect(GRPCStatusCoding.decode(coded.utf8) == text)
  }

  @Test("what is no escape is kept", arguments: ["%", "%4", "%zz", "50% off", "%%41"])
  func lenient(_ text: String) {
    #expect(GRPCStatusCoding.decode(text.utf8) == text.replacing("%41", with: "A"))
  }
}

@Suite("Base64")
struct Base64Tests {
  static let pairs: [([UInt8], String)] = [
    ([], ""), ([0], "AA"), ([0xff], "/w"), ([1, 2], "AQI"), ([1, 2, 3], "AQID"), ([0xfb, 0xef, 0xff], "++//"),
  ]

  @Test("written without padding, read with and without", arguments: Self.pairs)
  func both(_ bytes: [UInt8], _ text: String) {
    #expect(String(decoding: Base64.encode(bytes), as: UTF8.self) == text)
    #expect(Base64.decode(text.utf8) == bytes)
    let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    #expect(Base64.decode(padded.utf8) == bytes)
  }

  @Test("what is not Base64", arguments: ["A", "AAAAA", "A=", "AA=", "AA===", "====", "A-_A", "AA AA", "=AAA", "AA=A"])
  func invalid(_ text: String) {
    #expect(Base64.decode(text.utf8) == nil)
  }
}

@Suite("Metadata in header blocks")
struct MetadataCodingTests {
  @Test("what HTTP/2 cannot carry or is reserved is left out")
  func filter() {
    var block = HeaderBlock()
    block.append([
      "Upper-Case": "kept", "grpc-status": "0", "te": "trailers", ":path": "/", "spa ce": "x", "value": "a\nb",
      "näh": "x", "": "x", "x-bin": .binary([0xff]), "trim": "  x  ", "grpc-previous-rpc-attempts": "1",
    ])
    #expect(block.indices.map { block.name(at: $0) } == ["upper-case", "x-bin", "trim", "grpc-previous-rpc-attempts"])
    #expect(block["trim"] == "x")
    #expect(block["x-bin"] == "/w")
  }

  @Test(
    "text under a binary key goes out only as Base64",
    arguments: [("TWFu", true), ("TWFu, TQ==", true), ("", true), ("x-bi+n:TQ", false), ("TWFu,!", false)])
  func textUnderBinaryKey(_ text: String, _ isSent: Bool) throws {
    var block = HeaderBlock()
    block.append(["X-Bin": .string(text)])
    #expect((block.bytes(of: "x-bin") != nil) == isSent)
    _ = try Metadata(block)
  }

  @Test("a status goes out and comes back")
  func status() {
    var block = HeaderBlock()
    block.append(Status(code: .notFound, message: "no – such"), ["a": "b"])
    #expect(block.grpcStatus == Status(code: .notFound, message: "no – such"))
    #expect(HeaderBlock().grpcStatus == nil)
    var odd = HeaderBlock()
    odd.append("grpc-status", "99")
    #expect(odd.grpcStatus?.code == .unknown)
  }
}
