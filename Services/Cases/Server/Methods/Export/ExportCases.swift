import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ExportService {
  func exportCases(
    request: PBExportCasesRequest, response: RPCWriter<PBExportCasesResponse>, context: ServerContext
  ) async throws {
    var after: [UInt8]?
    repeat {
      let page = try await page(of: request, after: after, context)
      // Waits for the caller: nothing is read ahead of it.
      if !page.cases.isEmpty { try await response.write(.with { $0.cases = page.cases.map(PBCase.init) }) }
      after = page.nextKey
    } while after != nil
  }

  /// The next of the cases, judged by what the caller may see now.
  private func page(
    of request: PBExportCasesRequest, after key: [UInt8]?, _ context: ServerContext
  ) async throws -> CasePage {
    let reader = try await readers.current()
    let plan = try CaseListPlan(request, lens: reader.lens)
    let size = plan.isFull ? 250 : 1_000
    var page = CasePage(
      try await store.list(plan.query(after: key, size: size), for: reader.scope), size: size, for: reader)
    page.cases = try await store.withVisibleSurvivors(page.cases, for: reader)
    try await reads.note(page.cases, to: reader.requester, context)
    return page
  }
}
