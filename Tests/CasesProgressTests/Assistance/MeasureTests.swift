import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Contributions, measures and deployments")
struct MeasureTests {
  private static func contribution(
    _ harness: ProgressHarness, as person: Person = .officer,
    _ change: (inout PBVoluntaryContribution) -> Void = { _ in }
  ) async throws -> PBVoluntaryContribution {
    var request = PBCreateVoluntaryContributionRequest.with {
      $0.voluntaryContribution.contributor = "AU"
      $0.voluntaryContribution.earmark = "forensics"
      $0.voluntaryContribution.pledged.currencyCode = "EUR"
      $0.voluntaryContribution.pledged.units = 500
      $0.voluntaryContribution.received.currencyCode = "EUR"
      $0.voluntaryContribution.received.units = 300
      $0.voluntaryContribution.received.nanos = 500_000_000
      $0.voluntaryContribution.pledgeDate = ProgressHarness.day(2022)
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.voluntaryContribution)
    return try await harness.assistance.createVoluntaryContribution(request, metadata: person.metadata)
  }

  @Test("a contribution is headquarters' to record, and its giver's to read")
  func contributions() async throws {
    try await ProgressHarness.run { harness in
      let given = try await Self.contribution(harness)
      #expect(try await failure { try await Self.contribution(harness, as: .focalPoint) }?.code == .permissionDenied)
      // For its own mission the focal point may.
      _ = try await Self.contribution(harness, as: .focalPoint) { $0.mission = "missions/untso" }
      func seen(_ person: Person) async throws -> [String] {
        try await harness.assistance.listVoluntaryContributions(.init(), metadata: person.metadata)
          .voluntaryContributions.map(\.name)
      }
      #expect(try await seen(.union).count == 2)
      #expect(try await seen(.counsel).count == 2)
      #expect(try await seen(.officer).count == 2)
      #expect(try await seen(.focalPoint).count == 1)
      for person in [Person.prosecutor, .contributor, .stranger, .systemOperator] {
        #expect(try await seen(person).isEmpty)
      }
      let request = PBGetVoluntaryContributionRequest.with { $0.name = given.name }
      let own = try await harness.assistance.getVoluntaryContribution(request, metadata: Person.union.metadata)
      #expect(own.received.nanos == 500_000_000 && own.etag.isEmpty)
    }
  }

  static let badAmounts: [@Sendable (inout PBVoluntaryContribution) -> Void] = [
    { $0.pledged.currencyCode = "eur" }, { $0.pledged.units = -1 }, { $0.received.nanos = 1 },
    { $0.received.currencyCode = "USD" },
    {
      $0.spent.currencyCode = "EUR"
      $0.spent.units = 301
    },
  ]

  @Test("amounts are of one currency, in hundredths, and no more is spent than came in", arguments: badAmounts.indices)
  func amounts(_ index: Int) async throws {
    try await ProgressHarness.run { harness in
      let change = Self.badAmounts[index]
      let refusal = try await failure { try await Self.contribution(harness, change) }
      #expect(refusal?.code == .invalidArgument)
    }
  }

  @Test("a measure of a host State is a claim with its source, which the State reads")
  func hostMeasures() async throws {
    try await ProgressHarness.run { harness in
      func record(_ source: PBAssertionSource, as person: Person = .officer) async throws -> PBHostMeasure {
        let request = PBCreateHostMeasureRequest.with {
          $0.hostMeasure.mission = "missions/untso"
          $0.hostMeasure.hostState = "EGY"
          $0.hostMeasure.kind = .specialisedUnit
          $0.hostMeasure.title = "Unit for crimes against peacekeepers"
          $0.hostMeasure.effectiveDate = ProgressHarness.day(2022, 2)
          $0.hostMeasure.source = source
          $0.hostMeasure.certainty = .confirmed
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }
        return try await harness.assistance.createHostMeasure(request, metadata: person.metadata)
      }
      let measure = try await record(.hostState)
      #expect(measure.source == .hostState)
      #expect(try await failure { try await record(.unspecified) }?.code == .invalidArgument)
      for person in [Person.prosecutor, .contributor, .auditor] {
        #expect(try await failure { try await record(.hostState, as: person) }?.code == .permissionDenied)
      }
      func seen(_ person: Person) async throws -> Int {
        try await harness.assistance.listHostMeasures(.init(), metadata: person.metadata).hostMeasures.count
      }
      #expect(try await seen(.prosecutor) == 1)
      #expect(try await seen(.counsel) == 1)
      #expect(try await seen(.contributor) == 0)
      #expect(try await seen(.stranger) == 0)
    }
  }

  @Test("prevention and deployments are linked to cases, whose contributors read them")
  func linked() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let prevention = PBCreatePreventionMeasureRequest.with {
        $0.preventionMeasure.mission = "missions/untso"
        $0.preventionMeasure.hostState = "EGY"
        $0.preventionMeasure.kind = .earlyWarning
        $0.preventionMeasure.title = "Joint watch"
        $0.preventionMeasure.actor = "untso"
        $0.preventionMeasure.startDate = ProgressHarness.day(2022, 2)
        $0.preventionMeasure.cases = [name]
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }
      let measure = try await harness.assistance.createPreventionMeasure(
        prevention, metadata: Person.focalPoint.metadata)
      #expect(measure.cases == [name])
      var deployment = PBCreateInvestigatorDeploymentRequest.with {
        $0.investigatorDeployment.mission = "missions/untso"
        $0.investigatorDeployment.hostState = "EGY"
        $0.investigatorDeployment.sendingState = "XAA"
        $0.investigatorDeployment.requestDocument = "NV/9"
        $0.investigatorDeployment.investigators = 4
        $0.investigatorDeployment.startDate = ProgressHarness.day(2022, 2, 3)
        $0.investigatorDeployment.cases = [name]
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }
      _ = try await harness.assistance.createInvestigatorDeployment(deployment, metadata: Person.officer.metadata)
      deployment.requestID = freshRequestID()
      deployment.investigatorDeployment.endDate = ProgressHarness.day(2022, 2, 2)
      let backward = try await failure {
        try await harness.assistance.createInvestigatorDeployment(deployment, metadata: Person.officer.metadata)
      }
      #expect(backward?.reason == "IMPOSSIBLE_DATE")
      for person in [Person.contributor, .prosecutor, .officer] {
        let measures = try await harness.assistance.listPreventionMeasures(.init(), metadata: person.metadata)
        let sent = try await harness.assistance.listInvestigatorDeployments(.init(), metadata: person.metadata)
        #expect(measures.preventionMeasures.count == 1 && sent.investigatorDeployments.map(\.investigators) == [4])
      }
      let foreign = try await harness.assistance.listInvestigatorDeployments(
        .init(), metadata: Person.stranger.metadata)
      #expect(foreign.investigatorDeployments.isEmpty)
    }
  }
}
