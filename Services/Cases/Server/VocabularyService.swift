import Authorization
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.VocabularyService`: what codes are called. Each method is in a file of its own in
/// `Methods/Vocabularies`.
struct VocabularyService: PBVocabularyService.SimpleServiceProtocol {
  let authorizer: Authorizer
  let tokens: PageTokens
  let clock: WallClock
}
