/// What is tried, by the names that gRPC's interoperability tests give and, after those, ours.
enum InteropCase: String, CaseIterable, Sendable {
  case emptyUnary = "empty_unary"
  case largeUnary = "large_unary"
  case clientStreaming = "client_streaming"
  case serverStreaming = "server_streaming"
  case pingPong = "ping_pong"
  case emptyStream = "empty_stream"
  case clientCompressedUnary = "client_compressed_unary"
  case serverCompressedUnary = "server_compressed_unary"
  case clientCompressedStreaming = "client_compressed_streaming"
  case serverCompressedStreaming = "server_compressed_streaming"
  case statusCodeAndMessage = "status_code_and_message"
  case specialStatusMessage = "special_status_message"
  case unimplementedMethod = "unimplemented_method"
  case unimplementedService = "unimplemented_service"
  case customMetadata = "custom_metadata"
  case cancelAfterBegin = "cancel_after_begin"
  case cancelAfterFirstResponse = "cancel_after_first_response"
  case timeoutOnSleepingServer = "timeout_on_sleeping_server"
  case rpcSoak = "rpc_soak"
  case channelSoak = "channel_soak"

  case everyStatusCode = "every_status_code"
  case statusMessageCodePoints = "status_message_code_points"
  case statusMessageOuterSpaces = "status_message_outer_spaces"
  case messageSizes = "message_sizes"
  case messageAtLimit = "message_at_limit"
  case messageOverLimit = "message_over_limit"
  case metadataLimit = "metadata_limit"
  case sequentialStreams = "sequential_streams"
  case concurrentStreams = "concurrent_streams"
  case goawayMidStream = "goaway_mid_stream"

  /// What a case of ours tries; `nil` for gRPC's own.
  var meaning: String? {
    switch self {
    case .everyStatusCode: "each code from 1 to 16, from a unary and from a streaming method"
    case .statusMessageCodePoints: "a message of each class of code points, unchanged to the last scalar"
    case .statusMessageOuterSpaces: "a message that begins or ends with a space"
    case .messageSizes: "messages of 0, 16 KiB − 1, 16 KiB and 16 KiB + 1 bytes, both ways"
    case .messageAtLimit: "messages of exactly 4 MiB, both ways"
    case .messageOverLimit: "4 MiB + 1 byte is RESOURCE_EXHAUSTED, both ways, and the connection lives on"
    case .metadataLimit: "one size up to which metadata is taken every time, and refused every time one byte above"
    case .sequentialStreams: "10,000 calls one after the other on one connection"
    case .concurrentStreams: "1,000 streams open at the same time, a message each way before and after all are open"
    case .goawayMidStream: "the server shuts down while a stream is in use, which goes on to its end"
    default: nil
    }
  }
}
