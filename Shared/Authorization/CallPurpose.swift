package import AIP
package import GRPCCore
package import Policy
import RPC

/// What a call is made for: the header `vigil-purpose`, a word of `vigil.type.v1.Purpose` without its prefix, such as
/// `INVESTIGATION`. Grants, and readers who read for a purpose only, count for calls that name it.
package enum CallPurpose {
  package static let header = "vigil-purpose"

  /// Of the call that this task serves; nil for one that names none, and outside of a call.
  @TaskLocal package static var current: Purpose?

  /// - Throws: INVALID_ARGUMENT for a word that is no purpose, and for more than one.
  package static func read(_ metadata: Metadata) throws(ServiceError) -> Purpose? {
    let words = Array(metadata[stringValues: header])
    guard let word = words.first else { return nil }
    guard words.count == 1, let purpose = Purpose(code: word) else {
      throw .invalid(header, "must be one of \(Purpose.allCases.map(\.code).joined(separator: ", "))")
    }
    return purpose
  }
}

/// Establishes ``CallPurpose/current`` for a service's methods.
package struct PurposeInterceptor: ServerInterceptor {
  package init() {}

  @concurrent
  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @concurrent @Sendable (
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext
      ) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    guard let purpose = try CallPurpose.read(request.metadata) else { return try await next(request, context) }
    let response = try await CallPurpose.$current.withValue(purpose) { try await next(request, context) }
    return response.mapProducer { producer in
      { writer in try await CallPurpose.$current.withValue(purpose) { try await producer(writer) } }
    }
  }
}
