import AIP
import Content
import Crypto
import FoundationEssentials
import GRPCCore
import GRPCTransport
import Logging
import TLS
import VigilCasesAPI

/// Uploads and downloads content, through a gateway or into a folder alone; prints a JSON line for each.
///
/// `bench-evidence --bytes N --directory PATH`, or `bench-evidence --bytes N --address HOST:PORT --item NAME --ca FILE
/// --certificate FILE --key FILE --request-id UUID`
@main
enum EvidenceBenchmark {
  private static let chunk = 1 << 20

  static func main() async throws {
    let options = Options(CommandLine.arguments.dropFirst())
    let content = BenchmarkContent(size: options.bytes)
    if let directory = options["directory"] {
      try await store(content, in: directory)
    } else {
      try await call(content, options)
    }
  }

  // MARK: The folder alone

  private static func store(_ content: BenchmarkContent, in directory: String) async throws {
    let store = try await ContentDirectory(path: directory)
    let id = RecordID(high: 0x7000, low: 1 << 63)
    let key = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    let format = ContentFormat(size: Int64(content.size), key: key, attempts: [0])
    try await measure("store", content.size) {
      let draft = try await store.draft(of: id)
      defer { draft.close() }
      var intake = try await ContentIntake(draft, format)
      for number in 0..<content.count { try await intake.take(content[number]) }
      guard intake.isComplete(content.sha256) else { throw Failure(description: "the digest is another") }
      try await draft.finish()
    }
    try await measure("restore", content.size) {
      let stored = try await store.content(of: id)
      defer { stored.close() }
      let output = try await ContentOutput(stored, format)
      var size = 0
      while let bytes = try await output.bytes(at: Int64(size)) { size += bytes.count }
      guard size == content.size else { throw Failure(description: "less came back") }
    }
    try await store.remove(id)
  }

  // MARK: Through the gateway

  private static func call(_ content: BenchmarkContent, _ options: Options) async throws {
    let quiet = Logger(label: "bench-evidence") { _ in SwiftLogNoOpLogHandler() }
    let files = TLSFiles(
      identity: TLSFiles.Identity(certificateChain: options["certificate"] ?? "", privateKey: options["key"] ?? ""),
      authorities: options["ca"])
    let tls = try TLSContextProvider(client: TLSClientConfiguration(files: files), logger: quiet)
    let transport = HTTP2ClientTransport(
      target: .host(options.host, port: options.port), tls: tls, logger: quiet)
    try await withGRPCClient(transport: transport) { client in
      let service = PBEvidenceService.Client(wrapping: client)
      try await measure("upload", content.size) { try await upload(content, options, service) }
      try await measure("download", content.size) { try await download(content, options, service) }
    }
  }

  private static func upload(
    _ content: BenchmarkContent, _ options: Options, _ service: PBEvidenceService.Client<HTTP2ClientTransport>
  ) async throws {
    let config = PBUploadEvidenceConfig.with {
      $0.name = options["item"] ?? ""
      $0.sizeBytes = Int64(content.size)
      $0.sha256 = content.sha256
      $0.reason = "benchmark"
      $0.requestID = options["request-id"] ?? ""
    }
    _ = try await service.uploadEvidence { writer in
      try await writer.write(.with { $0.config = config })
      for number in 0..<content.count { try await writer.write(.with { $0.chunk = content[number] }) }
    }
  }

  private static func download(
    _ content: BenchmarkContent, _ options: Options, _ service: PBEvidenceService.Client<HTTP2ClientTransport>
  ) async throws {
    let request = PBDownloadEvidenceRequest.with { $0.name = options["item"] ?? "" }
    let size = try await service.downloadEvidence(request) { response in
      var size = 0
      for try await message in response.messages { size += message.chunk.count }
      return size
    }
    guard size == content.size else { throw Failure(description: "less came back") }
  }

  private static func measure(_ kind: String, _ size: Int, _ body: () async throws -> Void) async throws {
    let began = ContinuousClock.now
    try await body()
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    print(#"{"kind": "\#(kind)", "seconds": \#(seconds), "mb_per_second": \#(Double(size) / 1e6 / seconds)}"#)
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }
}

/// Content of which one chunk is in memory: the same again and again, so that to make it costs nothing.
struct BenchmarkContent: Sendable {
  let size: Int
  let sha256: Data
  private let whole: Data

  init(size: Int) {
    self.size = size
    var numbers = SystemRandomNumberGenerator()
    whole = Data((0..<(1 << 20)).map { _ in UInt8(truncatingIfNeeded: numbers.next() as UInt32) })
    var hash = SHA256()
    for start in stride(from: 0, to: size, by: whole.count) { hash.update(data: whole.prefix(size - start)) }
    sha256 = Data(hash.finalize())
  }

  var count: Int { (size + whole.count - 1) / whole.count }

  subscript(_ number: Int) -> Data { whole.prefix(size - number * whole.count) }
}

/// The benchmark's command line.
struct Options: Sendable {
  private var values: [String: String] = [:]

  init(_ arguments: some Sequence<String>) {
    var words = arguments.makeIterator()
    while let option = words.next(), let value = words.next() { values[String(option.dropFirst(2))] = value }
  }

  subscript(_ name: String) -> String? { values[name] }

  var bytes: Int { values["bytes"].flatMap { Int($0) } ?? 1 << 30 }

  private var address: [Substring] { (values["address"] ?? "127.0.0.1:8443").split(separator: ":") }
  var host: String { String(address[0]) }
  var port: Int { address.last.flatMap { Int($0) } ?? 8443 }
}
