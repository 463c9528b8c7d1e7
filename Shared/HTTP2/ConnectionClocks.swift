import NIOCore

/// The timers of one connection and what they look at.
struct ConnectionClocks {
  /// When the peer last gave a sign of life. The beginning of a frame is none: it may be all that ever
  /// comes.
  var lastRead = NIODeadline.uptimeNanoseconds(0)
  var framesReceived = 0
  /// Ends the wait for the end of a header block.
  var headerBlock: Scheduled<Void>?
  /// Looks at the pace of the peer.
  var stall: Scheduled<Void>?
  /// How fast the channel takes what is written.
  var pace = Pace()
  var settings: Scheduled<Void>?
  var keepalive: Scheduled<Void>?
  var keepaliveResponse: Scheduled<Void>?
  var idle: Scheduled<Void>?
  /// When the last open stream ended; `nil` while one is open.
  var idleSince: NIODeadline?
  var age: Scheduled<Void>?
  var shutdown: Scheduled<Void>?
  /// Ends the wait for the answer to a shutdown's ping.
  var announcement: Scheduled<Void>?
  /// Ends the wait for the channel to write what it holds when the connection closes.
  var linger: Scheduled<Void>?
  /// Pings of the peer that came too soon after one another.
  var pingStrikes = 0
  var lastPing: NIODeadline?
  var contentFramesAtLastPing = 0

  mutating func cancelAll() {
    let timers = [self.settings, self.keepalive, self.keepaliveResponse, self.idle, self.age]
    let ends = [self.shutdown, self.announcement, self.linger, self.headerBlock, self.stall]
    for timer in timers + ends { timer?.cancel() }
    self = ConnectionClocks()
  }
}

/// How far a graceful shutdown has got.
enum ShutdownState {
  case none
  /// The notice is out; the final GOAWAY follows one round trip later.
  case announced
  /// The final GOAWAY is out; the connection closes with its last stream.
  case draining

  var acceptsStreams: Bool {
    if case .none = self { true } else { false }
  }
}

/// The opaque data of the pings that this side sends.
enum PingNumber {
  static let keepalive: UInt64 = 0x6b65_6570
  static let shutdown: UInt64 = 0x6472_6169_6e
}
