internal import GRPCCore
internal import HTTP2

/// The bounds of one call, from its options and the client's configuration.
struct CallLimits: Sendable, Hashable {
  /// Of a message before compression; `nil` is no limit.
  var maxRequestMessageBytes: Int?
  /// Of a message after decompression, and before.
  var maxResponseMessageBytes: Int
  /// Bytes of requests kept until the server answers.
  var replayBytes: Int
  /// Unsent bytes from which a writer waits.
  var unsentBytes: Int
  /// Unread bytes from which the server is given no more credit.
  var unreadBytes: Int

  init(_ options: CallOptions, _ configuration: HTTP2ClientConfiguration) {
    self.maxRequestMessageBytes = options.maxRequestMessageBytes ?? configuration.maxRequestMessageBytes
    self.maxResponseMessageBytes = options.maxResponseMessageBytes ?? configuration.maxResponseMessageBytes
    self.replayBytes = configuration.replayBytes
    self.unsentBytes = configuration.http2.outboundHighWatermark
    self.unreadBytes = Int(configuration.http2.initialStreamWindow)
  }
}
