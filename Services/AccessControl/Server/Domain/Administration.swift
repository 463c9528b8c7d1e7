import Policy

/// Who may do what with the directory. Default deny.
///
/// It takes two to make a reader: an operator enrols the principal, a case officer gives it its role. So an operator,
/// who may hold no other role, gives nobody a sight of a case, and a case officer invents nobody. Roles that others have
/// handed over do not count: what is given for a time must not make what lasts.
struct Administration: Hashable, Sendable {
  /// The own roles in which the principal may act at the time.
  let readers: ReaderSet

  /// Who sees the whole directory; others see their own organisation.
  private static let overseers: ReaderSet = [.headquarters, .legal, .auditor, .systemOperator]
  private static let enrollers: ReaderSet = [.systemOperator]

  private static func appointers(of reader: ReaderClass) -> ReaderSet {
    reader == .systemOperator ? [.systemOperator] : [.headquarters]
  }

  var seesAll: Bool { holds(Self.overseers) }

  /// Make organisations and principals, and stop principals.
  var mayEnrol: Bool { holds(Self.enrollers) }

  /// Give and end the role, of another principal.
  func mayAppoint(_ reader: ReaderClass) -> Bool { holds(Self.appointers(of: reader)) }

  func holds(_ set: ReaderSet) -> Bool { !readers.intersection(set).isEmpty }
}
