internal import CNGHTTP2
import NIOCore

/// The protocol state of one HTTP/2 connection, without I/O.
///
/// Bytes from the peer go in with ``receive(_:now:)``; what they mean comes out of ``nextEvent()``.
/// What this side wants to say is queued by the submitting calls and comes out as bytes of
/// ``drain(into:limit:)``. The engine is libnghttp2; its HTTP messaging checks are on, so that a
/// malformed request (RFC 9113 section 8.1.1) is reset and never becomes an event.
///
/// Not thread-safe and not `Sendable`: it belongs to one event loop. libnghttp2's functions must
/// not be called from its callbacks, so callbacks only record events; the one exception is
/// nghttp2_submit_trailer, which may be called where the last of the data is asked for.
@safe
package final class HTTP2Session {
  package enum Role: Hashable, Sendable {
    case client
    case server
  }

  package let role: Role
  package let configuration: HTTP2Configuration

  var engine: OpaquePointer
  var streams = HTTP2StreamTable<HTTP2Stream>()
  var abuse: AbuseMeter

  /// Recorded and not yet fetched events; those before `nextEventIndex` are gone.
  private var events: [HTTP2Event?] = []
  private var nextEventIndex = 0

  /// The buffer being parsed, of which DATA events are slices, and where it lies meanwhile.
  var receiving = ByteBuffer()
  var receivingBase: UInt = 0
  /// The header block being received.
  var inbound = InboundHeaders()
  /// Memory of header blocks that have been dealt with. Few, so that an idle connection holds little.
  var spareBlocks = SpareHeaderBlocks(limit: 4)
  /// The buffer being filled, and how far.
  var sending = ByteBuffer()
  var sendingLimit = 0
  /// Streams answered in full before the client has ended its request.
  var resetsDue: [HTTP2StreamID] = []
  /// Credit of the connection's window to return outside callbacks.
  var connectionCredit = 0
  /// RST_STREAM and acknowledgement frames are counted from when they are sent.
  var replies = ReplyCounter()
  package internal(set) var hasSentGoAway = false
  /// Why this side ended the connection, if not in order.
  var goAwayError: HTTP2ErrorCode?
  package internal(set) var hasReceivedGoAway = false
  package internal(set) var hasReceivedSettings = false
  /// Frames received whole, and pieces of DATA: signs of life.
  var framesReceived = 0
  /// The stream whose header block has begun to arrive and not ended.
  var openBlock: HTTP2StreamID?
  /// The highest stream that the peer has opened (server).
  var highestStream: Int32 = 0
  /// Frames with content (HEADERS, DATA) sent so far; pings are legitimate in proportion.
  package internal(set) var contentFramesSent = 0
  var contentFramesAtLastPing = 0
  /// Pings sent that the peer has not answered.
  var pingsUnanswered = 0
  /// WINDOW_UPDATE frames received that content sent accounts for (server).
  var windowUpdatesExplained = 0

  /// Makes a session and queues its SETTINGS.
  package init(role: Role, configuration: HTTP2Configuration) throws(HTTP2Error) {
    self.role = role
    self.configuration = configuration
    self.abuse = AbuseMeter(limits: configuration.abuseLimits)
    unsafe self.engine = try unsafe Self.makeEngine(role: role, configuration: configuration)
    unsafe Self.bind(self.engine, to: self)
    try self.submitInitialSettings()
  }

  deinit {
    unsafe nghttp2_session_del(self.engine)
  }

  // MARK: Events

  func record(_ event: HTTP2Event) {
    self.events.append(event)
  }

  /// Replaces the newest event if it is data of this stream, to mark it as the last.
  func markEndOfData(_ id: HTTP2StreamID) {
    if self.nextEventIndex < self.events.count,
      case .data(id, let buffer, endStream: _) = self.events[self.events.count - 1]
    {
      self.events[self.events.count - 1] = .data(id, buffer, endStream: true)
    } else {
      self.record(.data(id, ByteBuffer(), endStream: true))
    }
  }

  /// The oldest event not yet fetched.
  package func nextEvent() -> HTTP2Event? {
    guard self.nextEventIndex < self.events.count else {
      self.events.removeAll(keepingCapacity: true)
      self.nextEventIndex = 0
      return nil
    }
    defer { self.nextEventIndex += 1 }
    // Taking it out leaves no second reference to its buffers.
    return self.events[self.nextEventIndex].take()
  }

  /// Uses the memory of an event that has been dealt with for those to come.
  func reuse(_ event: consuming HTTP2Event) {
    if case .headers(_, let block, _) = consume event { self.spareBlocks.give(block) }
  }
}
