package import AIP
import Crypto
import FoundationEssentials
package import Postgres

/// The answer that a call with a request id gets when it is repeated (AIP-155): kept in the transaction that the first
/// call made.
package struct Replies: Sendable {
  /// Which call it is.
  package struct Key: Hashable, Sendable {
    package var principal: String
    /// Full name of the method.
    package var method: String
    package var requestID: RequestID
    /// Of everything that the request says but its id.
    package var digest: [UInt8]

    package init(principal: String, method: String, requestID: RequestID, digest: [UInt8]) {
      self.principal = principal
      self.method = method
      self.requestID = requestID
      self.digest = digest
    }

    /// SHA-256 of parts of a request.
    package static func digest(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
  }

  /// The answer that the first call got; nil when this is the first. Others with the same key wait until the transaction
  /// ends.
  ///
  /// - Throws: INVALID_ARGUMENT (REQUEST_ID_REUSED) when the first call asked for something else.
  package static func find(_ key: Key, in transaction: PostgresTransaction) async throws -> [UInt8]? {
    let (_, replies) = try await transaction.execute(LockReply(key: key), SelectReply(key: key))
    guard let reply = replies.first else { return nil }
    guard reply.digest == key.digest else {
      throw ServiceError.invalid("request_id", "was used for another request", reason: .requestIDReused)
    }
    return reply.response
  }

  /// Keeps an answer, and drops those that are older than contracts promise.
  package static func keep(
    _ response: [UInt8], for key: Key, at time: PostgresTimestamp, in transaction: PostgresTransaction
  ) async throws(PostgresError) {
    _ = try await transaction.execute(InsertReply(key: key, response: response, time: time), PurgeReplies(time: time))
  }
}
