import AIP
import Policy
import Testing

@testable import Audit

@Suite("The canonical bytes of entries")
struct AuditEncodingTests {
  @Test("are those that are documented, byte for byte")
  func golden() {
    let record = AuditRecord(
      time: PolicyTime(microseconds: 0x0102), method: "vigil.a/B", principal: RecordID(high: 1, low: 2),
      party: PartyID("KEN"), resource: "cases/1", purpose: .prosecution, classes: [.core, .audit], policyVersion: 3,
      isAllowed: true, grants: [RecordID(high: 4, low: 5)], details: [UInt8](repeating: 9, count: 32),
      salt: AuditSalt(high: 6, low: 7))
    var expected: [UInt8] = [1] + word(6) + word(7) + word(0x0102)
    expected += [9] + Array("vigil.a/B".utf8) + [1] + word(1) + word(2) + [3] + Array("KEN".utf8)
    expected += [0, 7] + Array("cases/1".utf8) + [2, 0x80, 0x01, 0, 0, 0, 3, 1, 1] + word(4) + word(5)
    expected += [32] + [UInt8](repeating: 9, count: 32)
    #expect(record.encoded == expected)
    let leaf = AuditLeaf(service: "cases", serviceSequence: 8, partySequence: 9, record: record)
    #expect(leaf.encoded == [1, 5] + Array("cases".utf8) + word(8) + word(9) + expected)
  }

  private func word(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
  }

  @Test("read back as what was written", arguments: 0..<64)
  func roundTrip(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let leaf = AuditLeaf.random(using: &random)
    #expect(try AuditLeaf(encoded: leaf.encoded) == leaf)
    #expect(try AuditRecord(encoded: leaf.record.encoded) == leaf.record)
  }

  @Test("are of one entry only: what reads at all is written again byte for byte", arguments: 0..<16)
  func canonical(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let bytes = AuditLeaf.random(using: &random).encoded
    for position in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[position] ^= 1 << bit
        guard let read = try? AuditLeaf(encoded: changed) else { continue }
        #expect(read.encoded == changed)
      }
    }
  }

  @Test("have one length")
  func lengths() {
    var random = SplitMix(state: 1)
    let bytes = AuditLeaf.random(using: &random).encoded
    for count in 0..<bytes.count {
      #expect(throws: AuditFormatError.self) { try AuditLeaf(encoded: bytes.prefix(count)) }
    }
    #expect(throws: AuditFormatError.length) { try AuditLeaf(encoded: bytes + [0]) }
    #expect(throws: AuditFormatError.version) { try AuditLeaf(encoded: [2] + bytes.dropFirst()) }
  }

  @Test("hold what is too long up to a whole character")
  func cut() throws {
    var record = AuditRecord(
      time: PolicyTime(microseconds: 0), method: String(repeating: "m", count: 300), principal: nil, party: nil,
      resource: "r" + String(repeating: "é", count: 2000), policyVersion: 0)
    let read = try AuditRecord(encoded: record.encoded)
    record.method = String(repeating: "m", count: 255)
    record.resource = "r" + String(repeating: "é", count: 1023)
    #expect(read == record)
  }

  @Test("do not give away what an entry says by its hash: equal entries have different ones")
  func salted() {
    func record() -> AuditRecord {
      AuditRecord(
        time: PolicyTime(microseconds: 0), method: "m", principal: nil, party: nil, resource: "", policyVersion: 0)
    }
    #expect(Set((0..<100).map { _ in record().encoded }).count == 100)
  }
}
