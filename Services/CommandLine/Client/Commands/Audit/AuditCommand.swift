import ArgumentParser

/// `vigil audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "The log of who did and saw what, and its proof.",
    discussion: """
      The log is a Merkle tree (RFC 9162) whose heads are signed. Keep a head, and the log's key from whoever you \
      trust for it; with both, what you export later shows whether anything was removed, changed, or put elsewhere:

        vigil audit head --format json > head.json
        vigil audit export log.jsonl --known head.json
        vigil audit verify log.jsonl --key audit-key.txt --known head.json
      """,
    subcommands: [AuditListCommand.self, AuditHeadCommand.self, AuditExportCommand.self, AuditVerifyCommand.self]
  )
}
