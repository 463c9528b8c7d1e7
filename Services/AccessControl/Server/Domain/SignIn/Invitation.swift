import AIP
import Policy

/// That a person may set its password and second factor, once.
struct Invitation: Hashable, Sendable {
  var id: RecordID
  var principal: RecordID
  /// Nil for the bootstrap.
  var inviter: RecordID?
  /// The roles that the principal may have for it to hold. One that it was given since, by somebody who did not invite
  /// it, is not for whoever has the code: it would make one person of the two that a reader takes.
  var readers: ReaderSet
  /// Of the second factor that was told last.
  var sealedSecret: [UInt8]?
  var createTime: PolicyTime
  var expireTime: PolicyTime
  /// The end of all time while nobody has spent it.
  var useTime = PolicyTime.distantFuture

  func isGood(for readers: ReaderSet, at now: PolicyTime) -> Bool {
    useTime == .distantFuture && now < expireTime && readers.subtracting(self.readers).isEmpty
  }
}
