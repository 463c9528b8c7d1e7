import AIP
import Authorization
import GRPCCore
import Policy
import VigilCasesAPI

extension CaseService {
  /// The same cases; of those that are merged without the case that stands for them, where the reader may not see that.
  func withVisibleSurvivors(_ shown: [ShownCase], for reader: CaseReader) async throws -> [ShownCase] {
    let survivors = Set(shown.compactMap(\.record.mergedInto))
    guard !survivors.isEmpty else { return shown }
    let facts = try await store.facts(of: Array(survivors))
    let visible = Set(facts.filter { reader.requester.decide($0).isVisible }.map(\.id))
    return shown.map { shown in
      var shown = shown
      shown.record.mergedInto = shown.record.mergedInto.flatMap { visible.contains($0) ? $0 : nil }
      return shown
    }
  }

  func getCase(request: PBGetCaseRequest, context: ServerContext) async throws -> PBCase {
    let reader = try await readers.current()
    let name = try CaseName(parsing: request.name)
    let found = try await reads.recordingRefusal(of: name, to: reader.requester, context) {
      guard let found = reader.show(try await store.find(name.id, for: reader.scope), of: name.id) else {
        throw ServiceError.notFound(name)
      }
      return found
    }
    let shown = try await withVisibleSurvivors([found], for: reader)
    try await reads.note(shown, to: reader.requester, context)
    return PBCase(shown[0])
  }
}
