import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import Testing
import VigilCasesAPI

@testable import CasesServer

@Suite("Vocabularies as they are served")
struct VocabularyTests {
  private static func client(_ harness: ProgressHarness) -> PBVocabularyService.Client<InProcessTransport.Client> {
    PBVocabularyService.Client(wrapping: harness.client)
  }

  @Test("whoever is enrolled reads them, in one language or all, and nobody else")
  func reading() async throws {
    try await ProgressHarness.run { harness in
      let client = Self.client(harness)
      for person in Person.allCases {
        let found = try await client.getVocabulary(
          .with { $0.name = "vocabularies/act-category" }, metadata: person.metadata)
        #expect(found.enumName == "vigil.type.v1.ActCategory" && found.terms.count == 18)
        #expect(found.terms[0].code == "KILLING" && found.terms[0].labels.count == 6)
        #expect(found.terms.allSatisfy { $0.labels.allSatisfy { !$0.reviewed } })
      }
      let french = try await client.getVocabulary(
        .with { ($0.name, $0.languageCode) = ("vocabularies/certainty", "fr") }, metadata: Person.stranger.metadata)
      #expect(french.terms.map(\.labels).allSatisfy { $0.map(\.languageCode) == ["fr"] })
      let unknown: Metadata = ["test-caller": "spiffe://vigil.local/client/nobody"]
      let refused = try await failure { try await client.listVocabularies(.init(), metadata: unknown) }
      #expect(refused?.code == .permissionDenied)
      let missing = try await failure {
        try await client.getVocabulary(.with { $0.name = "vocabularies/none" }, metadata: Person.officer.metadata)
      }
      #expect(missing?.code == .notFound)
      let tongue = try await failure {
        try await client.getVocabulary(
          .with { ($0.name, $0.languageCode) = ("vocabularies/sex", "de") }, metadata: Person.officer.metadata)
      }
      #expect(tongue?.code == .invalidArgument)
    }
  }

  @Test("who has this version is not sent its terms again")
  func knownVersion() async throws {
    try await ProgressHarness.run { harness in
      let client = Self.client(harness)
      var request = PBGetVocabularyRequest.with { $0.name = "vocabularies/harm" }
      let first = try await client.getVocabulary(request, metadata: Person.officer.metadata)
      request.knownEtag = first.etag
      let second = try await client.getVocabulary(request, metadata: Person.officer.metadata)
      #expect(!first.terms.isEmpty && second.terms.isEmpty && second.etag == first.etag && second.version == 1)
      request.knownEtag = "\"other\""
      #expect(try await client.getVocabulary(request, metadata: Person.officer.metadata).terms == first.terms)
    }
  }

  @Test("pages list each of them once, by name")
  func pages() async throws {
    try await ProgressHarness.run { harness in
      var request = PBListVocabulariesRequest.with { $0.pageSize = 7 }
      var names: [String] = []
      repeat {
        let page = try await Self.client(harness).listVocabularies(request, metadata: Person.union.metadata)
        #expect(page.vocabularies.allSatisfy { $0.terms.isEmpty && !$0.labels.isEmpty })
        names += page.vocabularies.map(\.name)
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
      #expect(names == Terminology.all.map { "vocabularies/\($0.id)" })
    }
  }
}
