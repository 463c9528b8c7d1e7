import AIP
import Crypto

/// One of the six official languages.
enum OfficialLanguage: String, CaseIterable, Sendable {
  // In the order of the columns of the data file.
  case english = "en"
  case french = "fr"
  case spanish = "es"
  case russian = "ru"
  case arabic = "ar"
  case chinese = "zh"
}

/// What something is called in each language.
struct Labels: Hashable, Sendable {
  /// In the order of ``OfficialLanguage/allCases``.
  private let texts: [String]

  /// Nil unless there is one for each language.
  init?(_ columns: [Substring]) {
    texts = columns.map { String($0) }
    guard texts.count == OfficialLanguage.allCases.count, texts.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  subscript(language: OfficialLanguage) -> String {
    zip(OfficialLanguage.allCases, texts).first { $0.0 == language }?.1 ?? ""
  }
}

/// A controlled vocabulary with its labels (5b): the values of one enum of the contract.
struct Terminology: Hashable, Sendable {
  /// One value. Its code and number are never used for anything else.
  struct Term: Hashable, Sendable {
    var number: Int32
    /// Without the enum's prefix.
    var code: String
    var isDeprecated: Bool
    var labels: Labels
  }

  /// `act-category`.
  var id: String
  /// Full name of the enum, and what its values begin with.
  var enumName: String
  var prefix: String
  /// Goes up with every change of a term or a label.
  var version: Int32
  var labels: Labels
  var terms: [Term] = []
  /// Of everything that is served.
  var etag: Etag
}

extension Terminology {
  /// The vocabularies of the data file, by name.
  static let all = read(String(decoding: PackageResources.vocabularies_txt, as: UTF8.self))

  /// Reads the data file, whose form its head describes. Lines that do not read are left out, which tests look for.
  static func read(_ text: String) -> [Terminology] {
    var found: [Terminology] = []
    for block in text.split(separator: "\n= ", omittingEmptySubsequences: true).dropFirst() {
      if let terminology = Terminology(block: block) { found.append(terminology) }
    }
    return found.sorted { $0.id < $1.id }
  }

  private init?(block: Substring) {
    let lines = block.split(separator: "\n")
    let head = lines[0].split(separator: " ")
    guard lines.count > 1, head.count == 4, let version = Int32(head[3]), lines[1].hasPrefix("@ "),
      let labels = Labels(Self.columns(lines[1].dropFirst(2)))
    else { return nil }
    // The bits of an etag are those of a digest of all that is served.
    let digest = SHA256.hash(data: Array(lines.joined(separator: "\n").utf8)).prefix(8).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    self.init(
      id: String(head[0]), enumName: String(head[1]), prefix: String(head[2]), version: version, labels: labels,
      terms: lines.dropFirst(2).compactMap { Term(line: $0) }, etag: Etag(revision: Int64(digest >> 1)))
  }

  fileprivate static func columns(_ text: Substring) -> [Substring] {
    text.split(separator: "|", omittingEmptySubsequences: false).map { column in
      let end = column.lastIndex { $0 != " " }.map { column.index(after: $0) } ?? column.startIndex
      return column[..<end].drop { $0 == " " }
    }
  }
}

extension Terminology.Term {
  /// `1 KILLING | Killing | …`.
  fileprivate init?(line: Substring) {
    let columns = Terminology.columns(line)
    let head = columns[0].split(separator: " ")
    guard head.count == 2, let number = Int32(head[0]), let labels = Labels(Array(columns.dropFirst())) else {
      return nil
    }
    let isDeprecated = head[1].hasPrefix("-")
    self.init(
      number: number, code: String(isDeprecated ? head[1].dropFirst() : head[1]), isDeprecated: isDeprecated,
      labels: labels)
  }
}
