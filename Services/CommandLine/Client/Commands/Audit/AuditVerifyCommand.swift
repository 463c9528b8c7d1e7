import ArgumentParser
import Audit
import MerkleTree
import SwiftProtobuf
import VigilAccessAPI

/// `vigil audit verify`.
struct AuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks an exported file offline, trusting nothing but a key and a head that you keep.",
    discussion: """
      Ends with 65 when the file is not to be believed: an entry was changed, removed, or is out of order, or the \
      log is not the one that the head was signed for.
      """
  )

  @Argument(help: "The file that was exported.", completion: .file(extensions: ["jsonl"]))
  var file: String
  @Option(
    help: "File with the keys of the log that you trust, as vigil-access audit-key prints them.", completion: .file())
  var key: String
  @Option(help: "A head that you keep (JSON): the log must have grown from it.", completion: .file())
  var known: String?
  @Flag(help: "The file was exported with a filter: entries between those given are not missed.")
  var filtered = false

  func run() async throws { try verify(to: .standardOutput) }

  func verify(to console: Console) throws {
    guard let keys = AuditKeys(text: try TextFile.read(key)) else {
      throw CommandFailure(
        status: .configuration, reason: "\(key) does not hold keys of the log",
        advice: "A line for each: its id and the key in hexadecimal.")
    }
    let known = try known.map { try TreeHeadFile(path: $0).read() }
    var verifier = AuditVerifier(keys: keys, known: known, extent: filtered ? .selection : .complete)
    let findings: AuditFindings
    do {
      try BundleReader(path: file).forEachPart { try verifier.take($0) }
      findings = try verifier.finish()
    } catch let fault as AuditFault {
      throw CommandFailure(status: .badData, reason: "the file is not to be believed: \(fault)")
    }
    try console.write(Self.text(findings, isJoined: known != nil))
  }

  private static func text(_ findings: AuditFindings, isJoined: Bool) -> String {
    let extent =
      switch findings.scope {
      case .log: "all entries of the log"
      case .party(let party): "all entries of \(party), up to the last that is there"
      case .selection: findings.entries == 0 ? "none" : "some"
      }
    let signTime = Google_Protobuf_Timestamp.with {
      $0.seconds = Int64(findings.head.timestamp / 1000)
      $0.nanos = Int32(findings.head.timestamp % 1000) * 1_000_000
    }
    return RecordWriter<PBTreeHead>.lines([
      ("VERIFIED", "\(findings.entries) \(findings.entries == 1 ? "entry" : "entries")"),
      ("EXTENT", extent),
      ("TREE SIZE", String(findings.head.size)),
      ("SIGN TIME", signTime.text),
      ("KEY ID", findings.keyID),
      ("GROWN FROM", isJoined ? "the head that you keep" : "not checked: no head was given (--known)"),
    ])
  }
}
