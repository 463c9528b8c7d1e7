internal import HTTP2
internal import NIOCore

/// What one call sends, in order, and how much of it has been sent.
///
/// Until the server has answered, everything is kept, so that the call can be sent again on another
/// connection when the first provably did not process it. From the answer on, or when more than
/// `replayLimit` bytes would have to be kept, only what is not yet sent is held.
struct RequestLog {
  enum Item: Equatable {
    case head(HeaderBlock, endStream: Bool)
    case data(ByteBuffer, endStream: Bool)
    /// The end, when everything before it had been sent already.
    case end
  }

  private let replayLimit: Int
  private var head: HeaderBlock?
  private var frames = CircularBuffer<ByteBuffer>()
  /// How many of `frames` have been sent.
  private var sentCount = 0
  private var sentBytes = 0
  private var isHeadSent = false
  private var isEndSent = false
  private(set) var isEnded = false
  /// Bytes of frames not yet sent.
  private(set) var unsentBytes = 0
  /// Whether what was sent has been let go: the call cannot be sent again.
  private(set) var isCommitted = false

  init(replayLimit: Int) {
    self.replayLimit = replayLimit
  }

  var hasHead: Bool { head != nil }

  mutating func begin(_ head: HeaderBlock) {
    self.head = head
  }

  mutating func append(_ frame: ByteBuffer) {
    frames.append(frame)
    unsentBytes += frame.readableBytes
  }

  mutating func end() {
    isEnded = true
  }

  /// The next item to send, which counts as sent from now on; `nil` if there is none yet.
  mutating func next() -> Item? {
    guard let head else { return nil }
    if !isHeadSent {
      isHeadSent = true
      isEndSent = isEnded && frames.isEmpty
      return .head(head, endStream: isEndSent)
    }
    if sentCount < frames.count { return nextFrame() }
    guard isEnded, !isEndSent else { return nil }
    isEndSent = true
    return .end
  }

  private mutating func nextFrame() -> Item {
    let frame = frames[frames.index(frames.startIndex, offsetBy: sentCount)]
    unsentBytes -= frame.readableBytes
    sentBytes += frame.readableBytes
    sentCount += 1
    isEndSent = isEnded && sentCount == frames.count
    if isCommitted || sentBytes > replayLimit { commit() }
    return .data(frame, endStream: isEndSent)
  }

  /// Lets go of what has been sent, for good.
  mutating func commit() {
    isCommitted = true
    frames.removeFirst(sentCount)
    sentCount = 0
    sentBytes = 0
  }

  /// Begins again from the start, for another connection.
  ///
  /// - Returns: `false` if what was sent has been let go.
  mutating func rewind() -> Bool {
    guard !isCommitted else { return false }
    unsentBytes += sentBytes
    sentBytes = 0
    sentCount = 0
    isHeadSent = false
    isEndSent = false
    return true
  }
}
