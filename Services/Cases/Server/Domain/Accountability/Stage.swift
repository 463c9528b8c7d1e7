/// The stages of a track: what may follow what, and what must be shown for it.
protocol Stage: Vocabulary {
  /// The stage of a track of which nothing is known but that it began.
  static var first: Self { get }
  /// The way of a track that nothing turns aside, in order. What stands beside it has stopped the track, or ended it.
  static var course: [Self] { get }
  /// Stages that a track must have passed when a later one of the course is known. What decides an outcome is none.
  static var inferable: Set<Self> { get }
  /// Stages that may be passed over and are not inferred: the register would know of them if they had been.
  static var omissible: Set<Self> { get }
  /// What this stage says by itself of the time before it, whichever way it was reached.
  var implied: Set<Self> { get }
  /// What may follow, without the stages between being inferred.
  var next: Set<Self> { get }

  /// What must be shown for the step to `stage`, one of ``next``.
  func conditions(for stage: Self) -> Set<StageCondition>
}

extension Stage {
  /// Its place in the course; nil beside it.
  var progress: Int? { Self.course.firstIndex(of: self) }

  var implied: Set<Self> { [] }

  /// The stages between this one and a later one of the course, by the shortest way that decides nothing by itself.
  ///
  /// - Returns: nil when there is no such way; nothing when `stage` may follow at once.
  func way(to stage: Self) -> [Self]? {
    if next.contains(stage) { return [] }
    guard let begin = progress, let end = stage.progress, begin < end else { return nil }
    var ways: [(last: Self, passed: [Self])] = [(self, [])]
    var seen: Set<Self> = [self]
    while !ways.isEmpty {
      let (last, passed) = ways.removeFirst()
      if last.next.contains(stage) { return passed }
      let onward = last.next.intersection(Self.inferable.union(Self.omissible)).subtracting(seen)
      for step in onward.sorted(by: { $0.rawValue < $1.rawValue }) {
        seen.insert(step)
        ways.append((step, passed + [step]))
      }
    }
    return nil
  }

  /// Whether the track goes on: it has neither ended, nor waits for a new fact.
  var isLive: Bool { progress != nil && !next.isEmpty }
}

/// What must be shown before a stage is taken over from the one before it.
enum StageCondition: String, CaseIterable, Sendable {
  case sentNotification = "SENT_NOTIFICATION"
  case noConflictOfInterestHold = "NO_CONFLICT_OF_INTEREST_HOLD"
  case communicationFromHost = "COMMUNICATION_FROM_HOST"
  case sourceDocument = "SOURCE_DOCUMENT"
  case suspect = "SUSPECT"
  case custodyDate = "CUSTODY_DATE"
  case forum = "FORUM"
  case charge = "CHARGE"
  case hearing = "HEARING"
  case appealWindow = "APPEAL_WINDOW"
  case newFact = "NEW_FACT"

  /// What would satisfy it, for the person whose step was refused.
  var remedy: String {
    switch self {
    case .sentNotification: "Send the notification to the host State's authority and record it."
    case .noConflictOfInterestHold: "Have the conflict-of-interest hold reviewed and lifted."
    case .communicationFromHost: "Record the host State's communication."
    case .sourceDocument: "Name the document that it is known from."
    case .suspect: "Record at least one suspect."
    case .custodyDate: "Record when the person was taken into custody."
    case .forum: "Record the court or other forum."
    case .charge: "Record at least one charge."
    case .hearing: "Record at least one hearing."
    case .appealWindow: "Record when the time for an appeal ends, or that it was waived."
    case .newFact: "Record the new fact."
    }
  }
}
