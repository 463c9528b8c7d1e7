import AIP
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite struct QuestionTests {
  private static let caseName = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"

  private func question(_ change: (inout PBCheckRequest) -> Void = { _ in }) throws -> Question {
    var request = PBCheckRequest.with {
      $0.case = Self.caseName
      $0.action = .read
    }
    change(&request)
    return try Question(request)
  }

  @Test func aReadNamesNoClasses() throws {
    let read = try question()
    #expect(read.principal == nil && read.action == .read && read.classes.isEmpty && read.purpose == nil)
    #expect(throws: ServiceError.self) { try question { $0.dataClasses = [.core] } }
    let write = try question {
      $0.action = .write
      $0.dataClasses = [.core, .exact]
      $0.purpose = .audit
    }
    #expect(write.classes == [.core, .exact] && write.purpose == .audit)
    #expect(throws: ServiceError.self) { try question { $0.action = .write } }
  }

  @Test func everyFieldHasItsForm() {
    let changes: [(inout PBCheckRequest) -> Void] = [
      { $0.case = "" }, { $0.case = "cases/x" }, { $0.principal = "principals/x" }, { $0.action = .unspecified },
      { $0.action = .UNRECOGNIZED(99) }, { $0.purpose = .UNRECOGNIZED(99) },
      {
        $0.action = .write; $0.dataClasses = [.unspecified]
      },
    ]
    for change in changes { #expect(throws: ServiceError.self) { try question(change) } }
  }
}
