/// Why a message could not be compressed or decompressed.
package enum CompressionError: Error, Hashable, CustomStringConvertible {
  /// The decompressed message would be longer than `limit` bytes. Nothing beyond it was produced.
  case outputLimitExceeded(limit: Int)
  /// The input is not of the format, or its checksum is wrong.
  case corrupt
  /// The input ends before the compressed stream does.
  case truncated
  /// zlib had no memory for its state.
  case outOfMemory

  package var description: String {
    switch self {
    case .outputLimitExceeded(let limit): "the decompressed message is longer than the limit of \(limit) bytes"
    case .corrupt: "the compressed message is corrupt"
    case .truncated: "the compressed message is cut short"
    case .outOfMemory: "no memory for compression"
    }
  }
}
