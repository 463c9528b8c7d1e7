/// How far a protest has come against a detention of personnel by the host State itself, in breach of the status-of-forces
/// agreement: the diplomatic way, where there is nothing to prosecute.
enum DiplomaticStage: Int16, Stage {
  case protested = 1
  case responded, released, remedied

  static let prefix = "DIPLOMATIC_STAGE_"
  static let first = protested
  static let course = allCases
  static let inferable: Set<DiplomaticStage> = []
  // Personnel may be released without an answer to the protest.
  static let omissible: Set<DiplomaticStage> = [.responded]

  var name: String {
    switch self {
    case .protested: "PROTESTED"
    case .responded: "RESPONDED"
    case .released: "RELEASED"
    case .remedied: "REMEDIED"
    }
  }

  var next: Set<DiplomaticStage> {
    switch self {
    case .protested: [.responded]
    case .responded: [.released]
    case .released: [.remedied]
    case .remedied: []
    }
  }

  func conditions(for stage: DiplomaticStage) -> Set<StageCondition> {
    self == .protested ? [.communicationFromHost] : [.sourceDocument]
  }
}
