import VigilCasesAPI

extension PBVocabulary: Tabular {
  /// A vocabulary as a line of a list.
  static let columns: [Column<PBVocabulary>] = [
    Column("name") { $0.name },
    Column("label") { $0.labels.text("en") },
    Column("version", .right) { String($0.version) },
    Column("enum_name") { $0.enumName },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBTerm: Tabular {
  /// A term as a line of a list.
  static let columns: [Column<PBTerm>] =
    [
      Column("number", .right) { String($0.number) },
      Column("code") { $0.code },
      Column("label", for: .people) { $0.labels.text("en") },
      Column("deprecated", for: .programs) { $0.deprecated ? "yes" : "no" },
    ]
    + ["ar", "zh", "en", "fr", "ru", "es"].map { code in
      Column(code, for: .programs) { $0.labels.first { $0.languageCode == code }?.text ?? "" }
    }
}

extension [PBLabel] {
  /// The label in the language; where it was not asked for, the first that there is.
  fileprivate func text(_ code: String) -> String { (first { $0.languageCode == code } ?? first)?.text ?? "" }
}
