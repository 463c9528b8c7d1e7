/// Judges whether the engine's queue holds more replies than a peer that reads would leave there.
struct ReplyCounter {
  /// Frames that the user of the session has submitted and that are not replies, at most.
  private var submitted = 0

  mutating func submittedFrame() {
    self.submitted += 1
  }

  /// All that was queued has been sent.
  mutating func drained() {
    self.submitted = 0
  }

  func isExcessive(queued: Int, limit: Int) -> Bool {
    queued - self.submitted > limit
  }
}
