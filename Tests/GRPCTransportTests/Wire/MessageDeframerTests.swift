import NIOCore
import Testing

@testable import GRPCTransport

@Suite("MessageDeframer")
struct MessageDeframerTests {
  private func collect(_ deframer: inout MessageDeframer) throws -> [[UInt8]] {
    var messages: [[UInt8]] = []
    while let message = try deframer.next() { messages.append(message.bytes) }
    return messages
  }

  @Test("messages are found however the bytes are cut", arguments: 1..<30)
  func cuts(_ size: Int) throws {
    let messages: [[UInt8]] = [[], [1], [2, 2], Array(repeating: 3, count: 40), [], [4]]
    let bytes = messages.flatMap { framed($0) }
    var deframer = MessageDeframer(maxMessageSize: 100)
    var found: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      deframer.append(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
      found += try self.collect(&deframer)
    }
    #expect(found == messages)
    #expect(!deframer.isPartial)
  }

  @Test("messages left for later are all there")
  func backlog() throws {
    var deframer = MessageDeframer(maxMessageSize: 100)
    for value in 0..<100 { deframer.append(ByteBuffer(bytes: framed([UInt8(value)]))) }
    #expect(try deframer.next()?.bytes == [0])
    deframer.append(ByteBuffer(bytes: framed([200])))
    #expect(try self.collect(&deframer).count == 100)
  }

  @Test("the flag and the length on the wire are reported")
  func flag() throws {
    var deframer = MessageDeframer(maxMessageSize: 100)
    deframer.append(ByteBuffer(bytes: framed([1, 2], isCompressed: true)))
    #expect(try deframer.next() == .init(bytes: [1, 2], isCompressed: true, framedLength: 7))
  }

  @Test("a message over the limit is told from its prefix")
  func limit() throws {
    var deframer = MessageDeframer(maxMessageSize: 10)
    deframer.append(ByteBuffer(bytes: [0, 0xff, 0xff, 0xff, 0xff]))
    #expect(throws: MessageDeframer.Failure.tooLarge(length: 0xffff_ffff, limit: 10)) { try deframer.next() }
  }

  @Test("flags other than 0 and 1 are errors")
  func badFlag() throws {
    var deframer = MessageDeframer(maxMessageSize: 10)
    deframer.append(ByteBuffer(bytes: [7, 0, 0, 0, 0]))
    #expect(throws: MessageDeframer.Failure.badFlag(7)) { try deframer.next() }
  }
}
