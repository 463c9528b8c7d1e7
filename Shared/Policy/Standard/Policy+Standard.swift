extension Policy {
  /// The text of the standard policy as it was written, with its remarks.
  package static var standardText: String { String(decoding: PackageResources.standard_policy_txt, as: UTF8.self) }

  /// The policy of a register whose operator has not set another.
  package static func standard() throws(PolicyTextError) -> Policy { try Policy(text: standardText) }
}
