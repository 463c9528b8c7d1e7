import AIP
import Authorization
import Crypto
import Policy
import Testing

@testable import AccessControlServer

@Suite("Who may put a policy in force")
struct PolicyChangeTests {
  private static let author = RecordID(high: 1, low: 1)
  private static let other = RecordID(high: 1, low: 2)

  private func refusal(
    version: UInt32 = 2, approver: (id: RecordID, readers: ReaderSet)? = (other, [.legal]), hasApproved: Bool = true
  ) throws -> PolicyChangeRefusal? {
    let inForce = PolicyVersion(policy: try .standard(), createTime: .distantPast)
    var next = inForce.policy
    next.version = version
    return inForce.refusal(of: next, by: Self.author, approver: approver, hasApproved: hasApproved)
  }

  @Test func itTakesTwoOfThoseWhoDecide() throws {
    #expect(try refusal() == nil)
    #expect(try refusal(approver: nil) == .secondPerson)
    #expect(try refusal(approver: (Self.author, [.legal])) == .secondPerson)
    #expect(try refusal(hasApproved: false) == .notApproved)
    for reader in ReaderClass.allCases {
      let expected: PolicyChangeRefusal? = [.headquarters, .legal].contains(reader) ? nil : .secondPerson
      #expect(try refusal(approver: (Self.other, [reader])) == expected, "\(reader)")
    }
  }

  @Test func versionsFollowEachOther() throws {
    for version: UInt32 in [0, 1, 3] { #expect(try refusal(version: version) == .version(expected: 2)) }
  }

  @Test func aSignatureIsOverTheText() throws {
    let signer = try #require(PolicySigner(seed: [UInt8](repeating: 7, count: 32)))
    #expect(PolicySigner(seed: [1, 2, 3]) == nil)
    let snapshot = PolicySnapshot(sequence: 5, issuedAt: PolicyTime(microseconds: 9), policy: try .standard())
    let signed = try signer.sign(snapshot)
    #expect(signed.signature.count == 64 && signed.keyID.count == 16)
    let key = try #require(PolicyKey(text: signer.publicKey.text)).key
    #expect(signed.keyID == signer.publicKey.id)
    #expect(key.isValidSignature(signed.signature, for: signed.text))
    var other = signed.text
    other[0] ^= 1
    #expect(!key.isValidSignature(signed.signature, for: other))
    #expect(try PolicySnapshot(text: String(decoding: signed.text, as: UTF8.self)) == snapshot)
  }
}
