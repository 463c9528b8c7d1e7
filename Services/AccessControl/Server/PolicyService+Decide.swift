import AIP
import GRPCCore
import Policy
import Postgres

// Answers questions: with the subjects and the cases that they are about, each looked up once.
extension PolicyService {
  /// The material of one call's answers.
  struct Material: Sendable {
    var visitor: Visitor
    var snapshot: PolicySnapshot
    var evaluator: PolicyEvaluator
    var subjects: [RecordID: Subject]
    var facts: [RecordID: CaseFacts]

    /// Whether reasons may be told that name what States are not told.
    var tellsAll: Bool { !visitor.administration.readers.intersection(PolicyVersion.deciders).isEmpty }
  }

  /// - Throws: PERMISSION_DENIED for whoever asks about another and is no case officer.
  func material(_ questions: [Question]) async throws -> Material {
    let visitor = try await visitors.current()
    let own = visitor.principal
    let principals = Set(questions.map { $0.principal ?? own })
    try visitor.require(principals == [own] || visitor.administration.readers.contains(.headquarters))
    let (snapshot, evaluator) = try broadcast.current()
    var subjects = try await SubjectStore(executor: pool).subjects(principals, at: visitor.now)
    subjects[own]?.limit = visitor.actor.limit
    let facts = try await facts(of: Set(questions.map(\.caseID)))
    return Material(visitor: visitor, snapshot: snapshot, evaluator: evaluator, subjects: subjects, facts: facts)
  }

  /// The facts of the cases that exist, a few at a time.
  func facts(of ids: Set<RecordID>) async throws -> [RecordID: CaseFacts] {
    try await withThrowingTaskGroup(of: CaseFacts?.self) { group in
      var found: [RecordID: CaseFacts] = [:]
      var waiting = ids.makeIterator()
      func add(_ group: inout ThrowingTaskGroup<CaseFacts?, any Error>) {
        if let id = waiting.next() { group.addTask { try await cases.facts(of: id) } }
      }
      for _ in 0..<16 { add(&group) }
      while let facts = try await group.next() {
        if let facts { found[facts.id] = facts }
        add(&group)
      }
      return found
    }
  }
}

extension PolicyService.Material {
  /// The request to decide for a question. For a case that does not exist it is one to which nobody stands in any
  /// relation: so the work, and with it the time, is the same.
  ///
  /// - Returns: nil for a principal that there is not.
  func request(_ question: Question) -> AccessRequest? {
    guard let subject = subjects[question.principal ?? visitor.principal] else { return nil }
    let environment = Environment(
      now: visitor.now, grants: snapshot.grants, emergencies: snapshot.emergencies, lockdowns: snapshot.lockdowns)
    let context = AccessContext(subject: subject, purpose: question.purpose, environment: environment)
    return AccessRequest(
      context, action: question.action, classes: question.classes,
      resource: facts[question.caseID] ?? .nowhere(question.caseID))
  }

  /// Whether there is anything to tell of the case.
  func isTold(_ question: Question, _ decision: Decision) -> Bool {
    facts[question.caseID] != nil && decision.isVisible
  }
}
