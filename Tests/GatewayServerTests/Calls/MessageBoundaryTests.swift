import NIOCore
import Testing

@testable import GatewayServer

@Suite("Message boundaries")
struct MessageBoundaryTests {
  private static let message: [UInt8] = [0, 0, 0, 0, 3, 1, 2, 3]

  /// Whether a message is open after each chunk.
  private func after(_ chunks: [UInt8]...) -> [Bool] {
    var boundary = MessageBoundary()
    return chunks.map { chunk in
      boundary.advance(over: ByteBuffer(bytes: chunk))
      return boundary.isWithinMessage
    }
  }

  @Test("whole messages, one and several at a time")
  func whole() {
    #expect(self.after(Self.message) == [false])
    #expect(self.after(Self.message + Self.message, Self.message) == [false, false])
    #expect(self.after([0, 0, 0, 0, 0]) == [false])
  }

  @Test("a message in pieces, cut anywhere", arguments: 1..<8)
  func pieces(_ cut: Int) {
    #expect(self.after(Array(Self.message.prefix(cut)), Array(Self.message.dropFirst(cut))) == [true, false])
  }

  @Test("byte by byte")
  func bytes() {
    var boundary = MessageBoundary()
    var open: [Bool] = []
    for byte in Self.message + Self.message {
      boundary.advance(over: ByteBuffer(bytes: [byte]))
      open.append(boundary.isWithinMessage)
    }
    let one = Array(repeating: true, count: 7) + [false]
    #expect(open == one + one)
  }

  @Test("a message that ends within a chunk, and the next begins")
  func overlap() {
    #expect(self.after(Self.message + [0, 0], [0, 0, 1], [9]) == [true, true, false])
  }

  @Test("the largest length that a prefix can say")
  func large() {
    #expect(self.after([0, 255, 255, 255, 255], [1, 2, 3]) == [true, true])
  }
}
