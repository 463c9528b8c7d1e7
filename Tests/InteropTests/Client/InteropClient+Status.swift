import GRPCCore
import GRPCTestingAPI
import SwiftProtobuf

extension InteropClient {
  func statusCodeAndMessage() async throws {
    try await expectEchoed(.unknown, "test status message")
  }

  func specialStatusMessage() async throws {
    try await expectEchoed(.unknown, "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n")
  }

  func everyStatusCode() async throws {
    for number in 1...16 {
      guard let code = Status.Code(rawValue: number).flatMap({ RPCError.Code($0) }) else { continue }
      try await expectEchoed(code, "code \(number)")
    }
  }

  func statusMessageCodePoints() async throws {
    for text in Self.statusTexts { try await expectEchoed(.aborted, text) }
  }

  func statusMessageOuterSpaces() async throws {
    for text in [" a", "a ", " ", "  a  "] { try await expectEchoed(.aborted, text) }
  }

  /// A text for each class of code points that percent-encoding treats, or could be thought to treat, differently.
  static let statusTexts: [String] = [
    "",
    "\u{0}",
    text(0x1...0x1f),
    "\u{7f}",
    "a" + text(0x20...0x7e),
    "%",
    "100 % %41 %zz %2",
    text(0x80...0x9f),
    "naïve ÿ",
    "\u{100}\u{7ff}",
    "\u{800}\u{d7ff}\u{e000}\u{fffd}",
    text(0xfdd0...0xfdd0) + text(0xffff...0xffff),
    "e\u{301} \u{202e} \u{feff} \u{200d}",
    "\u{10000}\u{1f608}\u{10ffff}",
    String(repeating: "x", count: 1_000),
    String(repeating: "é", count: 500),
  ]

  private static func text(_ range: ClosedRange<UInt32>) -> String {
    String(String.UnicodeScalarView(range.compactMap(Unicode.Scalar.init)))
  }

  private func expectEchoed(_ code: RPCError.Code, _ message: String) async throws {
    let wanted = PBEchoStatus.with {
      $0.code = Int32(code.rawValue)
      $0.message = message
    }
    try await expectExactly(code, message) {
      _ = try await stub.unaryCall(.with { $0.responseStatus = wanted })
    }
    try await expectExactly(code, message) {
      try await stub.fullDuplexCall { writer in
        try await writer.write(.with { $0.responseStatus = wanted })
      } onResponse: { response in
        for try await _ in response.messages {}
      }
    }
  }

  // Swift's strings are equal when they look the same.
  private func expectExactly(_ code: RPCError.Code, _ message: String, _ call: () async throws -> Void) async throws {
    let error = try await expectStatus(code, call)
    try expectEqual(Array(error.message.unicodeScalars), Array(message.unicodeScalars), "status message")
  }

  private func expectStatus(_ code: RPCError.Code, _ call: () async throws -> Void) async throws -> RPCError {
    try await expectStatus(code, nil, call)
  }

  func unimplementedMethod() async throws {
    try await expectStatus(.unimplemented, nil) { _ = try await stub.unimplementedCall(PBEmpty()) }
  }

  func unimplementedService() async throws {
    let other = PBUnimplementedService.Client(wrapping: client)
    try await expectStatus(.unimplemented, nil) { _ = try await other.unimplementedCall(PBEmpty()) }
  }
}
