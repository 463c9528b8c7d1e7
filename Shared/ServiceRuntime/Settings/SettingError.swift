/// Why the configuration cannot be used. The description is one line for whoever runs the process; it
/// names the setting and where it was given, and never holds a secret's value.
package enum SettingError: Error, Hashable, CustomStringConvertible {
  /// A variable with our prefix, or a key of the file, that no setting has.
  case unknown(name: String, origin: String, suggestion: String?)
  /// A value that is not of the setting's form. `value` is nil for a secret and
  /// for what is not even a text.
  case invalid(name: String, value: String?, form: String)
  /// A required setting that is given nowhere.
  case missing(key: String, variable: String)
  /// Settings that are well formed but do not go together.
  case contradiction(String)
  /// The file cannot be read, or is not YAML.
  case unreadableFile(path: String, reason: String)

  package var description: String {
    switch self {
    case .unknown(let name, let origin, let suggestion):
      let hint = suggestion.map { "; did you mean \($0)?" } ?? "; --help lists every setting"
      return "\(origin): no setting is called \(name)\(hint)"
    case .invalid(let name, .some(let value), let form):
      return "\(name): \"\(value)\" is not <\(form)>"
    case .invalid(let name, .none, let form):
      return "\(name): what is given is not <\(form)>"
    case .missing(let key, let variable):
      return "\(key) is required: set \(variable), or \(key) in the file"
    case .contradiction(let reason):
      return reason
    case .unreadableFile(let path, let reason):
      return "\(path): \(reason)"
    }
  }
}
