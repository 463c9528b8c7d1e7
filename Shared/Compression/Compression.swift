/// Module `Compression`: gzip and deflate of whole messages, over zlib.
///
/// It owns the zlib binding (the only place that imports `CZlib`), the reusable contexts
/// ``Compressor`` and ``Decompressor``, the one-shot forms in ``Gzip``, and the limit that keeps a
/// small hostile message from becoming a large one in memory.
///
/// It may import CZlib and NIOCore, nothing else of Vigil.
package enum CompressionFormat: Sendable, Hashable, CaseIterable {
  /// RFC 1952; the gRPC coding `gzip`.
  case gzip
  /// RFC 1950, the zlib format: what HTTP and gRPC call `deflate` (RFC 9110 §8.4.1.2).
  case deflate

  /// zlib's notation: the base-two logarithm of the largest window, plus 16 for the gzip wrapper.
  var windowBits: Int32 {
    switch self {
    case .gzip: 15 + 16
    case .deflate: 15
    }
  }
}
