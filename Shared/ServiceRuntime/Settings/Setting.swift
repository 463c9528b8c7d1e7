/// One setting: its key, the type of its value, its default and its meaning.
///
/// The key `grpc.tls.key` is the variable `VIGIL_GRPC_TLS_KEY` and, in the YAML file, `key` below `tls`
/// below `grpc`. Keys are lower case words joined by dots, with hyphens inside a word.
package struct Setting<Value: SettingValue>: SettingDeclaration {
  package let key: String
  package let meaning: String
  package let isSecret: Bool
  package let form: String
  /// Nil makes the setting required.
  package let fallback: Value?

  /// - Parameters:
  ///   - fallback: The value without configuration; nil makes the setting required.
  ///   - form: What help shows for the value, when the type's own form says too little (`path`).
  ///   - isSecret: Whether the value must never be shown, not even in an error.
  package init(
    _ key: String,
    default fallback: Value?,
    form: String = Value.form,
    isSecret: Bool = false,
    _ meaning: String
  ) {
    self.key = key
    self.fallback = fallback
    self.form = form
    self.isSecret = isSecret
    self.meaning = meaning
  }

  package var isList: Bool { Value.isList }
  package var isRequired: Bool { fallback == nil }
  package var fallbackTexts: [String]? { fallback?.settingTexts }

  package func parse(_ texts: [String]) -> (any Sendable)? {
    Value(settingTexts: texts)
  }
}
