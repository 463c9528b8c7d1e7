import NIOCore
import Testing

@testable import GatewayServer

@Suite("The kept request")
struct ReplayBufferTests {
  @Test("is complete up to its limit and empty beyond")
  func limit() {
    var buffer = ReplayBuffer(limit: 10)
    buffer.append(ByteBuffer(repeating: 1, count: 6))
    buffer.append(ByteBuffer(repeating: 2, count: 4))
    #expect(buffer.isComplete)
    #expect(buffer.bytes.readableBytes == 10)
    buffer.append(ByteBuffer(repeating: 3, count: 1))
    #expect(!buffer.isComplete)
    #expect(buffer.bytes.readableBytes == 0)
    buffer.append(ByteBuffer(repeating: 4, count: 1))
    #expect(buffer.bytes.readableBytes == 0)
  }

  @Test("can be let go")
  func drop() {
    var buffer = ReplayBuffer(limit: 10)
    buffer.append(ByteBuffer(repeating: 1, count: 6))
    buffer.drop()
    #expect(!buffer.isComplete)
    #expect(buffer.bytes.readableBytes == 0)
  }
}
