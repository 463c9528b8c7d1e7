import ServiceRuntime
import TestSupport
import Testing

@Suite("Reading settings")
struct SettingsLoaderTests {
  private static let listen = Setting<HostPort>(
    "grpc.listen",
    default: HostPort(host: "localhost", port: 1),
    "Where to listen."
  )
  private static let url = Setting<String>("database.url", default: nil, isSecret: true, "Where the data is.")
  private static let peers = Setting<[String]>("grpc.peers", default: ["a"], "Who may connect.")
  private static let limit = Setting<Int>("grpc.message-limit", default: 7, "How much.")
  private static let path = Setting<String?>("tls.key", default: .some(nil), form: "path", "A key.")
  private static let secret = Setting<Int>("secret.number", default: 1, isSecret: true, "A number.")

  private let loader = SettingsLoader(
    groups: [SettingGroup("All", [listen, url, peers, limit, path, secret])],
    defaults: ["grpc.listen": "localhost:9"]
  )

  private func load(_ environment: [String: String] = [:], yaml: String? = nil) async throws -> Settings {
    let folder = try TemporaryFolder()
    let file = try yaml.map { try folder.write($0, to: "vigil.yaml") }
    return try await loader.load(environment: environment, file: file)
  }

  private func failure(_ environment: [String: String] = [:], yaml: String? = nil) async -> String {
    do {
      _ = try await load(environment, yaml: yaml)
      return "nothing was wrong"
    } catch {
      return String(describing: error)
    }
  }

  @Test("the environment is stronger than the file, the file than the process's defaults, these than the setting's")
  func precedence() async throws {
    let environment = ["VIGIL_DATABASE_URL": "e", "VIGIL_GRPC_MESSAGE_LIMIT": "3", "PATH": "x", "VIGILANT": "y"]
    let yaml = "database: {url: f}\ngrpc: {message-limit: 4, peers: [b, c]}\n"
    let settings = try await load(environment, yaml: yaml)
    #expect(settings[Self.url] == "e")
    #expect(settings[Self.limit] == 3)
    #expect(settings[Self.peers] == ["b", "c"])
    #expect(settings[Self.listen].port == 9)
    #expect(settings[Self.path] == nil)
  }

  @Test("lists: commas in the environment, a sequence or one text in the file")
  func lists() async throws {
    let fromEnvironment = try await load(["VIGIL_DATABASE_URL": "x", "VIGIL_GRPC_PEERS": "a,b"])
    #expect(fromEnvironment[Self.peers] == ["a", "b"])
    let one = try await load(yaml: "database.url: x\ngrpc: {peers: only}\n")
    #expect(one[Self.peers] == ["only"])
  }

  @Test("the file may be named by the environment")
  func namedFile() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("database: {url: f}\n", to: "vigil.yaml")
    let settings = try await loader.load(environment: ["VIGIL_CONFIG": file], file: nil)
    #expect(settings[Self.url] == "f")
  }

  @Test("what is unknown is refused, with the nearest name")
  func unknown() async {
    #expect(
      await failure(["VIGIL_DATABSE_URL": "x"])
        == "environment: no setting is called VIGIL_DATABSE_URL; did you mean VIGIL_DATABASE_URL?"
    )
    #expect(
      await failure(["VIGIL_X": "x"]) == "environment: no setting is called VIGIL_X; --help lists every setting"
    )
    let inFile = await failure(yaml: "database: {url: f}\ngrpc: {lisen: a}\n")
    #expect(inFile.hasSuffix("no setting is called grpc.lisen; did you mean grpc.listen?"))
  }

  @Test("what is malformed or missing is refused, in one line that shows no secret")
  func malformed() async {
    #expect(await failure() == "database.url is required: set VIGIL_DATABASE_URL, or database.url in the file")
    #expect(
      await failure(["VIGIL_DATABASE_URL": "x", "VIGIL_GRPC_MESSAGE_LIMIT": "much"])
        == "VIGIL_GRPC_MESSAGE_LIMIT: \"much\" is not <number>"
    )
    #expect(
      await failure(["VIGIL_DATABASE_URL": "x", "VIGIL_SECRET_NUMBER": "hunter2"])
        == "VIGIL_SECRET_NUMBER: what is given is not <number>"
    )
    let sequence = await failure(yaml: "database: {url: x}\ngrpc: {listen: [a, b]}\n")
    #expect(sequence.hasSuffix("grpc.listen: what is given is not <host:port>"))
  }

  @Test("a file that cannot be read or is no mapping is refused", arguments: ["- a\n", "a: [b", "just text"])
  func badFile(yaml: String) async {
    #expect(await failure(yaml: yaml).contains("vigil.yaml"))
  }

  @Test("a missing file is refused")
  func missingFile() async {
    await #expect(throws: SettingError.self) { try await loader.load(environment: [:], file: "/nowhere/vigil.yaml") }
  }
}
