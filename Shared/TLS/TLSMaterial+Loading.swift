internal import FoundationEssentials
internal import NIOSSL

extension TLSMaterial {
  /// Reads and checks the files. Blocks on the disk: never call it on an event loop.
  ///
  /// - Throws: ``TLSError`` naming the file and the remedy when a file cannot be read or parsed, the
  ///   key is not that of the leaf certificate, or the leaf is outside of its validity at `now`.
  static func load(_ files: TLSFiles, now: Date = Date()) throws(TLSError) -> TLSMaterial {
    var material = TLSMaterial()
    if let paths = files.identity {
      material.identity = try loadIdentity(paths, now: now)
    }
    if let path = files.authorities {
      material.authorities = try loadCertificates(path)
    }
    return material
  }

  private static func loadIdentity(_ paths: TLSFiles.Identity, now: Date) throws(TLSError) -> Identity {
    let chain = try loadCertificates(paths.certificateChain)
    let key = try loadPrivateKey(paths.privateKey)
    guard let first = chain.first else {
      throw TLSError(.invalidCertificate, "\(paths.certificateChain) holds no certificate")
    }
    let leaf = try PeerCertificate(first)
    try leaf.checkValidity(at: now, file: paths.certificateChain)
    try check(key, belongsTo: first, paths)
    return Identity(chain: chain, privateKey: key, leaf: leaf)
  }

  private static func loadCertificates(_ path: String) throws(TLSError) -> [NIOSSLCertificate] {
    let bytes = try read(path)
    let certificates: [NIOSSLCertificate]
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(bytes)
    } catch {
      certificates = []
    }
    if certificates.isEmpty {
      throw TLSError(
        .invalidCertificate,
        "\(path) holds no PEM certificate that can be read",
        remedy: "it must hold one or more BEGIN CERTIFICATE blocks, the leaf first"
      )
    }
    return certificates
  }

  private static func loadPrivateKey(_ path: String) throws(TLSError) -> NIOSSLPrivateKey {
    let bytes = try read(path)
    do {
      return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
    } catch {
      throw TLSError(
        .invalidPrivateKey,
        "\(path) holds no PEM private key that can be read",
        remedy: "it must hold one unencrypted PRIVATE KEY block"
      )
    }
  }

  private static func check(
    _ key: NIOSSLPrivateKey,
    belongsTo leaf: NIOSSLCertificate,
    _ paths: TLSFiles.Identity
  ) throws(TLSError) {
    // BoringSSL compares the two when both are set on a context, and only then.
    var probe = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(leaf)],
      privateKey: .privateKey(key)
    )
    probe.certificateVerification = .none
    do {
      _ = try NIOSSLContext(configuration: probe)
    } catch {
      throw TLSError(
        .keyMismatch,
        "the private key \(paths.privateKey) is not that of the certificate \(paths.certificateChain)",
        remedy: "replace both files together"
      )
    }
  }

  private static func read(_ path: String) throws(TLSError) -> [UInt8] {
    let contents = FileManager.default.contents(atPath: path)
    guard let contents, !contents.isEmpty else {
      let reason =
        switch (FileManager.default.fileExists(atPath: path), contents) {
        case (false, _): "does not exist"
        case (true, nil): "cannot be read by this user"
        case (true, _): "is empty"
        }
      throw TLSError(.unreadableFile, "the file \(path) \(reason)", remedy: "check the path and its permissions")
    }
    return Array(contents)
  }
}
