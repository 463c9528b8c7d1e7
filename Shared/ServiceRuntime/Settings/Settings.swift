/// The values of all settings of a process, read and checked once at its start.
package struct Settings: Sendable {
  /// What every environment variable of the system begins with.
  package static let variablePrefix = "VIGIL_"

  private var values: [String: any Sendable]

  package init(values: [String: any Sendable] = [:]) {
    self.values = values
  }

  /// The value of a setting that the process declares; the setting's own default when it does not.
  ///
  /// Reading a required setting that the process does not declare is a mistake in its code.
  package subscript<Value>(_ setting: Setting<Value>) -> Value {
    if let value = values[setting.key] as? Value { return value }
    guard let fallback = setting.fallback else {
      preconditionFailure("\(setting.key) is required but not among the process's settings")
    }
    return fallback
  }

  /// Replaces a value; for tests and for processes that are composed inside another.
  package mutating func set<Value>(_ setting: Setting<Value>, to value: Value) {
    values[setting.key] = value
  }
}
