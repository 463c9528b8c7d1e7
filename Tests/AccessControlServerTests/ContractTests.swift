import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI

@testable import AccessControlServer

/// What is stored and sent by its number is what the contract means by it.
@Suite struct ContractTests {
  @Test func kindsOfOrganisationsAreTheContracts() {
    #expect(PBOrganisation.Kind.allCases.count == Organisation.Kind.allCases.count + 1)
    for kind in Organisation.Kind.allCases {
      let contract = PBOrganisation.Kind(rawValue: Int(kind.rawValue))
      #expect(contract.map { "\($0)".lowercased() } == kind.code.dropFirst(5).lowercased())
    }
  }

  @Test func wordsAreNumberedFromOne() {
    for reader in ReaderClass.allCases {
      #expect(ReaderClass(number: reader.number) == reader)
      #expect(reader.number == Int16(reader.rawValue) + 1)
    }
    for number in [-1, 0, 14, 256, 300] { #expect(ReaderClass(number: number) == nil) }
    #expect(ReaderClass(named: "READER_CLASS_HQ", prefix: "READER_CLASS_") == .headquarters)
    #expect(ReaderClass(named: "HQ", prefix: "READER_CLASS_") == .headquarters)
    #expect(ReaderClass(named: "", prefix: "READER_CLASS_") == nil)
  }

  @Test func timesKeepTheirMicroseconds() {
    for microseconds: Int64 in [0, 1, -1, 1_234_567, -1_234_567] {
      let message = Google_Protobuf_Timestamp(PolicyTime(microseconds: microseconds))
      #expect(message.seconds * 1_000_000 + Int64(message.nanos / 1000) == microseconds)
      #expect((0..<1_000_000_000).contains(message.nanos))
    }
  }

  @Test func keysOfListsReadBack() {
    for key in [ListKey.text("KEN"), .text("tKEN")] { #expect(ListKey(bytes: key.bytes) == key) }
    for bytes in [[], Array("i".utf8), Array("ix".utf8), Array("xKEN".utf8)] as [[UInt8]] {
      #expect(ListKey(bytes: bytes) == nil)
    }
  }
}
