import AIP
import Policy

/// Where the facts about cases come from, which another service owns.
protocol CaseFactsSource: Sendable {
  /// What a decision needs to know of a case; nil for one that does not exist.
  ///
  /// - Throws: what the service that owns them answers.
  func facts(of id: RecordID) async throws -> CaseFacts?
}
