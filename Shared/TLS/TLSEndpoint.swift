internal import Logging
internal import NIOSSL

/// Which side of a handshake a configuration is for.
enum TLSEndpoint: Sendable, Hashable {
  case server(TLSServerConfiguration)
  case client(TLSClientConfiguration)

  var files: TLSFiles {
    switch self {
    case .server(let configuration): configuration.files
    case .client(let configuration): configuration.files
    }
  }

  func load() throws(TLSError) -> LoadedTLS {
    switch self {
    case .server(let configuration):
      try configuration.validate()
      let material = try TLSMaterial.load(files)
      return LoadedTLS(material: material, context: try configuration.context(from: material))
    case .client(let configuration):
      try configuration.validate()
      let material = try TLSMaterial.load(files)
      return LoadedTLS(material: material, context: try configuration.context(from: material))
    }
  }
}

/// A context and what it was made of.
struct LoadedTLS: Sendable {
  var material: TLSMaterial
  var context: NIOSSLContext

  func metadata(_ files: TLSFiles) -> Logger.Metadata {
    var metadata: Logger.Metadata = ["files": .array(files.paths.map { "\($0)" })]
    if let leaf = material.identity?.leaf {
      metadata["not_after"] = "\(leaf.notAfter)"
      metadata["fingerprint"] = "\(leaf.fingerprint)"
    }
    return metadata
  }
}
