import FoundationEssentials
import GRPCProtobuf
import HTTP2

extension Peer.Received {
  /// The reason in the `ErrorInfo` of the status details.
  var reason: String? { errorInfo?.reason }

  var errorInfo: ErrorDetails.ErrorInfo? {
    details.compactMap(\.errorInfo).first
  }

  var retryDelay: Duration? {
    details.compactMap(\.retryInfo).first?.delay
  }

  private var details: [ErrorDetails] {
    guard var text = (trailers ?? head)?["grpc-status-details-bin"] else { return [] }
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    guard let data = Data(base64Encoded: text) else { return [] }
    return (try? GoogleRPCStatus(serializedBytes: Array(data)))?.details ?? []
  }
}
