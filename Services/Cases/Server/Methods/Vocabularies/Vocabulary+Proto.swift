import AIP
import SwiftProtobuf
import VigilCasesAPI

extension PBVocabulary {
  init(_ terminology: Terminology, in languages: [OfficialLanguage], withTerms: Bool) {
    self.init()
    name = VocabularyName(terminology.id).description
    enumName = terminology.enumName
    version = terminology.version
    labels = PBLabel.all(terminology.labels, in: languages)
    etag = terminology.etag.description
    guard withTerms else { return }
    terms = terminology.terms.map { term in
      .with {
        $0.code = term.code
        $0.number = term.number
        $0.deprecated = term.isDeprecated
        $0.labels = PBLabel.all(term.labels, in: languages)
      }
    }
  }
}

extension PBLabel {
  /// None of them is reviewed.
  fileprivate static func all(_ labels: Labels, in languages: [OfficialLanguage]) -> [PBLabel] {
    languages.map { language in
      .with {
        $0.languageCode = language.rawValue
        $0.text = labels[language]
      }
    }
  }
}

extension OfficialLanguage {
  /// The language of a code; all of them for none.
  ///
  /// - Throws: INVALID_ARGUMENT for another code.
  static func chosen(_ code: String) throws(ServiceError) -> [OfficialLanguage] {
    if code.isEmpty { return allCases }
    guard let language = OfficialLanguage(rawValue: code) else {
      throw .invalid("language_code", "must be one of \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return [language]
  }
}
