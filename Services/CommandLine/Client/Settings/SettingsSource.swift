import Configuration
import Foundation
import SystemPackage

/// Where settings that are not given as options come from: the environment, then a YAML file.
struct SettingsSource: Sendable {
  var environment: [String: String]
  var file: ConfigReader?

  /// The value of a setting such as `tls.ca`, which is VIGIL_CLI_TLS_CA in the environment.
  func value(_ key: String) -> String? {
    let variable = "VIGIL_CLI_" + key.uppercased().replacing(".", with: "_")
    if let value = environment[variable], !value.isEmpty { return value }
    return file?.string(forKey: ConfigKey(key))
  }

  /// The process's environment, and the file that it names; without a name the user's own, if there is one.
  ///
  /// - Throws: ``CommandFailure`` when a named file cannot be read, or is not YAML.
  static func standard() async throws(CommandFailure) -> SettingsSource {
    let environment = ProcessInfo.processInfo.environment
    let named = environment["VIGIL_CLI_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    let path = named ?? userFile(environment)
    guard let path else { return SettingsSource(environment: environment, file: nil) }
    do {
      let provider = try await FileProvider<YAMLSnapshot>(filePath: FilePath(path), allowMissing: named == nil)
      return SettingsSource(environment: environment, file: ConfigReader(provider: provider))
    } catch {
      throw CommandFailure(
        status: .configuration,
        reason: "the settings in \(path) cannot be read: \(error)",
        advice: "Correct the file, or name another one with VIGIL_CLI_CONFIG."
      )
    }
  }

  /// Where the session with a gateway is kept unless told otherwise; nil for a user without a home.
  func sessionPath(_ address: Address) -> String? {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let folder = state ?? environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.local/state" }
    let name = address.description.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" }
    return folder.map { "\($0)/vigil/session-\(String(name)).json" }
  }

  private static func userFile(_ environment: [String: String]) -> String? {
    let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    return (folder ?? environment["HOME"].map { $0 + "/.config" }).map { $0 + "/vigil/config.yaml" }
  }
}
