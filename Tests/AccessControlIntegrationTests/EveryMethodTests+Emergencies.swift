import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension EveryMethodTests {
  static let emergencyCalls: [Call] = [
    Call(method: "BreakGlass") { harness, uri, names in
      _ = try await harness.breakGlass(of: names.caseName, as: uri)
    },
    Call(method: "ListEmergencyAccesses") { harness, uri, _ in
      _ = try await harness.accesses(as: uri)
    },
    Call(method: "ReviewEmergencyAccess") { harness, uri, names in
      _ = try await harness.review(.with { $0.name = names.emergency }, as: uri)
    },
    Call(method: "CreateLockdown") { harness, uri, _ in
      _ = try await harness.lock("missions/untso", as: uri)
    },
    Call(method: "ListLockdowns") { harness, uri, _ in
      _ = try await harness.lockdowns(as: uri)
    },
    Call(method: "EndLockdown") { harness, uri, names in
      _ = try await harness.unlock(.with { $0.name = names.lockdown }, as: uri)
    },
    Call(method: "ListNotices") { harness, uri, _ in
      _ = try await harness.notices(as: uri)
    },
    Call(method: "AcknowledgeNotice") { harness, uri, names in
      _ = try await harness.acknowledge(names.notice, as: uri)
    },
  ]
}
