/// A relation of a party to a case, computed from facts of the case ("hat"). One State may wear several; each is
/// judged by itself.
package enum HatKind: UInt8, PolicyCode {
  /// Its personnel were attacked; the party is a mission.
  case mission
  /// Host State of the mission.
  case host
  /// Contributed a victim.
  case contributor
  /// A civilian victim is its national.
  case nationality
  /// A proceeding is recorded before its courts.
  case forum
  /// The case is part of a briefing to the party, the Security Council.
  case briefing
  /// Alleged perpetrator, detainer or otherwise in a conflict of interest. Gives no right, takes many.
  case implicated

  package var code: String {
    switch self {
    case .mission: "MISSION"
    case .host: "HOST"
    case .contributor: "CONTRIBUTOR"
    case .nationality: "NATIONALITY"
    case .forum: "FORUM"
    case .briefing: "BRIEFING"
    case .implicated: "IMPLICATED"
    }
  }
}

package typealias HatSet = CodeSet<HatKind>
