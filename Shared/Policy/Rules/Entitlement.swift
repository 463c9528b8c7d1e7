/// One right of a cell with where and when it holds, written `R`, `R@own`, `G!COI!OLA`.
package struct Entitlement: Hashable, Sendable {
  package var right: Right
  /// Whether it holds in records of the reader's own party only.
  package var isOwnOnly: Bool
  package var conditions: CodeSet<RightCondition>

  package init(_ right: Right, isOwnOnly: Bool = false, conditions: CodeSet<RightCondition> = []) {
    self.right = right
    self.isOwnOnly = isOwnOnly
    self.conditions = conditions
  }
}

extension Entitlement: CustomStringConvertible {
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "!", omittingEmptySubsequences: false)
    let isOwnOnly = parts[0].hasSuffix("@own")
    guard let right = Right(code: isOwnOnly ? parts[0].dropLast(4) : parts[0]) else { return nil }
    var conditions: CodeSet<RightCondition> = []
    for part in parts.dropFirst() {
      guard let condition = RightCondition(code: part) else { return nil }
      conditions.insert(condition)
    }
    self.init(right, isOwnOnly: isOwnOnly, conditions: conditions)
  }

  package var description: String {
    right.code + (isOwnOnly ? "@own" : "") + conditions.map { "!" + $0.code }.joined()
  }
}
