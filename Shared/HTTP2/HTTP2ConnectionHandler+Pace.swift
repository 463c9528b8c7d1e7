import NIOCore

// What holds a peer to a pace: without it, one that sends or takes a byte now and then would keep what it
// holds for ever.

extension HTTP2ConnectionHandler {
  /// Called after each read.
  func watchArrival(at now: NIODeadline) {
    if self.session.framesReceived != self.clocks.framesReceived {
      self.clocks.framesReceived = self.session.framesReceived
      self.clocks.lastRead = now
    }
    if (self.session.openBlock == nil) == (self.clocks.headerBlock == nil) { return }
    self.clocks.headerBlock?.cancel()
    self.clocks.headerBlock = nil
    guard self.session.openBlock != nil, let limit = self.timeouts.headerBlock else { return }
    self.clocks.headerBlock = self.schedule(after: limit) { handler in
      handler.terminate(.enhanceYourCalm, error: .abuse(.slowHeaders))
    }
  }

  func scheduleLook(after interval: TimeAmount) {
    self.clocks.stall = self.schedule(after: interval) { handler in
      handler.scheduleLook(after: interval)
      handler.look(minimum: max(Int(interval.nanoseconds / 1_000_000) * handler.timeouts.minimumRate / 1_000, 1))
    }
  }

  private func look(minimum: Int) {
    let isBlocked = self.context?.channel.isWritable == false
    if self.clocks.pace.look(isWaiting: isBlocked || self.session.waitsForConnectionWindow, minimum: minimum) {
      return self.terminate(.enhanceYourCalm, error: .abuse(.slowReads))
    }
    self.cutOff(self.session.stalledStreams(minimum: minimum), for: .slowReads)
    self.cutOff(self.delegate.connection(self, requestsStalledBelow: minimum), for: .slowRequests)
  }

  private func cutOff(_ streams: [HTTP2StreamID], for abuse: HTTP2Abuse) {
    for id in streams {
      self.delegate.connection(self, didCutOff: id, for: abuse)
      self.reset(id, .enhanceYourCalm)
    }
  }
}
