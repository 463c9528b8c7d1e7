import NIOCore
import Testing

@testable import HTTP2

@Suite("OutboundQueue")
struct OutboundQueueTests {
  private func queue(_ parts: [String], end: OutboundQueue.End = .open) -> OutboundQueue {
    var queue = OutboundQueue()
    for part in parts { queue.append(ByteBuffer(string: part)) }
    queue.end = end
    return queue
  }

  @Test("frames take from several buffers and stop at the limit")
  func frames() {
    var queue = self.queue(["abc", "de", "", "fghi"])
    #expect(queue.nextFrame(limit: 6) == .init(length: 6, isLast: false))
    var output = ByteBuffer()
    queue.move(6, to: &output)
    #expect(String(buffer: output) == "abcdef")
    #expect(queue.nextFrame(limit: 6) == .init(length: 3, isLast: false))
    queue.move(3, to: &output)
    #expect(String(buffer: output) == "abcdefghi")
    #expect(queue.nextFrame(limit: 6) == nil)
    #expect(queue.byteCount == 0)
  }

  @Test("the end goes with the last bytes, or alone")
  func end() {
    #expect(self.queue(["abc"], end: .endStream).nextFrame(limit: 2) == .init(length: 2, isLast: false))
    #expect(self.queue(["abc"], end: .endStream).nextFrame(limit: 3) == .init(length: 3, isLast: true))
    #expect(self.queue([], end: .endStream).nextFrame(limit: 3) == .init(length: 0, isLast: true))
    #expect(self.queue([], end: .trailers(.trailers())).nextFrame(limit: 3) == .init(length: 0, isLast: true))
  }

  @Test("pieces of a byte each hold little more than their bytes")
  func crumbs() {
    var queue = OutboundQueue()
    let received = ByteBuffer(bytes: (0..<16_384).map { UInt8(truncatingIfNeeded: $0) })
    for index in 0..<16_384 { queue.append(received.getSlice(at: index, length: 1) ?? ByteBuffer()) }
    #expect(queue.pieceCount <= 6)
    var output = ByteBuffer()
    for length in [1, 5_000, 11_383] { queue.move(length, to: &output) }
    #expect(output == received)
    #expect(queue.byteCount == 0)
  }

  @Test("a short piece of much memory is copied, a long one is not")
  func memory() {
    var queue = OutboundQueue()
    let received = ByteBuffer(repeating: 7, count: 65_536)
    queue.append(ByteBuffer(repeating: 1, count: 5_000))
    for turn in 0..<10 { queue.append(received.getSlice(at: turn * 1_000, length: 1_000) ?? ByteBuffer()) }
    #expect(queue.pieceCount == 3)
    queue.append(received)
    #expect(queue.pieceCount == 4)
    #expect(queue.byteCount == 80_536)
  }
}
