package import Identity
package import Logging
package import Telemetry

extension String: ScalarSettingValue {
  package static var form: String { "text" }
  package init?(settingText: String) { self = settingText }
  package var settingText: String { self }
}

extension Int: ScalarSettingValue {
  package static var form: String { "number" }
  package init?(settingText: String) { self.init(settingText) }
  package var settingText: String { String(self) }
}

extension Bool: ScalarSettingValue {
  package static var form: String { "true|false" }
  package init?(settingText: String) { self.init(settingText) }
  package var settingText: String { String(self) }
}

extension Logger.Level: ScalarSettingValue {
  package static var form: String { "trace|debug|info|notice|warning|error|critical" }
  package init?(settingText: String) { self.init(rawValue: settingText) }
  package var settingText: String { rawValue }
}

/// A choice among words: any enumeration of strings may be a setting.
extension ScalarSettingValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  package static var form: String { allCases.map(\.rawValue).joined(separator: "|") }
  package init?(settingText: String) { self.init(rawValue: settingText) }
  package var settingText: String { rawValue }
}

/// A setting that may be absent; its default is then `nil`.
extension Optional: SettingValue where Wrapped: SettingValue {
  package static var form: String { Wrapped.form }
  package static var isList: Bool { Wrapped.isList }

  package init?(settingTexts texts: [String]) {
    guard let value = Wrapped(settingTexts: texts) else { return nil }
    self = .some(value)
  }

  package var settingTexts: [String] { self?.settingTexts ?? [] }
}

/// A list: commas between elements in the environment, a sequence in YAML.
extension Array: SettingValue where Element: ScalarSettingValue {
  package static var form: String { "\(Element.form),…" }
  package static var isList: Bool { true }

  package init?(settingTexts texts: [String]) {
    var elements: [Element] = []
    for text in texts {
      guard let element = Element(settingText: text) else { return nil }
      elements.append(element)
    }
    self = elements
  }

  package var settingTexts: [String] { map(\.settingText) }
}

extension LogFormat: ScalarSettingValue {}

extension PeerIdentity: ScalarSettingValue {
  package static var form: String { "spiffe://domain/kind/name" }
  package init?(settingText: String) { self.init(uri: settingText) }
  package var settingText: String { uri }
}
