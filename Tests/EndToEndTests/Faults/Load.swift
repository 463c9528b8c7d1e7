import Foundation
import GRPCCore
import GRPCTransport
import Logging
import SwiftProtobuf
import Synchronization
import TLS
import VigilCasesAPI

/// Steady calls through the gateways for as long as a fault lasts: readers that list and get cases, and writers that
/// import publications, each with a request id, and remember which were acknowledged.
final class Load: Sendable {
  /// What kind of load.
  struct Options: Sendable {
    var readers = 3
    var writers = 1
    /// Services that are called besides, each by a caller of its own, whether they have methods or not.
    var asked: [String] = []
    /// Of one try.
    var deadline = Duration.seconds(5)
    /// Tries of a call before it counts as failed. All of these calls are safe to repeat.
    var tries = 1
    /// Between two calls of one reader or writer.
    var pause = Duration.milliseconds(10)
  }

  private let options: Options
  private let prefix: String
  private let counts = Mutex(LoadCounts())
  private let isOver = Atomic(false)
  private let writeNumber = Atomic(0)

  private init(_ options: Options, prefix: String) {
    self.options = options
    self.prefix = prefix
  }

  /// Calls until `fault` has returned.
  ///
  /// - Parameter fault: gets the load, to look at its counts meanwhile.
  /// - Returns: what was counted, compared with what the database holds.
  static func run(
    on faults: FaultSystem, gateways: [Int] = [0, 1], _ options: Options = Options(),
    during fault: (Load) async throws -> Void
  ) async throws -> LoadCounts {
    let load = Load(options, prefix: "fault-\(UUID().uuidString.prefix(8).lowercased())-")
    let transport = try Self.transport(faults, gateways)
    try await withGRPCClient(transport: transport) { client in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<options.readers { group.addTask { try await load.read(client) } }
        for service in options.asked { group.addTask { try await load.ask(service, client) } }
        for _ in 0..<options.writers { group.addTask { try await load.write(client) } }
        defer { load.isOver.store(true, ordering: .relaxed) }
        try await load.waitForCalls(20)
        try await fault(load)
      }
    }
    var counts = load.counts.withLock { $0 }
    counts.compare(with: try await faults.recordedWrites(load.prefix))
    return counts
  }

  private static func transport(_ faults: FaultSystem, _ gateways: [Int]) throws -> HTTP2ClientTransport {
    let identity = "\(faults.system.state)/tls/clients/case-officer"
    let files = TLSFiles(
      identity: TLSFiles.Identity(certificateChain: "\(identity).pem", privateKey: "\(identity).key"),
      authorities: "\(faults.system.state)/tls/ca.pem"
    )
    let logger = Logger(label: "load", factory: { _ in SwiftLogNoOpLogHandler() })
    let addresses = gateways.map { "127.0.0.1:\(faults.gateways[$0].port)" }.joined(separator: ",")
    var configuration = HTTP2ClientConfiguration()
    configuration.balancing = .roundRobin
    configuration.backoff.initial = .milliseconds(100)
    configuration.backoff.maximum = .milliseconds(500)
    configuration.maxResponseMessageBytes = 64 << 20
    return HTTP2ClientTransport(
      target: try ClientTarget(parsing: addresses),
      tls: try TLSContextProvider(client: TLSClientConfiguration(files: files), logger: logger),
      configuration: configuration,
      logger: logger
    )
  }

  var current: LoadCounts { counts.withLock { $0 } }

  /// Waits until so many further calls have been answered, writes among them if there are writers.
  func waitForCalls(_ number: Int) async throws {
    let before = current
    while true {
      let now = current
      let reads = now.reads - now.failed - (before.reads - before.failed)
      let hasWritten = options.writers == 0 || now.acknowledged.count > before.acknowledged.count
      if reads >= number, hasWritten { return }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Waits until so many further calls have been made, whatever came of them.
  func waitForTries(_ number: Int) async throws {
    let before = current.tries
    while current.tries < before + number { try await Task.sleep(for: .milliseconds(20)) }
  }

  // MARK: Calls

  private func read(_ client: GRPCClient<HTTP2ClientTransport>) async throws {
    let cases = PBCaseService.Client(wrapping: client)
    var name = ""
    while !isOver.load(ordering: .relaxed) {
      counts.withLock { $0.reads += 1 }
      let wanted = name
      let done = try await call { options in
        if wanted.isEmpty {
          return try await cases.listCases(.with { $0.pageSize = 5 }, options: options).cases.first?.name ?? ""
        }
        _ = try await cases.getCase(.with { $0.name = wanted }, options: options)
        return ""
      }
      if let done { name = done }
      counts.withLock { if done != nil { $0.lastRead = .now } }
      try await Task.sleep(for: options.pause)
    }
  }

  /// Calls a method that the service does not have: that it says so is its answer.
  private func ask(_ service: String, _ client: GRPCClient<HTTP2ClientTransport>) async throws {
    let method = MethodDescriptor(fullyQualifiedService: "vigil.\(service).v1.FaultTests", method: "Ask")
    while !isOver.load(ordering: .relaxed) {
      counts.withLock { $0.reads += 1 }
      let done = try await call { options in
        do {
          try await client.unary(
            request: ClientRequest(message: []), descriptor: method, serializer: NoContent(), deserializer: NoContent(),
            options: options
          ) { response in _ = try response.message }
        } catch let error as RPCError where error.code == .unimplemented {}
        return ""
      }
      counts.withLock { if done != nil { $0.asked[service, default: 0] += 1 } }
      try await Task.sleep(for: options.pause)
    }
  }

  private func write(_ client: GRPCClient<HTTP2ClientTransport>) async throws {
    let imports = PBImportService.Client(wrapping: client)
    while !isOver.load(ordering: .relaxed) {
      let number = writeNumber.add(1, ordering: .relaxed).newValue
      let source = "\(prefix)\(number)"
      let requestID = UUID().uuidString.lowercased()
      counts.withLock { $0.writes += 1 }
      let done = try await call { options in
        _ = try await imports.importUNFatalities(
          request: Publication(number: number).request(source: source, requestID: requestID), options: options)
        return ""
      }
      counts.withLock {
        guard done != nil else { return }
        $0.acknowledged.append(source)
        $0.lastWrite = .now
      }
      try await Task.sleep(for: options.pause)
    }
  }

  /// Makes the tries of one call.
  ///
  /// - Returns: nil when all have failed.
  private func call(_ one: (CallOptions) async throws -> String) async throws -> String? {
    var callOptions = CallOptions.defaults
    callOptions.timeout = options.deadline
    for number in 1...options.tries {
      let began = ContinuousClock.now
      do {
        let result = try await one(callOptions)
        counts.withLock { $0.longestTry = max($0.longestTry, .now - began) }
        return result
      } catch let error as RPCError {
        counts.withLock {
          $0.count(error, at: .now)
          $0.longestTry = max($0.longestTry, .now - began)
          if number < options.tries { $0.retried += 1 } else { $0.failed += 1 }
        }
      }
      if number < options.tries {
        try await Task.sleep(for: min(.milliseconds(20 << min(number, 5)), .milliseconds(500)))
      }
    }
    return nil
  }
}

/// A message that is always empty.
private struct NoContent: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] { [] }
}
