import Authorization

/// Finds out who reads.
struct CaseReaders: Sendable {
  let authorizer: Authorizer
  let key: ServiceKey

  /// The caller of the call that this task serves.
  ///
  /// - Throws: as ``Authorizer/requester()``, for a caller who is not enrolled.
  func current() async throws -> CaseReader {
    CaseReader(try authorizer.requester(), key: try await key.ready())
  }
}
