package import GRPCCore

extension StreamingServerResponse {
  package typealias Producer = @Sendable (RPCWriter<Message>) async throws -> Metadata

  /// The response with its producer wrapped; one that was rejected is left alone.
  package func mapProducer(_ wrap: (@escaping Producer) -> Producer) -> Self {
    switch accepted {
    case .failure: self
    case .success(let contents):
      StreamingServerResponse(metadata: contents.metadata, producer: wrap(contents.producer))
    }
  }
}
