/// A type that the value of a setting may have, and how it is written.
///
/// The written form is the same in an environment variable, in the YAML file and in `--help`.
package protocol SettingValue: Sendable {
  /// The form to expect, as help shows it between angle brackets, such as `host:port`.
  static var form: String { get }

  /// Whether the YAML file gives a sequence; the environment then separates elements with commas.
  static var isList: Bool { get }

  /// Reads the written form: one text, or the elements of a list. Nil when it is not that form.
  init?(settingTexts texts: [String])

  /// The written form.
  var settingTexts: [String] { get }
}

extension SettingValue {
  package static var isList: Bool { false }
}

/// A setting's value that is written as one text.
package protocol ScalarSettingValue: SettingValue {
  /// Reads the written form. Nil when it is not that form.
  init?(settingText: String)

  /// The written form.
  var settingText: String { get }
}

extension ScalarSettingValue {
  package init?(settingTexts texts: [String]) {
    guard texts.count == 1 else { return nil }
    self.init(settingText: texts[0])
  }

  package var settingTexts: [String] { [settingText] }
}
