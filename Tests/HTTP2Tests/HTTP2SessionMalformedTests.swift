import NIOCore
import Testing

@testable import HTTP2

@Suite("Session: malformed input")
struct HTTP2SessionMalformedTests {
  @Test("a peer that does not speak HTTP/2 is told from the first bytes")
  func badPreface() throws {
    let peer = try RawPeer(greets: false)
    #expect(throws: HTTP2Error.badPreface) { try peer.send(bytes: Array("GET / HTTP/1.1\r\n".utf8)) }
  }

  @Test("frames cut at any byte are the same frames")
  func fragmentation() throws {
    let frames: [RawFrame] = [
      .settings(), .headers(1, RawFrame.block(RawFrame.requestFields), flags: 0x4),
      .data(1, Array("hello".utf8)), .data(1, [], flags: 0x1),
    ]
    let peer = try RawPeer(greets: false)
    for byte in RawFrame.preface + frames.flatMap(\.bytes) { try peer.send(bytes: [byte]) }
    let expected = ["headers 1 /a/b"] + Array(repeating: "data 1 1", count: 4) + ["data 1 1 end"]
    #expect(peer.events() == expected)
  }

  @Test("arbitrary bytes never crash and never open a stream", arguments: 0..<200)
  func noise(_ seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    let peer = try RawPeer()
    for _ in 0..<20 {
      var bytes = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      // Half the time a plausible frame header, so that the noise gets further.
      if Bool.random(using: &generator) {
        let type = UInt8.random(in: 0...10, using: &generator)
        bytes = RawFrame(type: type, flags: bytes[0], stream: Int32(bytes.count % 8), payload: bytes).bytes
      }
      do {
        try peer.send(bytes: bytes)
        _ = try peer.answer()
      } catch is HTTP2Error {
        break
      }
    }
    _ = peer.events()
  }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    self.state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = self.state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
