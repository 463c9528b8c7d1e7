import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func findDuplicates(request: PBFindDuplicatesRequest, context: ServerContext) async throws -> PBFindDuplicatesResponse
  {
    let name = try CaseName(parsing: request.name)
    let size = try PageSize(standard: 20, maximum: 100).resolve(request.pageSize)
    let found = try await reads.duplicates(of: name, context)
    return .with { $0.candidates = found.prefix(size).map(PBDuplicateCandidate.init) }
  }
}

extension PBDuplicateCandidate {
  fileprivate init(_ duplicate: Duplicate) {
    self.init()
    `case` = CaseName(duplicate.traits.id).description
    displayNumber = duplicate.traits.displayNumber
    score = duplicate.score
    likenesses = duplicate.likenesses.map { likeness in
      .with {
        $0.feature = .init(number: likeness.feature)
        $0.similarity = likeness.similarity
        $0.weight = likeness.feature.weight
        $0.explanation = likeness.explanation
      }
    }
  }
}
