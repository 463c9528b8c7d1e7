import ArgumentParser
import Configuration
import GRPCCore
import Testing

@testable import CommandLineClient

@Suite("Settings")
struct SettingsTests {
  @Test(
    "addresses",
    arguments: [
      ("127.0.0.1:8443", Address(host: "127.0.0.1", port: 8443)),
      ("vigil.example:443", Address(host: "vigil.example", port: 443)),
      ("[::1]:8443", Address(host: "::1", port: 8443)),
    ]
  )
  func addresses(_ text: String, _ address: Address) {
    #expect(Address(text) == address)
    #expect(address.description == text)
  }

  @Test(
    "what is no address", arguments: ["", ":1", "host", "host:", "host:0", "host:65536", "::1:8443", "a b:1", "h:x"])
  func notAddresses(_ text: String) {
    #expect(Address(text) == nil)
  }

  @Test(
    "durations",
    arguments: [
      ("500ms", Duration.milliseconds(500)),
      ("30s", .seconds(30)),
      ("5m", .seconds(300)),
      ("1h", .seconds(3600)),
    ]
  )
  func durations(_ text: String, _ duration: Duration) {
    #expect(Duration(timeoutText: text) == duration)
  }

  @Test("what is no duration", arguments: ["", "30", "s", "-1s", "1.5s", "1d", "99999999999999999999s"])
  func notDurations(_ text: String) {
    #expect(Duration(timeoutText: text) == nil)
  }

  private static let file = ConfigReader(
    provider: InMemoryProvider(values: [
      "address": "file:1", "tls.ca": "file.pem", "tls.certificate": "c.pem", "tls.key": "c.key", "timeout": "7s",
    ])
  )

  @Test("options win over the environment, that over the file")
  func precedence() throws {
    let source = SettingsSource(environment: ["VIGIL_CLI_TLS_CA": "env.pem", "VIGIL_CLI_ADDRESS": ""], file: Self.file)
    let options = try ConnectionOptions.parse(["--timeout", "2s"])
    #expect(
      try options.settings(source)
        == ConnectionSettings(
          address: Address(host: "file", port: 1), authorities: "env.pem", certificate: "c.pem", key: "c.key",
          timeout: .seconds(2)
        )
    )
  }

  @Test("without any there are defaults")
  func defaults() throws {
    let settings = try ConnectionOptions.parse([]).settings(SettingsSource(environment: [:], file: nil))
    #expect(settings == ConnectionSettings())
    #expect(settings.address.description == "127.0.0.1:8443")
  }

  private static let local = ConfigReader(
    provider: InMemoryProvider(values: ["identity": "case-officer", "identities": "/tls/clients"]))

  @Test(
    "an identity of the local system is chosen by name: by an option, else by the settings; files win over the latter",
    arguments: [
      ([], "/tls/clients/case-officer.pem", "/tls/clients/case-officer.key"),
      (["--as", "operator"], "/tls/clients/operator.pem", "/tls/clients/operator.key"),
      (["--certificate", "c.pem", "--key", "c.key"], "c.pem", "c.key"),
    ]
  )
  func identities(_ arguments: [String], _ certificate: String, _ key: String) throws {
    let source = SettingsSource(environment: [:], file: Self.local)
    let settings = try ConnectionOptions.parse(arguments).settings(source)
    #expect(settings == ConnectionSettings(certificate: certificate, key: key))
  }

  @Test(
    "a name is no path, and who calls is said once",
    arguments: [["--as", "../ca"], ["--as", ""], ["--as", ".."], ["--as", "operator", "--certificate", "c.pem"]]
  )
  func badIdentities(_ arguments: [String]) throws {
    let options = try ConnectionOptions.parse(arguments)
    let source = SettingsSource(environment: [:], file: Self.local)
    let failure = #expect(throws: CommandFailure.self) { try options.settings(source) }
    #expect(failure?.status == .usage)
  }

  @Test(
    "what cannot be meant is refused",
    arguments: [
      (["--address", "nowhere"], CommandExit.usage),
      (["--timeout", "soon"], .usage),
      (["--timeout", "0s"], .usage),
      (["--certificate", "c.pem"], .configuration),
      (["--key", "c.key"], .configuration),
      (["--as", "operator"], .configuration),
    ]
  )
  func refused(_ arguments: [String], _ status: CommandExit) throws {
    let options = try ConnectionOptions.parse(arguments)
    let failure = #expect(throws: CommandFailure.self) {
      try options.settings(SettingsSource(environment: [:], file: nil))
    }
    #expect(failure?.status == status)
  }
}
