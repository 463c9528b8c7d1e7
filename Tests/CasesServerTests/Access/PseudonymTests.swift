import AIP
import Crypto
import Policy
import Testing

@testable import CasesServer

@Suite("Pseudonyms")
struct PseudonymTests {
  private static func pseudonyms(_ reader: String, key: UInt8 = 1) throws -> Pseudonyms {
    Pseudonyms(key: SymmetricKey(data: [UInt8](repeating: key, count: 32)), reader: try #require(PartyID(reader)))
  }

  @Test func areStableForOneReaderAndOfNoUseToAnother() throws {
    let id = RecordID(high: 0x0190_b5a2_7c3e_7abc, low: 0x8def_0123_4567_89ab)
    let chad = try Self.pseudonyms("TCD")
    #expect(chad.id(for: id) == (try Self.pseudonyms("TCD").id(for: id)))
    #expect(chad.text(for: "C-1") == (try Self.pseudonyms("TCD").text(for: "C-1")))
    let others = [try Self.pseudonyms("TCE"), try Self.pseudonyms("TC"), try Self.pseudonyms("TCD", key: 2)]
    for other in others {
      #expect(other.id(for: id) != chad.id(for: id) && other.text(for: "C-1") != chad.text(for: "C-1"))
    }
    #expect(chad.text(for: "C-1") != chad.text(for: "C-2"))
  }

  @Test func areOfTheFormThatTheContractTells() throws {
    let chad = try Self.pseudonyms("TCD")
    for number in 0..<100 as Range<UInt64> {
      let id = chad.id(for: RecordID(high: 0, low: number))
      #expect(id.version == 8 && id.isStandardVariant && RecordID(id.description) == id)
      let text = chad.text(for: String(number))
      #expect(text.utf8.count == 18 && text.hasPrefix("P-") && UInt64(text.dropFirst(2), radix: 16) != nil)
    }
  }
}
