import AIP
import Audit
import Authorization
import Crypto
import FoundationEssentials
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

/// A file of the fatalities as it comes in: how to import it, and its bytes, read and digested as they come.
struct FatalitiesUpload {
  /// The largest file, in bytes.
  static let limit: Int64 = 16 * 1024 * 1024

  private let config: PBImportUNFatalitiesConfig
  private let requestID: RequestID?
  private var reader: FatalitiesReader
  private var hash = SHA256()
  private var size: Int64 = 0
  private var file: FatalitiesFile?

  var isValidateOnly: Bool { config.validateOnly }

  /// Throws INVALID_ARGUMENT for a bad configuration, OUT_OF_RANGE when the announced file is too large.
  init(_ config: PBImportUNFatalitiesConfig, missions: Set<String>) throws(ServiceError) {
    self.config = config
    requestID = try RequestID(config.requestID)
    reader = FatalitiesReader(missions: missions)
    guard config.source.unicodeScalars.count <= 500, !config.source.utf8.contains(0) else {
      throw .invalid("source", "must be text of at most 500 characters")
    }
    guard [0, 32].contains(config.fileSha256.count) else { throw .invalid("file_sha256", "must be of 32 bytes") }
    guard config.fileSizeBytes >= 0 else { throw .invalid("file_size_bytes", "must not be negative") }
    if config.hasPublicationDate {
      guard PartialDate(config.publicationDate)?.isDay == true else {
        throw .invalid("publication_date", "must be a day")
      }
    }
    guard config.fileSizeBytes <= Self.limit else { throw Self.tooLarge }
  }

  /// Takes the next bytes. Throws as soon as the file is known to be too large, or not to be the data set.
  mutating func take(_ bytes: [UInt8]) throws(ServiceError) {
    size += Int64(bytes.count)
    guard size <= Self.limit else { throw Self.tooLarge }
    guard config.fileSizeBytes == 0 || size <= config.fileSizeBytes else { throw incomplete }
    hash.update(data: bytes)
    do {
      try reader.read(bytes)
    } catch {
      throw ServiceError(error)
    }
  }

  /// Ends the file. A file that was cut off on its way is called that, whatever its last line looks like.
  mutating func finish() throws(ServiceError) {
    guard config.fileSizeBytes == 0 || size == config.fileSizeBytes else { throw incomplete }
    guard config.fileSha256.isEmpty || Array(config.fileSha256) == Array(hash.finalize()) else {
      throw ServiceError(.dataLoss, .fileIncomplete, "the file does not have the announced digest")
    }
    do {
      file = try reader.finish()
    } catch {
      throw ServiceError(error)
    }
  }

  /// The import to make of a file that has been read to its end.
  func request(of requester: Requester, time: PostgresTimestamp) throws -> ImportStore.Request {
    guard let file else { throw ServiceError(.internalError, .internalFault, "the file was not read to its end") }
    if config.hasPublicationDate, PartialDate(config.publicationDate) != file.published {
      throw ServiceError(
        .invalidArgument,
        .publicationDateMismatch,
        "the file is the publication of \(file.published)",
        metadata: ["published": file.published.description]
      )
    }
    let sha256 = Array(hash.finalize())
    return ImportStore.Request(
      file: file,
      sha256: sha256,
      size: size,
      source: config.source,
      principal: "principals/\(requester.principal)",
      record: AuditRecord(
        time: requester.now, method: ImportStore.method, principal: requester.principal, party: requester.party,
        resource: "", purpose: requester.purpose, classes: ImportService.written,
        policyVersion: requester.policyVersion, details: sha256),
      requestID: requestID,
      digest: try digest(of: sha256),
      allowsManyWithdrawals: config.allowManyWithdrawals,
      time: time
    )
  }

  /// What tells this request from another with the same request id.
  private func digest(of file: [UInt8]) throws -> [UInt8] {
    var rest = config
    rest.requestID = ""
    let bytes: [UInt8] = try rest.serializedBytes()
    return Array(SHA256.hash(data: bytes + file))
  }

  private static var tooLarge: ServiceError {
    ServiceError(
      .outOfRange,
      .fileTooLarge,
      "the file is larger than \(limit) bytes",
      metadata: ["limit_bytes": String(limit)]
    )
  }

  private var incomplete: ServiceError {
    ServiceError(
      .dataLoss,
      .fileIncomplete,
      "the file does not have the announced size",
      metadata: ["expected": String(config.fileSizeBytes), "received": String(size)]
    )
  }
}
