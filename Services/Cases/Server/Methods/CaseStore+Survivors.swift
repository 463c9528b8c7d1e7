import Authorization
import Policy

extension CaseStore {
  /// The same cases; of those that are merged without the case that stands for them, where the reader may not see that.
  func withVisibleSurvivors(_ shown: [ShownCase], for reader: CaseReader) async throws -> [ShownCase] {
    let survivors = Set(shown.compactMap(\.record.mergedInto))
    guard !survivors.isEmpty else { return shown }
    let facts = try await facts(of: Array(survivors))
    let visible = Set(facts.filter { reader.requester.decide($0).isVisible }.map(\.id))
    return shown.map { shown in
      var shown = shown
      shown.record.mergedInto = shown.record.mergedInto.flatMap { visible.contains($0) ? $0 : nil }
      return shown
    }
  }
}
