/// Reads the settings of a process: environment over YAML file over defaults.
///
/// Everything that is given must be known and well formed: a misspelt variable that is silently
/// ignored would be a default that nobody chose.
package struct SettingsLoader: Sendable {
  private let declarations: [any SettingDeclaration]
  private let defaults: [String: String]

  /// - Parameters:
  ///   - groups: All settings of the process.
  ///   - defaults: The process's own defaults, by key, in place of the settings' own.
  package init(groups: [SettingGroup], defaults: [String: String] = [:]) {
    declarations = groups.flatMap(\.settings)
    self.defaults = defaults
  }

  /// - Parameters:
  ///   - environment: All variables; those without our prefix are left alone.
  ///   - file: Path of the YAML file; nil reads the one that `VIGIL_CONFIG` names, if any.
  package func load(environment: [String: String], file: String?) async throws(SettingError) -> Settings {
    var variables: [String: String] = [:]
    for (name, value) in environment where name.hasPrefix(Settings.variablePrefix) {
      variables[String(name.dropFirst(Settings.variablePrefix.count))] = value
    }
    let path = file ?? variables.removeValue(forKey: "CONFIG")
    variables["CONFIG"] = nil
    try checkVariables(variables)
    var sources = [Source(variables: variables, declarations: declarations)]
    if let path { sources.append(try await readFile(path)) }
    return try resolve(sources)
  }

  private func checkVariables(_ variables: [String: String]) throws(SettingError) {
    let known = declarations.map(\.variable)
    for name in variables.keys.sorted() {
      let variable = Settings.variablePrefix + name
      guard !known.contains(variable) else { continue }
      throw .unknown(name: variable, origin: "environment", suggestion: variable.closest(in: known))
    }
  }

  private func readFile(_ path: String) async throws(SettingError) -> Source {
    let source: Source
    do {
      source = try await Source(file: path)
    } catch {
      throw .unreadableFile(path: path, reason: String(describing: error))
    }
    let known = declarations.map(\.key)
    for key in source.keys.sorted() where !known.contains(key) {
      throw .unknown(name: key, origin: path, suggestion: key.closest(in: known))
    }
    return source
  }

  private func resolve(_ sources: [Source]) throws(SettingError) -> Settings {
    var values: [String: any Sendable] = [:]
    for declaration in declarations {
      if let value = try value(of: declaration, in: sources) { values[declaration.key] = value }
    }
    return Settings(values: values)
  }

  private func value(
    of declaration: any SettingDeclaration,
    in sources: [Source]
  ) throws(SettingError) -> (any Sendable)? {
    if let source = sources.first(where: { $0.keys.contains(declaration.key) }) {
      return try parse(declaration, source.texts(for: declaration), name: source.name(of: declaration))
    }
    if let text = defaults[declaration.key] {
      return try parse(declaration, declaration.split(text), name: declaration.key)
    }
    guard !declaration.isRequired else {
      throw .missing(key: declaration.key, variable: declaration.variable)
    }
    return nil
  }

  private func parse(
    _ declaration: any SettingDeclaration,
    _ texts: [String]?,
    name: String
  ) throws(SettingError) -> any Sendable {
    if let texts, let value = declaration.parse(texts) { return value }
    let shown = declaration.isSecret ? nil : texts?.joined(separator: ",")
    throw .invalid(name: name, value: shown, form: declaration.form)
  }
}
