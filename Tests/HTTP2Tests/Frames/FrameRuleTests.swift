import NIOCore
import Testing

@testable import HTTP2

@Suite("RFC 9113, frame by frame")
struct FrameRuleTests {
  static let serverRules =
    ConnectionRules.all + StreamRules.all + FlowRules.all + FieldRules.all + MessageRules.all + CompressionRules.all

  @Test("a server's session", arguments: Self.serverRules)
  func server(_ rule: FrameRule) throws {
    try self.check(rule, RawPeer(Self.configuration))
  }

  @Test("a client's session", arguments: ClientRules.all)
  func client(_ rule: FrameRule) throws {
    // Stream 1 is a request that has been sent whole, stream 3 one that goes on.
    var configuration = Self.configuration
    configuration.maxConcurrentStreams = 0
    let peer = try RawPeer(configuration, role: .client)
    _ = try peer.session.submitRequest(.request(), endStream: true)
    _ = try peer.session.submitRequest(.request(), endStream: false)
    try self.check(rule, peer)
  }

  @Test(
    "RFC 9113 3.4: what opens a connection",
    arguments: [
      ("preface, then not SETTINGS", RawFrame.preface + RawFrame.ping().bytes),
      ("preface, then an acknowledgement", RawFrame.preface + RawFrame.settings(flags: 0x1).bytes),
    ])
  func opening(_ name: String, _ bytes: [UInt8]) throws {
    let peer = try RawPeer(greets: false)
    try? peer.send(bytes: bytes)
    #expect(try peer.goAwayCode() == .protocolError)
    #expect(peer.session.isFinished)
  }

  @Test("RFC 9113 3.4: a server that does not begin with SETTINGS")
  func serverOpening() throws {
    let peer = try RawPeer(role: .client, greets: false)
    try? peer.send(.ping())
    #expect(try peer.goAwayCode() == .protocolError)
  }

  @Test("RFC 9113 6.5.3 and 6.7: what must be answered", arguments: [HTTP2Session.Role.server, .client])
  func answers(_ role: HTTP2Session.Role) throws {
    let peer = try RawPeer(role: role)
    _ = try peer.answer()
    try peer.send(.settings(3, 1), .ping([8, 7, 6, 5, 4, 3, 2, 1]))
    let answers = try peer.answer().filter { $0.flags & 0x1 != 0 }
    #expect(answers.first { $0.type == 4 }?.payload == [])
    #expect(answers.first { $0.type == 6 }?.payload == [8, 7, 6, 5, 4, 3, 2, 1])
    #expect(answers.count == 2)
  }

  /// Small windows, so that few bytes overflow them.
  private static var configuration: HTTP2Configuration {
    var configuration = HTTP2Configuration()
    configuration.initialStreamWindow = 30_000
    configuration.connectionWindow = 65_535
    configuration.maxConcurrentStreams = 4
    return configuration
  }

  private func check(_ rule: FrameRule, _ peer: RawPeer) throws {
    _ = try peer.answer()
    // The session's settings count from here on.
    try peer.send(.settings(flags: 0x1))
    for frame in rule.before {
      try peer.send(frame)
      _ = try peer.answer()
    }
    _ = peer.events()
    try? peer.send(bytes: rule.frames.flatMap(\.bytes))
    let answers = try peer.answer()
    let events = peer.events()
    #expect(self.outcome(answers, events, rule.outcome) == rule.outcome)
    guard case .connectionError = rule.outcome else { return try self.expectAlive(peer, after: rule.outcome) }
    #expect(peer.session.isFinished)
    #expect(!events.contains { $0.hasPrefix("headers") || $0.hasPrefix("trailers") })
  }

  private func outcome(_ answers: [RawFrame], _ events: [String], _ expected: FrameRule.Outcome) -> FrameRule.Outcome {
    if let frame = answers.first(where: { $0.type == 7 }) {
      return .connectionError(HTTP2ErrorCode(rawValue: Self.word(frame.payload[4..<8])))
    }
    if let frame = answers.first(where: { $0.type == 3 }) {
      return .streamError(frame.stream, HTTP2ErrorCode(rawValue: Self.word(frame.payload[0..<4])))
    }
    return .accepted(events)
  }

  /// The connection goes on, and so do its other streams.
  private func expectAlive(_ peer: RawPeer, after outcome: FrameRule.Outcome) throws {
    if case .streamError = outcome, peer.session.role == .server {
      try peer.send(.request(99))
      #expect(peer.events() == ["headers 99 /a/b end"])
    }
    try peer.send(.ping())
    let answers = try peer.answer()
    #expect(answers.contains { $0.type == 6 && $0.flags == 0x1 }, "the connection is dead")
    #expect(!answers.contains { $0.type == 7 })
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
