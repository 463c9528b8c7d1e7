package import NIOCore

extension HTTP2ConnectionHandler {
  /// Takes no new streams and closes once the open ones have ended.
  ///
  /// A server announces it first and sends the final GOAWAY one round trip later, so that requests
  /// already under way are still served (RFC 9113 section 6.8).
  ///
  /// - Parameter grace: Streams still open after this are abandoned; `nil` waits for ever.
  package func shutdownGracefully(grace: TimeAmount?) {
    guard self.isActive, case .none = self.shutdown else { return }
    if let grace {
      self.clocks.shutdown = self.schedule(after: grace) { handler in
        handler.terminate(.noError, error: .shutdownTimeout)
      }
    }
    if self.session.role == .server, self.session.hasReceivedSettings {
      self.shutdown = .announced
      self.session.announceShutdown()
      // The ping must follow the notice, and the engine prefers pings.
      self.flush()
      self.session.ping(PingNumber.shutdown)
      self.clocks.announcement = self.schedule(after: .seconds(10)) { $0.finishAnnouncement() }
    } else {
      self.shutdown = .draining
      self.session.goAway()
    }
    self.setNeedsFlush()
  }

  func finishAnnouncement() {
    guard case .announced = self.shutdown else { return }
    self.clocks.announcement?.cancel()
    self.shutdown = .draining
    self.session.goAway()
    self.setNeedsFlush()
  }

  func closeIfDrained() {
    guard case .draining = self.shutdown, self.session.openStreamCount == 0 else { return }
    if !self.session.wantsToSend { self.closeAfterWrites() }
  }
}
