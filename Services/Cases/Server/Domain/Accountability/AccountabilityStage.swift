/// How far a proceeding has come, or one of its accused.
enum AccountabilityStage: Int16, Stage {
  case reported = 1
  case notified, acknowledged, investigationOpened, suspectsIdentified, arrested, charged, trial
  case guilty, notGuilty
  case sentenced, appeal, final, executingSentence, closed
  case declined, suspended, closedWithoutSuspect, released, escaped, deceased, transferred, dismissed, pardoned

  static let prefix = "ACCOUNTABILITY_STAGE_"
  static let first = reported

  static let course: [AccountabilityStage] = [
    .reported, .notified, .acknowledged, .investigationOpened, .suspectsIdentified, .arrested, .charged, .trial,
    .notGuilty, .guilty, .sentenced, .appeal, .final, .executingSentence,
  ]

  // Not an arrest: charges may be brought in absentia.
  static let inferable: Set<AccountabilityStage> = [
    .acknowledged, .investigationOpened, .suspectsIdentified, .charged, .trial,
  ]

  // The notification of the host State is the United Nations' own act.
  static let omissible: Set<AccountabilityStage> = [.notified]

  // Who investigates has taken note.
  var implied: Set<AccountabilityStage> { self == .investigationOpened ? [.acknowledged] : [] }

  var name: String {
    switch self {
    case .reported: "REPORTED"
    case .notified: "NOTIFIED"
    case .acknowledged: "ACKNOWLEDGED"
    case .investigationOpened: "INVESTIGATION_OPENED"
    case .suspectsIdentified: "SUSPECTS_IDENTIFIED"
    case .arrested: "ARRESTED"
    case .charged: "CHARGED"
    case .trial: "TRIAL"
    case .guilty: "VERDICT_GUILTY"
    case .notGuilty: "VERDICT_NOT_GUILTY"
    case .sentenced: "SENTENCED"
    case .appeal: "APPEAL"
    case .final: "FINAL"
    case .executingSentence: "EXECUTING_SENTENCE"
    case .closed: "CLOSED"
    case .declined: "DECLINED"
    case .suspended: "SUSPENDED"
    case .closedWithoutSuspect: "CLOSED_NO_SUSPECT"
    case .released: "RELEASED"
    case .escaped: "ESCAPED"
    case .deceased: "DECEASED"
    case .transferred: "TRANSFERRED"
    case .dismissed: "DISMISSED"
    case .pardoned: "PARDONED"
    }
  }

  var next: Set<AccountabilityStage> {
    switch self {
    case .reported: [.notified]
    case .notified: [.acknowledged, .investigationOpened]
    case .acknowledged: [.investigationOpened, .declined]
    case .investigationOpened: [.suspectsIdentified, .suspended, .closedWithoutSuspect]
    case .suspectsIdentified: [.arrested, .charged, .suspended]
    case .arrested: [.charged, .released, .escaped, .deceased, .transferred]
    case .charged: [.trial, .dismissed, .transferred]
    case .trial: [.guilty, .notGuilty, .dismissed, .escaped, .deceased]
    case .guilty: [.sentenced, .appeal]
    case .notGuilty: [.appeal, .final]
    case .sentenced: [.appeal, .final, .pardoned, .escaped]
    case .appeal: [.final, .trial, .guilty, .notGuilty]
    case .final: [.executingSentence, .closed]
    case .suspended, .released, .escaped, .closedWithoutSuspect, .dismissed: [.investigationOpened, .arrested]
    case .executingSentence, .closed, .declined, .deceased, .transferred, .pardoned: []
    }
  }

  func conditions(for stage: AccountabilityStage) -> Set<StageCondition> {
    switch self {
    case .reported: [.sentNotification, .noConflictOfInterestHold]
    case .notified: [.communicationFromHost]
    case .acknowledged: [.sourceDocument]
    case .suspectsIdentified: [.suspect]
    case .arrested: [.custodyDate]
    case .charged: [.forum, .charge]
    case .trial: [.hearing]
    case .sentenced: [.appealWindow]
    case .suspended, .released, .escaped, .closedWithoutSuspect, .dismissed: [.newFact]
    case .investigationOpened, .guilty, .notGuilty, .appeal, .final: []
    case .executingSentence, .closed, .declined, .deceased, .transferred, .pardoned: []
    }
  }
}
