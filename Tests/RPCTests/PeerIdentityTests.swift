import Identity
import Testing

@Suite("Identities")
struct PeerIdentityTests {
  @Test(
    "are read",
    arguments: [
      ("spiffe://vigil.local/service/cases", PeerIdentity.Kind.service, "cases"),
      ("spiffe://vigil.local/client/XA-ministry_2.1", .client, "XA-ministry_2.1"),
      ("spiffe://1.2-3_x/client/a", .client, "a"),
    ]
  )
  func reads(uri: String, kind: PeerIdentity.Kind, name: String) throws {
    let identity = try #require(PeerIdentity(uri: uri))
    #expect(identity.kind == kind)
    #expect(identity.name == name)
    #expect(identity.uri == uri)
  }

  @Test(
    "are refused in any other form",
    arguments: [
      "", "vigil.local/service/cases", "https://vigil.local/service/cases", "SPIFFE://vigil.local/service/cases",
      "spiffe:///service/cases", "spiffe://vigil.local", "spiffe://vigil.local/", "spiffe://vigil.local/service",
      "spiffe://vigil.local/service/", "spiffe://vigil.local/service/cases/", "spiffe://vigil.local//cases",
      "spiffe://vigil.local/service/a/b", "spiffe://vigil.local/person/ann", "spiffe://Vigil.local/service/cases",
      "spiffe://vigil.local:1/service/cases", "spiffe://u@vigil.local/service/cases",
      "spiffe://vigil.local/service/cases?x", "spiffe://vigil.local/service/cases#x",
      "spiffe://vigil.local/service/%61", "spiffe://vigil.local/service/..", "spiffe://vigil.local/service/a b",
      "spiffe://vigil.local/service/é", "spiffe://vigil.local/service/" + String(repeating: "a", count: 2048),
      "spiffe://" + String(repeating: "a", count: 256) + "/service/cases",
    ]
  )
  func refuses(uri: String) {
    #expect(PeerIdentity(uri: uri) == nil)
  }

  @Test("a certificate that names nobody or several is nobody's")
  func ambiguous() {
    let uri = "spiffe://vigil.local/service/cases"
    #expect(Peer(certificateURIs: [uri]).isService)
    #expect(Peer(certificateURIs: []) == .anonymous)
    #expect(Peer(certificateURIs: [uri, "spiffe://vigil.local/client/x"]) == .anonymous)
    #expect(Peer(certificateURIs: ["urn:something:else"]) == .anonymous)
  }
}
