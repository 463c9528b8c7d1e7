import Configuration
import Synchronization
import SystemPackage

extension SettingsLoader {
  /// One place that settings come from, and the keys that are given there.
  struct Source {
    let keys: Set<String>
    private let reader: ConfigReader
    private let file: String?

    /// The environment, without the prefix.
    init(variables: [String: String], declarations: [any SettingDeclaration]) {
      keys = Set(declarations.filter { variables[$0.environmentKey] != nil }.map(\.key))
      reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
      file = nil
    }

    /// A YAML file.
    init(file path: String) async throws {
      // The provider does not list its keys, but asks of each whether it is a secret.
      let found = Keys()
      let provider = try await FileProvider<YAMLSnapshot>(
        parsingOptions: .init(
          secretsSpecifier: .dynamic { key, _ in
            found.all.withLock { _ = $0.insert(key) }
            return true
          }
        ),
        filePath: FilePath(path)
      )
      keys = found.all.withLock { $0 }
      reader = ConfigReader(provider: provider)
      file = path
    }

    /// What is given for the setting; nil when it is a sequence where one text is wanted.
    func texts(for declaration: any SettingDeclaration) -> [String]? {
      let key = ConfigKey(declaration.key)
      let isSecret = declaration.isSecret
      if declaration.isList, let texts = try? reader.requiredStringArray(forKey: key, isSecret: isSecret) {
        return texts
      }
      // In the file, a list of one may be written without the dash.
      return (try? reader.requiredString(forKey: key, isSecret: isSecret)).map(declaration.split)
    }

    /// How to point at the setting in this place.
    func name(of declaration: any SettingDeclaration) -> String {
      file.map { "\($0): \(declaration.key)" } ?? declaration.variable
    }
  }

  private final class Keys: Sendable {
    let all = Mutex(Set<String>())
  }
}

extension SettingDeclaration {
  fileprivate var environmentKey: String { String(variable.dropFirst(Settings.variablePrefix.count)) }

  /// The texts that one line gives.
  func split(_ text: String) -> [String] {
    isList ? text.split(separator: ",").map(String.init) : [text]
  }
}
