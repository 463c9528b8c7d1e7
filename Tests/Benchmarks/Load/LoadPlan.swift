import FoundationEssentials
import HTTP2
import NIOCore

/// What every call sends: the same headers, and the messages in turn.
struct LoadPlan: Sendable {
  let headers: HeaderBlock
  let frames: [ByteBuffer]

  init(_ options: LoadOptions) throws {
    var headers = HeaderBlock()
    headers.append(":method", "POST")
    headers.append(":scheme", options.tls == nil ? "http" : "https")
    headers.append(":path", options.path)
    headers.append(":authority", "localhost")
    headers.append("content-type", "application/grpc")
    headers.append("te", "trailers")
    self.headers = headers
    let file = String(decoding: try Data(contentsOf: URL(filePath: options.messages)), as: UTF8.self)
    self.frames = try file.split(separator: "\n").map { line in
      let message = try Self.bytes(hexadecimal: line)
      var frame = ByteBuffer()
      frame.writeInteger(UInt8(0))
      frame.writeInteger(UInt32(message.count))
      frame.writeBytes(message)
      return frame
    }
    guard !self.frames.isEmpty else { throw LoadOptions.UsageError(description: "\(options.messages) has no message") }
  }

  private static func bytes(hexadecimal line: Substring) throws -> [UInt8] {
    let digits = Array(line.utf8)
    return try stride(from: 0, to: digits.count - 1, by: 2).map { index in
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
        throw LoadOptions.UsageError(description: "a message is not hexadecimal")
      }
      return byte
    }
  }
}
