import AIP
import Content
import GRPCCore

// What can go wrong with content, as the contract tells it.
extension ServiceError {
  init(_ fault: ContentFault) {
    switch fault {
    case .busy: self = .uploadInProgress
    case .full:
      self = ServiceError(
        .resourceExhausted, .storageFull, "there is no room for content; what was acknowledged is kept")
    case .missing, .damaged:
      self = ServiceError(.dataLoss, .contentDamaged, "what is stored is not what was uploaded")
    case .unexpected: self = ServiceError(.dataLoss, .fileIncomplete, "more came than was announced")
    case .failed(let why):
      self = ServiceError(.unavailable, .storageUnavailable, "content cannot be stored or read at present: \(why)")
    }
  }

  static let uploadInProgress = ServiceError(
    .aborted, .uploadInProgress, "somebody else is uploading the content of this item")

  static let contentDestroyed = ServiceError(.failedPrecondition, .resourceEnded, "the item was disposed of")

  static func uploadOffset(_ message: String, _ offset: Int64) -> ServiceError {
    ServiceError(.outOfRange, .uploadOffset, message, metadata: ["offset": String(offset)])
  }
}

/// Works with content, and tells what goes wrong as the contract does.
func withContent<Result>(_ body: () async throws -> Result) async throws -> Result {
  do {
    return try await body()
  } catch let fault as ContentFault {
    // What was given up is not the store's fault.
    try Task.checkCancellation()
    throw ServiceError(fault)
  }
}
