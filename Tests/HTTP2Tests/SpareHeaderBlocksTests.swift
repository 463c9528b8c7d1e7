import NIOCore
import Testing

@testable import HTTP2

@Suite("Spare header blocks")
struct SpareHeaderBlocksTests {
  @Test("what is taken is empty, whatever was given")
  func empty() {
    var spare = SpareHeaderBlocks(limit: 2)
    spare.give(.request(path: "/secret"))
    let block = spare.take()
    #expect(block.isEmpty && block.listSize == 0 && block == HeaderBlock())
    #expect(spare.count == 0)
  }

  @Test("a block that somebody still holds keeps its fields")
  func shared() {
    var spare = SpareHeaderBlocks(limit: 2)
    let kept = HeaderBlock.request(path: "/kept")
    spare.give(kept)
    var next = spare.take()
    next.append(":path", "/next")
    #expect(kept == .request(path: "/kept"))
    #expect(next.count == 1)
  }

  @Test("as many are kept as allowed, and none that is large")
  func bounds() {
    var spare = SpareHeaderBlocks(limit: 2)
    var long = HeaderBlock()
    long.append(name: "a", value: String(repeating: "b", count: 5_000))
    spare.give(long)
    var many = HeaderBlock()
    for _ in 0...64 { many.append("a", "b") }
    spare.give(many)
    #expect(spare.count == 0)
    for _ in 0..<3 { spare.give(.request()) }
    #expect(spare.count == 2)
  }

  @Test("requests on one connection see nothing of one another, nor does a block that outlives its event")
  func connection() throws {
    let pair = try HandlerPair()
    var seen: [HeaderBlock] = []
    pair.delegate.react = { _, event in
      if case .headers(_, let block, _) = event { seen.append(block) }
    }
    var sent: [HeaderBlock] = []
    for number in 0..<20 {
      var request = HeaderBlock.request(path: "/service/method\(number)")
      // Fewer fields each time: what an earlier one had more of would show.
      for field in number..<20 { request.append(name: "x-field-\(field)", value: "of request \(number)") }
      sent.append(request)
      _ = try pair.client.submitRequest(request, endStream: true)
      if number % 3 == 0 { try pair.exchange() }
    }
    try pair.exchange()
    #expect(seen == sent)
  }

  @Test("a block cut short by a malformed field leaves nothing to the next")
  func malformed() throws {
    let peer = try RawPeer()
    var bad = RawFrame.requestFields
    bad.append(("UPPER", "case"))
    try peer.send(.headers(1, RawFrame.block(bad)))
    try peer.send(.headers(3, RawFrame.block(RawFrame.requestFields)))
    var counts: [Int] = []
    while let event = peer.session.nextEvent() {
      if case .headers(_, let block, _) = event { counts.append(block.count) }
    }
    #expect(counts == [RawFrame.requestFields.count])
  }
}
