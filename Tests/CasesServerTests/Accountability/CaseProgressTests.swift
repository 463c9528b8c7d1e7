import Testing

@testable import CasesServer

@Suite("The progress of a case")
struct CaseProgressTests {
  private func status(
    _ verified: AccountabilityStage, furthest: AccountabilityStage? = nil, rivals: Set<AccountabilityStage> = []
  ) -> StageStatus<AccountabilityStage> {
    StageStatus(verified: verified, rivals: rivals, claims: [:], furthest: furthest ?? verified)
  }

  @Test("a case without tracks is reported")
  func none() {
    let progress = CaseProgress([])
    #expect(progress.current == .reported && progress.furthest == .reported && !progress.isDisputed)
  }

  @Test("the most advanced track that goes on counts; the furthest is what any has reached")
  func live() {
    let progress = CaseProgress([
      status(.dismissed, furthest: .trial), status(.charged), status(.investigationOpened),
    ])
    #expect(progress.current == .charged && progress.furthest == .trial)
  }

  @Test("without one that goes on, the most advanced of all counts")
  func ended() {
    let progress = CaseProgress([status(.declined, furthest: .acknowledged), status(.escaped, furthest: .sentenced)])
    #expect(progress.current == .escaped && progress.furthest == .sentenced)
  }

  @Test("a dispute in one track is one of the case")
  func disputed() {
    #expect(CaseProgress([status(.trial, rivals: [.guilty, .notGuilty]), status(.arrested)]).isDisputed)
  }
}
