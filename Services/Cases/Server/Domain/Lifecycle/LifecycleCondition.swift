/// What must be shown before a case takes a step.
enum LifecycleCondition: String, CaseIterable, Sendable {
  case reason = "REASON"
  case outcome = "OUTCOME"
  case secondPerson = "SECOND_PERSON"
  case survivingCase = "SURVIVING_CASE"
  case separation = "SEPARATION"
  case nothingProposed = "NOTHING_PROPOSED"
  case nothingDisputed = "NOTHING_DISPUTED"
  case tracksSettled = "TRACKS_SETTLED"
  case finalConviction = "FINAL_CONVICTION"
  case noFinalConviction = "NO_FINAL_CONVICTION"
  case finalAcquittal = "FINAL_ACQUITTAL"
  case noFinalAcquittal = "NO_FINAL_ACQUITTAL"
  case dismissal = "DISMISSAL"
  case suspectsDeceased = "SUSPECTS_DECEASED"
  case sourceDocument = "SOURCE_DOCUMENT"

  /// What would satisfy it, for the person whose step was refused.
  var remedy: String {
    switch self {
    case .reason: "Say why."
    case .outcome: "Name the outcome with which the case is closed."
    case .secondPerson: "Have another person, who may do so too, confirm it."
    case .survivingCase: "Merge it into the case that stands for both."
    case .separation: "Take it out of the case that it was merged into."
    case .nothingProposed: "Accept or refuse the proposals that wait."
    case .nothingDisputed: "Correct one of the assertions that contradict each other."
    case .tracksSettled: "Wait until every track is final or stopped, or record that it is."
    case .finalConviction: "Record a final conviction as confirmed."
    case .noFinalConviction: "Name an outcome that tells of the final conviction on record."
    case .finalAcquittal: "Record a final acquittal as confirmed."
    case .noFinalAcquittal: "Name an outcome that tells of the final acquittal on record."
    case .dismissal: "Record the dismissal as confirmed."
    case .suspectsDeceased: "Record of every accused as confirmed that the person has died."
    case .sourceDocument: "Name the document that it is known from."
    }
  }
}
