import AIP

/// `vocabularies/{vocabulary}`.
struct VocabularyName: ResourceName {
  static let pattern = ResourceNamePattern("vocabularies/{vocabulary}")
  let id: String

  init(_ id: String) { self.id = id }

  init?(ids: [Substring]) { self.init(String(ids[0])) }

  var description: String { Self.pattern.name(id) }
}
