import TestSupport
import Testing

/// The processes and servers that all tests here share.
struct TestBed: Sendable {
  /// Who serves.
  enum Host: Hashable {
    case vigil
    case peer(Peer)

    static let all: [Host] = [.vigil] + Peer.allCases.map(Host.peer)
  }

  /// One of the things that listen.
  struct Place: Hashable {
    var host: Host
    var path: Path
    var security: Security
  }

  @TaskLocal private static var bound: TestBed?

  /// The bed of the running test.
  static var current: TestBed { get throws { try #require(bound) } }

  let identities: Identities
  private let programs: [Peer: PeerProgram]
  private let gateways: [Place: GatewayProcess]
  private let ports: [Place: Int]

  func program(_ peer: Peer) throws -> PeerProgram { try #require(programs[peer]) }

  /// Where `host` is reached.
  func port(of host: Host, _ path: Path, _ security: Security) throws -> Int {
    try #require(ports[Place(host: host, path: path, security: security)])
  }

  // MARK: Life

  /// Starts everything, runs `body`, and stops everything.
  static func run(_ body: () async throws -> Void) async throws {
    let identities = try Identities()
    async let python = PeerProgram(.python)
    async let cpp = PeerProgram(.cpp)
    let programs = [Peer.python: try await python, .cpp: try await cpp]
    try await InteropServer.run(identities.security(.plaintext)) { plain in
      try await InteropServer.run(identities.security(.tls)) { secure in
        var ports = [
          Place(host: .vigil, path: .direct, security: .plaintext): try await plain.port,
          Place(host: .vigil, path: .direct, security: .tls): try await secure.port,
        ]
        for (peer, program) in programs {
          for security in Security.allCases {
            let files = security == .tls ? identities.server : nil
            ports[Place(host: .peer(peer), path: .direct, security: security)] = try await program.serve(files)
          }
        }
        var gateways: [Place: GatewayProcess] = [:]
        for (place, port) in ports {
          let gateway = try await identities.gateway(to: port, place.security)
          let front = Place(host: place.host, path: .gateway, security: place.security)
          gateways[front] = gateway
          ports[front] = gateway.port
        }
        let bed = TestBed(identities: identities, programs: programs, gateways: gateways, ports: ports)
        for (place, gateway) in gateways { try await gateway.waitUntilServing(identities.dialler(place.security)) }
        try await $bound.withValue(bed) { try await body() }
      }
    }
  }
}

/// Sets a ``TestBed`` up around a suite.
struct TestBedTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await TestBed.run { try await function() }
  }
}

extension Trait where Self == TestBedTrait {
  static var testBed: Self { TestBedTrait() }
}
