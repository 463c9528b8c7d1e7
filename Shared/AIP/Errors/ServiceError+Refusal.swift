import GRPCCore

extension ServiceError {
  /// The one answer to whoever may not do something, whatever the reason.
  package static let refused = ServiceError(.permissionDenied, .methodNotPermitted, "you may not call this method")

  /// The answer to nobody in particular.
  package static let unidentified = ServiceError(
    .unauthenticated, .credentialsMissing, "a client certificate of this system or a token is required")
}
