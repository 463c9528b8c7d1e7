import AIP
import GRPCCore
import Policy
import Records
import VigilCasesAPI

/// What an upload announces.
struct EvidenceUpload: Sendable {
  let name: MemberName<EvidenceAccount>
  let offset: Int64
  let size: Int64
  let sha256: [UInt8]
  /// What identifies the upload, from wherever it goes on.
  let config: PBUploadEvidenceConfig

  /// - Parameter limit: the most that an item has, in bytes.
  /// - Throws: INVALID_ARGUMENT for a bad announcement; OUT_OF_RANGE (FILE_TOO_LARGE).
  init(_ config: PBUploadEvidenceConfig, limit: Int64) throws {
    name = try MemberName<EvidenceAccount>(parsing: config.name, field: "config.name")
    guard config.sizeBytes > 0 else { throw ServiceError.invalid("config.size_bytes", "must be at least 1") }
    guard config.sha256.count == 32 else { throw ServiceError.invalid("config.sha256", "must be of 32 bytes") }
    guard config.offset >= 0 else { throw ServiceError.invalid("config.offset", "must not be negative") }
    guard config.sizeBytes <= limit else {
      throw ServiceError(
        .outOfRange, .fileTooLarge, "the content is larger than \(limit) bytes",
        metadata: ["limit_bytes": String(limit)])
    }
    // What would be refused at the end is refused before anything is stored.
    _ = try ChangeAttempt(config, method: "")
    (offset, size, sha256) = (config.offset, config.sizeBytes, Array(config.sha256))
    var whole = config
    whole.offset = 0
    self.config = whole
  }

  /// What the stream is to be like, and is not.
  static func misplaced(_ message: String, expected: String) -> ServiceError {
    ServiceError(.invalidArgument, .invalidStream, message, metadata: ["expected": expected])
  }

  /// Of what ended too early; it can be gone on with.
  func incomplete(_ taken: Int64) -> ServiceError {
    ServiceError(
      .dataLoss, .fileIncomplete, "the content does not have the announced size",
      metadata: ["expected": String(size), "received": String(taken)])
  }
}
