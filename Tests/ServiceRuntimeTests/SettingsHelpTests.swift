import Testing

@testable import ServiceRuntime

@Suite("Help on settings")
struct SettingsHelpTests {
  @Test("shows every setting with form, default and meaning, in lines that fit")
  func text() {
    let help = SettingsHelp(
      groups: [
        SettingGroup(
          "Calls",
          [
            Setting<HostPort>("grpc.listen", default: HostPort(host: "h", port: 1), "Where calls are taken."),
            Setting<String>("database.url", default: nil, form: "url", isSecret: true, "Where the data is."),
            Setting<String?>("tls.key", default: .some(nil), form: "path", String(repeating: "word ", count: 40)),
          ]
        )
      ],
      defaults: ["grpc.listen": "h:2"]
    )
    let lines = help.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.contains("CALLS:"))
    #expect(lines.contains("  grpc.listen <host:port> [h:2]"))
    #expect(lines.contains("      Where calls are taken."))
    #expect(lines.contains("  database.url <url> (required) (secret)"))
    #expect(lines.contains("  tls.key <path>"))
    #expect(lines.allSatisfy { $0.count <= 78 })
  }

  @Test("distances between words", arguments: [("", "abc", 3), ("abc", "abc", 0), ("kitten", "sitting", 3)])
  func distance(first: String, second: String, expected: Int) {
    #expect(first.editDistance(to: second) == expected)
    #expect(second.editDistance(to: first) == expected)
  }
}
