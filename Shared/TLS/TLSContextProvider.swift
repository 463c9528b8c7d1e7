package import Logging
package import NIOSSL
internal import ServiceLifecycle
internal import Synchronization

/// Holds the TLS context of one endpoint and replaces it when its files change.
///
/// ``current()`` is cheap and may be called anywhere; ask it once per connection. Connections that
/// stand keep the context they were made with. Run the provider in a `ServiceGroup` to have the
/// files watched; without that it serves what it loaded first until ``reload()`` is called.
package final class TLSContextProvider: Service, Sendable {
  private struct State {
    var loaded: LoadedTLS
    /// What the files were when they were last tried, good or bad, so that a bad set of files is
    /// reported once.
    var tried: [FileIdentity]
  }

  let endpoint: TLSEndpoint
  private let interval: Duration
  private let logger: Logger
  private let state: Mutex<State>

  /// Loads the files of a listener. Blocks on the disk.
  ///
  /// - Throws: ``TLSError`` naming what is wrong with which file.
  package convenience init(
    server configuration: TLSServerConfiguration,
    reloadInterval: Duration = TLSDefaults.reloadInterval,
    logger: Logger
  ) throws(TLSError) {
    try self.init(.server(configuration), reloadInterval: reloadInterval, logger: logger)
  }

  /// Loads the files of a client. Blocks on the disk.
  ///
  /// - Throws: ``TLSError`` naming what is wrong with which file.
  package convenience init(
    client configuration: TLSClientConfiguration,
    reloadInterval: Duration = TLSDefaults.reloadInterval,
    logger: Logger
  ) throws(TLSError) {
    try self.init(.client(configuration), reloadInterval: reloadInterval, logger: logger)
  }

  private init(_ endpoint: TLSEndpoint, reloadInterval: Duration, logger: Logger) throws(TLSError) {
    self.endpoint = endpoint
    self.interval = reloadInterval
    self.logger = logger
    let identities = endpoint.files.paths.map(FileIdentity.init(path:))
    self.state = Mutex(State(loaded: try endpoint.load(), tried: identities))
  }

  /// The context for a connection that begins now.
  package func current() -> NIOSSLContext {
    state.withLock { $0.loaded.context }
  }

  /// The certificate that this endpoint presents now, if it has one.
  package var identity: PeerCertificate? {
    state.withLock { $0.loaded.material.identity?.leaf }
  }

  /// What a failed handshake of a connection that begins now is explained with.
  package func diagnosis() -> TLSFailureDiagnosis {
    let material = state.withLock { $0.loaded.material }
    return TLSFailureDiagnosis(endpoint: endpoint, authorities: material.authorities ?? [])
  }

  /// Loads the files now, whether or not they look changed. Blocks on the disk.
  ///
  /// - Throws: ``TLSError`` when the files are not usable; the previous context stays in use.
  package func reload() throws(TLSError) {
    let identities = endpoint.files.paths.map(FileIdentity.init(path:))
    state.withLock { $0.tried = identities }
    let loaded = try endpoint.load()
    state.withLock { $0.loaded = loaded }
    logger.info("loaded new TLS files", metadata: loaded.metadata(endpoint.files))
  }

  /// Loads the files if they changed since they were last tried. Blocks on the disk.
  ///
  /// - Returns: whether new files are in use.
  /// - Throws: ``TLSError`` when the changed files are not usable; once per change.
  @discardableResult
  package func reloadIfChanged() throws(TLSError) -> Bool {
    let identities = endpoint.files.paths.map(FileIdentity.init(path:))
    guard state.withLock({ $0.tried != identities }) else { return false }
    try reload()
    return true
  }

  /// Looks at the files every `reloadInterval` until the task is cancelled or asked to shut down.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try? await Task.sleep(for: self.interval)
        self.reloadAndReport()
      }
    }
  }

  private func reloadAndReport() {
    guard !Task.isCancelled else { return }
    do {
      try reloadIfChanged()
    } catch {
      logger.error("new TLS files are not usable, the old ones stay in use", metadata: ["error": "\(error)"])
    }
  }
}
