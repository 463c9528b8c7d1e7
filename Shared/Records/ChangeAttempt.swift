import AIP
package import Postgres
import SwiftProtobuf

/// A change that was asked for, without what it is: made once however often it is asked for.
package struct ChangeAttempt: Hashable, Sendable {
  /// Full name of the method.
  package let method: String
  package let reason: String
  private let requestID: RequestID
  private let digest: [UInt8]
  private let isRehearsal: Bool

  /// Throws INVALID_ARGUMENT for a bad reason or request id.
  package init(_ request: some ChangeRequest, method: String) throws {
    self.method = method
    reason = try FieldRules.text(request.reason, field: "reason", limit: 500)
    guard let requestID = try RequestID(request.requestID) else {
      throw ServiceError.invalid("request_id", "is required", reason: .invalidRequestID)
    }
    self.requestID = requestID
    isRehearsal = request.isRehearsal
    var rest = request
    rest.requestID = ""
    digest = Replies.Key.digest(of: try rest.serializedBytes())
  }

  /// Makes the change in one transaction with what is kept of it and with the answer that a repeated call gets.
  ///
  /// - Parameters:
  ///   - time: the present.
  ///   - enter: finds out who asks, first of all; gives its name among requests with it.
  ///   - body: judges and writes; gives the resource as it is then. Run again when the database asks for it.
  ///   - keep: writes down what was done: the resource, and its bytes.
  /// - Throws: what these throw; INVALID_ARGUMENT (REQUEST_ID_REUSED).
  package func make<Author: Sendable, Response: ResourceMessage>(
    on pool: PostgresPool, at time: PostgresTimestamp,
    by enter: (PostgresTransaction) async throws -> (name: String, author: Author),
    _ body: (PostgresTransaction, Author) async throws -> Response,
    keep: (PostgresTransaction, Author, Response, [UInt8]) async throws -> Void
  ) async throws -> Response {
    do {
      return try await pool.withTransaction { transaction in
        let (name, author) = try await enter(transaction)
        let key = Replies.Key(principal: name, method: method, requestID: requestID, digest: digest)
        if let reply = try await Replies.find(key, in: transaction) { return try Response(serializedBytes: reply) }
        var response = try await body(transaction, author)
        if isRehearsal {
          response.name = ""
          throw Rehearsed(response: response)
        }
        let bytes: [UInt8] = try response.serializedBytes()
        try await keep(transaction, author, response, bytes)
        try await Replies.keep(bytes, for: key, at: time, in: transaction)
        return response
      }
    } catch let rehearsed as Rehearsed<Response> {
      return rehearsed.response
    }
  }
}

/// Undoes a change that was not meant.
private struct Rehearsed<Response: Sendable>: Error {
  var response: Response
}
