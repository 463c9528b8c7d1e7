import AIP
package import GRPCCore
package import Logging
import Telemetry
import Tracing

/// Makes whatever a method throws into an error that may leave the process: the innermost interceptor.
///
/// An error that is meant for the caller passes. Any other becomes INTERNAL with nothing in it but the
/// request id, and is logged in full under the same id.
package struct ErrorInterceptor: ServerInterceptor {
  private let translations: [ErrorTranslation]
  private let logger: Logger

  /// - Parameter translations: What libraries' errors mean to callers; the first that knows decides.
  package init(logger: Logger, translations: [ErrorTranslation] = []) {
    self.logger = logger
    self.translations = translations
  }

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
    let response: StreamingServerResponse<Output>
    do {
      response = try await next(request, context)
    } catch {
      return StreamingServerResponse(error: rpcError(from: error, context.descriptor))
    }
    if case .failure(let error) = response.accepted {
      return StreamingServerResponse(error: rpcError(from: error, context.descriptor))
    }
    return response.mapProducer { producer in
      { writer in
        do {
          return try await producer(writer)
        } catch {
          throw rpcError(from: error, context.descriptor)
        }
      }
    }
  }

  private func rpcError(from error: any Error, _ method: MethodDescriptor) -> RPCError {
    if let error = error as? RPCError { return withReason(error) }
    if let error = error as? any RPCErrorConvertible { return withReason(RPCError(error)) }
    if error is CancellationError { return RPCError(cancellation) }
    for translate in translations {
      if let translated = translate(error) { return RPCError(translated) }
    }
    return fault(error, method)
  }

  private var cancellation: ServiceError {
    RPCDeadline.hasPassed
      ? ServiceError(.deadlineExceeded, .deadlinePassed, "the deadline passed before the answer was ready")
      : ServiceError(.cancelled, .callCancelled, "the call was cancelled")
  }

  private func fault(_ error: any Error, _ method: MethodDescriptor) -> RPCError {
    let id = InstrumentationContext.current?.callID?.text ?? ""
    logger.error(
      "a method failed",
      metadata: ["method": .string(method.fullyQualifiedMethod), "error": .string(String(reflecting: error))]
    )
    return RPCError(
      ServiceError(
        .internalError,
        .internalFault,
        "something went wrong here; request \(id) is in the log",
        metadata: ["request_id": id]
      )
    )
  }

  // Errors of gRPC's own machinery carry no reason.
  private func withReason(_ error: RPCError) -> RPCError {
    let hasDetails = error.metadata[binaryValues: "grpc-status-details-bin"].contains { _ in true }
    guard !hasDetails, let reason = Self.reasons[error.code] else { return error }
    let described = RPCError(ServiceError(error.code, reason, error.message))
    var metadata = error.metadata
    metadata.add(contentsOf: described.metadata)
    return RPCError(code: error.code, message: error.message, metadata: metadata)
  }

  private static let reasons: [RPCError.Code: ErrorReason] = [
    .cancelled: .callCancelled,
    .deadlineExceeded: .deadlinePassed,
    .internalError: .internalFault,
    .invalidArgument: .messageMalformed,
    .permissionDenied: .methodNotPermitted,
    .resourceExhausted: .messageTooLarge,
    .unauthenticated: .credentialsMissing,
    .unimplemented: .methodUnknown,
    .unknown: .internalFault,
  ]
}
