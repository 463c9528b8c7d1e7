/// What the loader and help know of a setting without knowing the type of its value.
package protocol SettingDeclaration: Sendable {
  var key: String { get }
  var meaning: String { get }
  var form: String { get }
  var isSecret: Bool { get }
  var isList: Bool { get }
  var isRequired: Bool { get }
  var fallbackTexts: [String]? { get }

  /// The value that the written form stands for; nil when it is not of the setting's form.
  func parse(_ texts: [String]) -> (any Sendable)?
}

extension SettingDeclaration {
  /// The environment variable of the setting.
  package var variable: String {
    Settings.variablePrefix + String(key.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
  }
}
