package import GRPCCore
package import GRPCProtobuf

/// An error that a service gives to its caller: a status code, a reason for programs, a sentence for developers and
/// typed details. Nothing in it may be personal data, a secret or a query parameter.
package struct ServiceError: Error, Sendable, Hashable {
  package var code: RPCError.Code
  package var reason: ErrorReason
  package var message: String
  /// `ErrorInfo.metadata`.
  package var metadata: [String: String]
  /// Details beside the `ErrorInfo`, such as `BadRequest`.
  package var details: [ErrorDetails]

  package init(
    _ code: RPCError.Code,
    _ reason: ErrorReason,
    _ message: String,
    metadata: [String: String] = [:],
    details: [ErrorDetails] = []
  ) {
    self.code = code
    self.reason = reason
    self.message = message
    self.metadata = metadata
    self.details = details
  }

  /// INVALID_ARGUMENT whose `BadRequest` names the field at fault.
  package static func invalid(
    _ field: String,
    _ description: String,
    reason: ErrorReason = .invalidField,
    metadata: [String: String] = [:]
  ) -> ServiceError {
    let violation = ErrorDetails.BadRequest.FieldViolation(field: field, description: description)
    return ServiceError(
      .invalidArgument,
      reason,
      "\(field): \(description)",
      metadata: metadata,
      details: [.badRequest(violations: [violation])]
    )
  }

  /// NOT_FOUND for a resource that does not exist or that the caller may not know of.
  package static func notFound(type: String, name: String) -> ServiceError {
    ServiceError(
      .notFound,
      .resourceNotFound,
      "there is no such resource, or you may not see it",
      metadata: ["type": type],
      details: [.resourceInfo(type: type, name: name, errorDescription: "")]
    )
  }
}

extension ServiceError: RPCErrorConvertible {
  package var rpcErrorCode: RPCError.Code { code }
  package var rpcErrorMessage: String { message }
  package var rpcErrorMetadata: Metadata { status.rpcErrorMetadata }

  /// The error as `google.rpc.Status`, its first detail the `ErrorInfo`.
  package var status: GoogleRPCStatus {
    let info = ErrorDetails.errorInfo(reason: reason.rawValue, domain: AIP.errorDomain, metadata: metadata)
    return GoogleRPCStatus(code: code, message: message, details: [info] + details)
  }
}

extension ServiceError: CustomStringConvertible {
  package var description: String { "\(code) (\(reason.rawValue)): \(message)" }
}
