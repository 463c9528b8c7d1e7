/// What must be done along with what a decision allows (XACML: obligation).
package struct Obligations: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Protected data is shown: the log records who, which classes, for what purpose and under which policy version,
  /// before the answer leaves.
  package static let recordRead = Obligations(rawValue: 1)
  /// A grant was needed: its use is recorded with it.
  package static let recordGrantUse = Obligations(rawValue: 2)
  /// Emergency access was needed: its use is recorded and reviewed.
  package static let reviewEmergency = Obligations(rawValue: 4)
  /// The change takes effect only when a mission or headquarters has validated it.
  package static let awaitValidation = Obligations(rawValue: 8)
}
