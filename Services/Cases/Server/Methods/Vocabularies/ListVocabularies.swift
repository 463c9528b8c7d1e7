import AIP
import Authorization
import GRPCCore
import Records
import VigilCasesAPI

extension VocabularyService {
  func listVocabularies(
    request: PBListVocabulariesRequest, context: ServerContext
  ) async throws -> PBListVocabulariesResponse {
    _ = try authorizer.requester()
    let size = try PageSize(standard: 100, maximum: 500).resolve(request.pageSize)
    let languages = try OfficialLanguage.chosen(request.languageCode)
    let digest = QueryDigest("ListVocabularies", request.languageCode)
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: digest, now: now)
    let rest = Terminology.all.filter { after?.lexicographicallyPrecedes($0.id.utf8) ?? true }
    var response = PBListVocabulariesResponse()
    response.vocabularies = rest.prefix(size).map { PBVocabulary($0, in: languages, withTerms: false) }
    if rest.count > size {
      response.nextPageToken = try await tokens.seal(Array(rest[size - 1].id.utf8), query: digest, now: now)
    }
    return response
  }
}
