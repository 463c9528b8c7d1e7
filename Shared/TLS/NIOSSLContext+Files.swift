internal import NIOCore
internal import NIOSSL

extension NIOSSLContext {
  /// Makes a context; a failure names the files that it was made from.
  static func make(_ configuration: TLSConfiguration, files: TLSFiles) throws(TLSError) -> NIOSSLContext {
    var configuration = configuration
    configuration.shutdownTimeout = TimeAmount(TLSDefaults.closeWait)
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      let names = files.paths.isEmpty ? "the system's trust store" : files.paths.joined(separator: ", ")
      throw TLSError(.invalidConfiguration, "no TLS context can be made of \(names): \(error)")
    }
  }
}
