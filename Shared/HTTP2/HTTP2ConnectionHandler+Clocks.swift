import NIOCore

extension HTTP2ConnectionHandler {
  func startClocks() {
    if let limit = self.timeouts.settings {
      self.clocks.settings = self.schedule(after: limit) { handler in
        guard !handler.session.hasReceivedSettings else { return }
        handler.terminate(.settingsTimeout, error: .settingsTimeout)
      }
    }
    if let age = self.timeouts.maxAge {
      let spread = TimeAmount.nanoseconds(Int64.random(in: 0...max(age.nanoseconds / 10, 1)))
      self.clocks.age = self.schedule(after: age + spread) { handler in
        handler.shutdownGracefully(grace: handler.timeouts.closeGrace)
      }
    }
    if let interval = self.timeouts.keepalive { self.scheduleKeepalive(after: interval) }
    if let limit = self.timeouts.stall, self.session.role == .server {
      self.scheduleLook(after: .nanoseconds(limit.nanoseconds / Int64(Pace.patience)))
    }
    if let limit = self.timeouts.idle {
      self.streamsChanged()
      self.scheduleIdle(after: limit)
    }
  }

  /// A timer on the event loop that finds the handler again. The handler lives as long as its
  /// channel, and closing cancels the timer.
  func schedule(
    after delay: TimeAmount,
    _ body: @escaping (HTTP2ConnectionHandler<Delegate>) -> Void
  ) -> Scheduled<Void> {
    self.eventLoop.assumeIsolated().scheduleTask(in: delay) { [weak self] in
      if let self, self.isActive { body(self) }
    }
  }

  // MARK: Idle

  /// Remembers since when no stream is open. The timer is not touched: that would cost each of many
  /// short exchanges; it finds out when it fires.
  func streamsChanged() {
    // A client's connection is of use only from the server's settings on: the wait for them has a
    // clock of its own.
    let isOfUse = self.session.role == .server || self.session.hasReceivedSettings
    self.clocks.idleSince = isOfUse && self.session.openStreamCount == 0 ? .now() : nil
  }

  private func scheduleIdle(after delay: TimeAmount) {
    self.clocks.idle = self.schedule(after: delay) { $0.idleIsDue() }
  }

  private func idleIsDue() {
    guard let limit = self.timeouts.idle else { return }
    guard let since = self.clocks.idleSince else { return self.scheduleIdle(after: limit) }
    let quiet = NIODeadline.now() - since
    guard quiet >= limit else { return self.scheduleIdle(after: limit - quiet) }
    self.shutdownGracefully(grace: self.timeouts.closeGrace)
  }

  // MARK: Keepalive

  private func scheduleKeepalive(after delay: TimeAmount) {
    self.clocks.keepalive = self.schedule(after: delay) { $0.keepaliveIsDue() }
  }

  private func keepaliveIsDue() {
    guard let interval = self.timeouts.keepalive else { return }
    let quiet = NIODeadline.now() - self.clocks.lastRead
    guard quiet >= interval else { return self.scheduleKeepalive(after: interval - quiet) }
    self.scheduleKeepalive(after: interval)
    let isNeeded = self.timeouts.keepaliveWithoutStreams || self.session.openStreamCount > 0
    guard isNeeded, self.clocks.keepaliveResponse == nil else { return }
    self.ping(PingNumber.keepalive)
    self.clocks.keepaliveResponse = self.schedule(after: self.timeouts.keepaliveResponse) { handler in
      handler.terminate(.noError, debug: "keepalive_timeout", error: .keepaliveTimeout)
    }
  }

  // MARK: Watching events

  /// What the handler itself makes of an event, before the delegate sees it.
  func observe(_ event: HTTP2Event) {
    switch event {
    case .headers where self.session.role == .server, .closed:
      if self.timeouts.idle != nil { self.streamsChanged() }
    case .settings:
      self.clocks.settings?.cancel()
      self.clocks.settings = nil
      if self.session.role == .client { self.streamsChanged() }
    case .ping: self.pingArrived()
    case .pong(PingNumber.shutdown): self.finishAnnouncement()
    case .pong:
      self.clocks.keepaliveResponse?.cancel()
      self.clocks.keepaliveResponse = nil
    default: break
    }
  }

  /// gRPC's keepalive enforcement: pings are free while content flows, else they have a minimum
  /// interval.
  private func pingArrived() {
    guard let minimum = self.timeouts.minPingInterval else { return }
    let now = self.clocks.lastRead
    defer { self.clocks.lastPing = now }
    if self.session.contentFramesSent != self.clocks.contentFramesAtLastPing {
      self.clocks.contentFramesAtLastPing = self.session.contentFramesSent
      self.clocks.pingStrikes = 0
      return
    }
    guard let last = self.clocks.lastPing, now - last < minimum else { return }
    self.clocks.pingStrikes += 1
    guard self.clocks.pingStrikes > 2 else { return }
    self.terminate(.enhanceYourCalm, debug: "too_many_pings", error: .abuse(.keepalivePings))
  }
}
