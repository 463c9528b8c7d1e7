import AIP
import Authorization
import GRPCCore
import VigilCasesAPI

extension VocabularyService {
  func getVocabulary(request: PBGetVocabularyRequest, context: ServerContext) async throws -> PBVocabulary {
    _ = try authorizer.requester()
    let name = try VocabularyName(parsing: request.name)
    let languages = try OfficialLanguage.chosen(request.languageCode)
    guard let found = Terminology.all.first(where: { $0.id == name.id }) else {
      throw ServiceError.notFound(type: "vigil.un.org/Vocabulary", name: name.description)
    }
    return PBVocabulary(found, in: languages, withTerms: request.knownEtag != found.etag.description)
  }
}
