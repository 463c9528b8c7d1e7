/// Five bytes before a message: a flag and the message's length (the framing of gRPC over HTTP/2).
/// Known here so that message and prefix go out without being joined in memory first.
package struct MessagePrefix: Hashable, Sendable {
  package static let length = 5

  package var flag: UInt8
  package var messageLength: UInt32

  package init(flag: UInt8, messageLength: UInt32) {
    self.flag = flag
    self.messageLength = messageLength
  }
}
