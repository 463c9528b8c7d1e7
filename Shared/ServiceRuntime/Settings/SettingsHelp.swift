/// The settings of a process as its `--help` shows them.
struct SettingsHelp {
  var groups: [SettingGroup]
  var defaults: [String: String]
  /// Columns to fill; the terminal's last ones are left to the argument parser, which wraps again.
  var width = 78

  var text: String {
    var lines = wrap(
      """
      Settings come from the environment, then from a YAML file (--config PATH or VIGIL_CONFIG), then \
      from the defaults in brackets. The key grpc.tls.key is the variable VIGIL_GRPC_TLS_KEY and, in \
      the file, key below tls below grpc.
      """,
      indent: 0
    )
    for group in groups {
      lines.append("")
      lines.append("\(group.title.uppercased()):")
      for setting in group.settings { lines += describe(setting) }
    }
    return lines.joined(separator: "\n")
  }

  private func describe(_ setting: any SettingDeclaration) -> [String] {
    let title = "  \(setting.key) <\(setting.form)>\(suffix(setting))"
    return [title] + wrap(setting.meaning, indent: 6)
  }

  private func suffix(_ setting: any SettingDeclaration) -> String {
    let texts = defaults[setting.key].map(setting.split) ?? setting.fallbackTexts
    let secret = setting.isSecret ? " (secret)" : ""
    guard let texts else { return " (required)" + secret }
    return (texts.isEmpty ? "" : " [\(texts.joined(separator: ","))]") + secret
  }

  private func wrap(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.split(separator: " ") {
      if line.count > indent && line.count + word.count + 1 > width {
        lines.append(line)
        line = margin
      }
      line += (line.count > indent ? " " : "") + word
    }
    return lines + [line]
  }
}
