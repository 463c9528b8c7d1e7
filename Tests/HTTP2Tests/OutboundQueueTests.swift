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
}
