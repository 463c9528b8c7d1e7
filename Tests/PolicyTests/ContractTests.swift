import Policy
import SwiftProtobuf
import Testing
import VigilTypeAPI

/// The vocabularies of the contract are those of the policy: the same words, each number one more.
@Suite struct ContractTests {
  private func compare<Code: PolicyCode, Message: SwiftProtobuf.Enum & CaseIterable>(_: Code.Type, _: Message.Type) {
    #expect(Message.allCases.count == Code.allCases.count + 1)
    for code in Code.allCases {
      let name = Message(rawValue: Int(code.rawValue) + 1).map { "\($0)".lowercased() }
      #expect(name == code.code.replacing("_", with: "").lowercased())
    }
  }

  @Test func theContractSpeaksOfTheSameThings() {
    compare(DataClass.self, PBDataClass.self)
    compare(ReaderClass.self, PBReaderClass.self)
    compare(Classification.self, PBClassification.self)
    compare(Caveat.self, PBCaveat.self)
    compare(Purpose.self, PBPurpose.self)
    compare(Transform.self, PBTransform.self)
    compare(Reason.self, PBRedactionReason.self)
    compare(HatKind.self, PBHatKind.self)
    compare(EmbargoKind.self, PBEmbargoKind.self)
    compare(GrantCondition.self, PBGrantCondition.self)
    compare(Action.self, PBAccessAction.self)
  }
}
