import AIP
import Foundation
import SwiftProtobuf
import Testing
import VigilCasesAPI

@testable import CasesServer

/// The data file of vocabularies and the contract.
@Suite("Vocabularies and their labels")
struct TerminologyTests {
  /// Enums that are no vocabularies of the register: what calls are asked or answered with.
  private static let others: Set<String> = [
    "vigil.cases.v1.CaseView", "vigil.cases.v1.CaseFacet", "vigil.cases.v1.Likeness.Feature",
    "vigil.cases.v1.RowOutcome.Outcome", "vigil.cases.v1.RowOutcome.Scope", "vigil.cases.v1.Refusal.Reason",
    "vigil.type.v1.ErrorReason",
  ]

  /// Names by number of the enums of the register and of those that services share, by full name.
  private static func enums() throws -> [String: [Int32: String]] {
    let text = VigilCasesAPIDescriptors.fileDescriptorSet
    let bytes = try #require(Data(base64Encoded: text, options: .ignoreUnknownCharacters))
    var enums: [String: [Int32: String]] = [:]
    func add(_ list: [Google_Protobuf_EnumDescriptorProto], _ scope: String) {
      for item in list {
        enums[scope + item.name] = Dictionary(uniqueKeysWithValues: item.value.map { ($0.number, $0.name) })
      }
    }
    for file in try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file
    where file.package == "vigil.cases.v1" || file.name == "vigil/type/v1/vocabulary.proto" {
      add(file.enumType, file.package + ".")
      for message in file.messageType { add(message.enumType, "\(file.package).\(message.name).") }
    }
    return enums
  }

  private static var file: String { String(decoding: PackageResources.vocabularies_txt, as: UTF8.self) }

  @Test("every enum is a vocabulary, or known not to be one")
  func everyEnum() throws {
    let named = Set(Terminology.all.map(\.enumName))
    #expect(named.count == Terminology.all.count)
    #expect(Set(try Self.enums().keys).subtracting(Self.others) == named)
  }

  @Test("every value of an enum has its term, and no term is without its value", arguments: Terminology.all.map(\.id))
  func everyValue(_ id: String) throws {
    let vocabulary = try #require(Terminology.all.first { $0.id == id })
    let contract = try #require(try Self.enums()[vocabulary.enumName])
    let ours = Dictionary(uniqueKeysWithValues: vocabulary.terms.map { ($0.number, vocabulary.prefix + $0.code) })
    #expect(ours == contract.filter { $0.key != 0 })
    #expect(vocabulary.terms.map(\.number) == vocabulary.terms.map(\.number).sorted())
    for labels in [vocabulary.labels] + vocabulary.terms.map(\.labels) {
      for language in OfficialLanguage.allCases { #expect((1...200).contains(labels[language].count)) }
      #expect(labels[.arabic].unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) })
      #expect(labels[.russian].unicodeScalars.contains { (0x0400...0x04FF).contains($0.value) })
      #expect(labels[.chinese].unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }
  }

  @Test("every line of the data file is read")
  func everyLine() {
    let lines = Self.file.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let read = Terminology.all.reduce(0) { $0 + 2 + $1.terms.count }
    #expect(lines.count == read)
    // A label that is missing makes a line that does not read.
    #expect(Terminology.read("#\n\n= x a.X X_ 1\n@ a | b | c | d | e | f\n1 Y | a | b | c | d | e").first?.terms == [])
    #expect(Terminology.read("#\n\n= x a.X X_ 1\n@ a | b | c | d | e").isEmpty)
  }

  /// What was served under each version. Whoever changes a label raises the version here and there.
  static let served: [String: (version: Int32, etag: String)] = [
    "accountability-stage": (version: 1, etag: "1316t0brkvbo5"),
    "act-category": (version: 1, etag: "1azwc0i11lcog"),
    "age-band": (version: 1, etag: "14pocj523kng3"),
    "assertion-source": (version: 1, etag: "1r90kkguke7f8"),
    "assistance-modality": (version: 1, etag: "j1tahili4tcp"),
    "assistance-request-state": (version: 1, etag: "1vsx2fc2emshf"),
    "assistance-type": (version: 1, etag: "1mcgpgllbcrkq"),
    "attack-context": (version: 1, etag: "23zt7k7ckmg6"),
    "attack-means": (version: 1, etag: "1e3kwpriz8u95"),
    "attack-target": (version: 1, etag: "1lm7u7er55kyy"),
    "case-state": (version: 1, etag: "njxh7j8zuhi7"),
    "certainty": (version: 1, etag: "16y03y0f8pma"),
    "closure-outcome": (version: 1, etag: "4sbehxcwog98"),
    "closure-state": (version: 1, etag: "i1kn6bm1iiji"),
    "communication-act": (version: 1, etag: "uiz6lmuvm8hr"),
    "communication-direction": (version: 1, etag: "144m72k8l94g6"),
    "communication-kind": (version: 1, etag: "72kupla36to5"),
    "custody-event": (version: 1, etag: "1ujh5i18br852"),
    "custody-state": (version: 1, etag: "dgypqaoa41g8"),
    "diplomatic-stage": (version: 1, etag: "1niezfsva1qzk"),
    "disclosure-package-state": (version: 1, etag: "1jd3tflrmny23"),
    "employer-relation": (version: 1, etag: "m0p28ilvl84o"),
    "evidence-type": (version: 1, etag: "aknycv7tr8a4"),
    "external-system": (version: 1, etag: "2bvi33oq3a16"),
    "focal-point-seat": (version: 1, etag: "hs3fu1f4f676"),
    "harm": (version: 1, etag: "o5mohdwvwz01"),
    "host-measure-kind": (version: 1, etag: "rd9l2uatzay9"),
    "human-rights-assessment": (version: 1, etag: "1n6jem74ez8bu"),
    "incident-type": (version: 1, etag: "1x2fz0qhz9trt"),
    "mission-host-role": (version: 1, etag: "kdei8tr0u78x"),
    "mission-kind": (version: 1, etag: "62qn482toks2"),
    "personnel-category": (version: 1, etag: "5vutaafd51i"),
    "personnel-group": (version: 1, etag: "z63ud2q4vp2t"),
    "prevention-measure-kind": (version: 1, etag: "1oo9fcr1ptjw7"),
    "proceeding-fact-kind": (version: 1, etag: "67q6ir371vve"),
    "proceeding-forum": (version: 1, etag: "pra7me3czqxc"),
    "proposal-state": (version: 1, etag: "zilfby1tvtw1"),
    "regrading-state": (version: 1, etag: "egta5esbo6f5"),
    "resolution": (version: 1, etag: "1oquxkal30lk"),
    "safeguard-kind": (version: 1, etag: "8423sfw0uopn"),
    "safeguard-outcome": (version: 1, etag: "1o0b07ye10ows"),
    "sex": (version: 1, etag: "17jhkvapp3t1y"),
    "sharing-request-state": (version: 1, etag: "zqxzhsmf0wlu"),
    "submission-audience": (version: 1, etag: "ygs5cggjx74m"),
    "submission-state": (version: 1, etag: "1me21mzgg0wj5"),
    "suspect-status": (version: 1, etag: "tx6rs1kbx541"),
    "track-kind": (version: 1, etag: "gkw8gftkowzw"),
  ]

  @Test("nothing is changed without another version", arguments: Terminology.all.map(\.id))
  func versions(_ id: String) throws {
    let vocabulary = try #require(Terminology.all.first { $0.id == id })
    let served = try #require(Self.served[id])
    #expect(vocabulary.version == served.version && vocabulary.etag.description == "\"\(served.etag)\"")
  }
}
