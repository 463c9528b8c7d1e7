import GRPCCore
import HTTP2
import Testing

@testable import GRPCTransport

@Suite("Client: request headers and method settings")
struct RequestHeadTests {
  private let head = ClientRequestHead(scheme: "https", authority: "cases:1", userAgent: "vigil-test")
  private let method = MethodDescriptor(fullyQualifiedService: "a.b.C", method: "D")

  @Test
  func fields() {
    let block = head.headers(for: method, metadata: ["k": "v"], timeout: nil, compression: .none)
    let fields = block.indices.map { "\(block.name(at: $0))=\(block.value(at: $0))" }
    #expect(
      fields == [
        ":method=POST", ":scheme=https", ":path=/a.b.C/D", ":authority=cases:1", "te=trailers",
        "content-type=application/grpc", "user-agent=vigil-test",
        "grpc-accept-encoding=gzip,deflate,identity", "k=v",
      ]
    )
  }

  @Test(
    "the caller's remaining time goes before the transport's own",
    arguments: [
      ([:], nil, nil), ([:], .seconds(3), "3000000u"), (["grpc-timeout": "5S"], .seconds(3), "5S"),
      (["grpc-timeout": "soon"], .seconds(3), "3000000u"), (["grpc-timeout": "5S"], nil, "5S"),
    ] as [(Metadata, Duration?, String?)])
  func timeout(metadata: Metadata, timeout: Duration?, sent: String?) {
    let block = head.headers(for: method, metadata: metadata, timeout: timeout, compression: .none)
    #expect(block.values(of: "grpc-timeout") == (sent.map { [$0] } ?? []))
  }

  @Test(arguments: [(.none, nil), (.gzip, "gzip"), (.deflate, "deflate")] as [(CompressionAlgorithm, String?)])
  func encoding(algorithm: CompressionAlgorithm, name: String?) {
    #expect(head.headers(for: method, metadata: [:], timeout: nil, compression: algorithm)["grpc-encoding"] == name)
  }

  @Test("a method's own settings, else its service's, else the default")
  func methodSettings() {
    func settings(_ names: MethodConfig.Name..., seconds: Int) -> MethodConfig {
      MethodConfig(names: names, timeout: .seconds(seconds))
    }
    let methods = MethodConfigurations(
      ServiceConfig(
        methodConfig: [
          settings(MethodConfig.Name(service: "a.b.C", method: "D"), seconds: 1),
          settings(MethodConfig.Name(service: "a.b.C"), seconds: 2),
          settings(MethodConfig.Name(service: ""), seconds: 3),
        ]
      )
    )
    #expect(methods[method]?.timeout == .seconds(1))
    #expect(methods[MethodDescriptor(fullyQualifiedService: "a.b.C", method: "E")]?.timeout == .seconds(2))
    #expect(methods[MethodDescriptor(fullyQualifiedService: "x.Y", method: "D")]?.timeout == .seconds(3))
    #expect(MethodConfigurations(ServiceConfig())[method] == nil)
  }

  @Test
  func policyOfTheServiceConfig() {
    #expect(LoadBalancingPolicy(ServiceConfig()) == nil)
    #expect(LoadBalancingPolicy(ServiceConfig(loadBalancingConfig: [.roundRobin])) == .roundRobin)
    let shuffled = ServiceConfig(loadBalancingConfig: [.pickFirst(shuffleAddressList: true), .roundRobin])
    #expect(LoadBalancingPolicy(shuffled) == .pickFirst(shuffle: true))
  }
}
