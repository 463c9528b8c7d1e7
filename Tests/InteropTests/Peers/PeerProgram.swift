import Foundation
import GRPCTestingAPI
import TLS
import TestSupport
import Testing

/// A peer's client and servers, in one process that lives as long as this.
///
/// One command at a time.
final class PeerProgram: Sendable {
  private let process: PeerProcess
  private let folder: TemporaryFolder

  /// Builds the program if need be, and starts it.
  init(_ peer: Peer) async throws {
    folder = try TemporaryFolder("vigil-interop")
    switch peer {
    case .python: process = try await Self.python(folder)
    case .cpp: process = try PeerProcess(try await CppBuild.program())
    }
  }

  private static func python(_ folder: TemporaryFolder) async throws -> PeerProcess {
    let descriptors = folder.file("descriptors")
    let bytes = Data(base64Encoded: GRPCTestingAPIDescriptors.fileDescriptorSet, options: .ignoreUnknownCharacters)
    try #require(bytes).write(to: URL(filePath: descriptors))
    let script = PythonEnvironment.packageRoot + "/Tests/InteropTests/Peers/python/interop.py"
    return try PeerProcess(await PythonEnvironment.shared.interpreter(), ["-u", script, descriptors])
  }

  /// Starts a server.
  ///
  /// - Parameter files: `nil` is cleartext; with authorities, clients need a certificate.
  /// - Returns: its port.
  func serve(_ files: TLSFiles? = nil) async throws -> Int {
    try await number(in: ask("serve" + Self.options(files)), after: "serving ")
  }

  /// Has a server say GOAWAY and let the calls in progress end.
  func stop(_ port: Int) async throws {
    _ = try await number(in: ask("stop \(port)"), after: "stopping ")
  }

  /// Has the peer's client run a case against a port of this machine.
  ///
  /// - Parameter meanwhile: is run when the case waits for it.
  /// - Throws: ``PeerFailure`` with what the peer found wrong.
  func run(
    _ name: String, port: Int, _ files: TLSFiles? = nil, meanwhile: () async throws -> Void = {}
  ) async throws {
    var answer = try await ask("run --case \(name) --address 127.0.0.1:\(port)" + Self.options(files))
    if answer == "waiting" {
      try await meanwhile()
      answer = try await ask("continue")
    }
    guard answer == "passed" else { throw PeerFailure(answer) }
  }

  private func ask(_ command: String) async throws -> String {
    try process.send(command)
    guard let answer = await process.line() else { throw PeerFailure("the peer's process ended") }
    return answer
  }

  private func number(in answer: String, after prefix: String) throws -> Int {
    guard answer.hasPrefix(prefix), let number = Int(answer.dropFirst(prefix.count)) else { throw PeerFailure(answer) }
    return number
  }

  private static func options(_ files: TLSFiles?) -> String {
    [
      ("ca", files?.authorities), ("cert", files?.identity?.certificateChain), ("key", files?.identity?.privateKey),
    ].map { name, path in path.map { " --\(name) \($0)" } ?? "" }.joined()
  }
}

/// What a peer found wrong.
struct PeerFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
