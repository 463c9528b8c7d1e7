import AIP
import Authorization
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// What a reader sees of a record of the register of assistance.
struct AssistanceView: Sendable {
  let file: AssistanceFile
  let sight: CaseSight
  /// The cases that it is about and that the reader may see.
  let cases: [RecordID]
  private let found: Disposition

  /// - Parameter linked: the cases that records are about, with the relations that bear on the reader.
  init(_ file: AssistanceFile, linked: [CaseFacts], _ reader: CaseReader) {
    self.file = file
    sight = CaseSight(reader, file.facts(linked: linked), gate: .assistance)
    found = sight.decision.disposition(.assistance, in: RecordFacts(owners: file.record.owners))
    cases = linked.filter { file.record.cases.contains($0.id) && reader.requester.decide($0).isVisible }.map(\.id)
  }

  var record: AssistanceRecord { file.record }

  /// Whether it is there for the reader. What is only proposed is so for those who may accept it, and for the State.
  var isShown: Bool {
    guard sight.decision.isVisible, found.transform >= .generalise else { return false }
    return record.isInEffect || sight.mayWrite(.assistance) || record.hostState == sight.party
  }

  /// Whether the reader sees all that concerns the mission, and not only what is its own.
  var seesOthers: Bool { sight.decision.disposition(.assistance).transform == .clear }

  /// Nil for one that is not there for the reader.
  func show<Message: AssistanceMessage>() throws -> Message? {
    guard isShown else { return nil }
    let content = try Message(serializedBytes: record.content)
    let isWhole = found.transform == .clear
    var message = Message()
    for field in Message.fields where isWhole || field.extent != .whole { field.copy(&message, content) }
    message.name = AssistanceName<Message>(record.id).description
    message.place(record, isWhole ? cases.map { CaseName($0).description } : [], self)
    if isWhole {
      if sight.mayWrite(.assistance) { message.etag = Etag(revision: record.revision).description }
      message.createTime = Google_Protobuf_Timestamp(record.createTime)
      message.updateTime = Google_Protobuf_Timestamp(record.recordTime)
    } else {
      message.coarsen()
      message.redactions = Message.fields.filter { $0.extent != .summary }.map {
        PBRedaction(Redacted($0.name, .assistance, found.transform, found))
      }
    }
    return message
  }
}

extension CaseSight {
  /// Whether the caller may ask for assistance on behalf of its own State. The policy gives a host State what is its own
  /// of the register to read and nothing to write: what it asks for alters nothing until it is accepted.
  func mayAsk(for state: PartyID?) -> Bool {
    let asked = requester.decide(facts, .propose, [.assistance], gate: .assistance)
    return state == party && asked.refusal == .notEntitled && asked.readers.contains(.hostState)
      && asked.disposition(.assistance, in: RecordFacts(owners: [party])).transform == .clear
  }
}
