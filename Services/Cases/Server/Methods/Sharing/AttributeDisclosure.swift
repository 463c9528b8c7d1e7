import AIP
import FoundationEssentials
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension SharingService {
  func attributeDisclosure(
    request: PBAttributeDisclosureRequest, context: ServerContext
  ) async throws -> PBAttributeDisclosureResponse {
    let reader = try await register.reads.gate.readers.current()
    guard (1...4_000_000).contains(request.document.count) else {
      throw ServiceError.invalid("document", "must be of 1 to 4,000,000 bytes")
    }
    let leaked = Array(request.document)
    let response = try await register.reads.pool.withTransaction { transaction in
      _ = try await transaction.execute(SetScope(scope: .everything))
      for document in try await sources(of: leaked, in: transaction) {
        let name = RecordName<PBDisclosurePackage>(document.package)
        let view = try await register.find(name, for: reader, in: transaction)
        guard let view, view.isShown, view.isHandled else { continue }
        let package = try PBDisclosurePackage(view)
        return PBAttributeDisclosureResponse.with {
          $0.disclosurePackage = package
          $0.intact = document.bytes == leaked
        }
      }
      throw ServiceError.notFound(type: "vigil.un.org/DisclosurePackage", name: "")
    }
    let names = [response.disclosurePackage.name]
    try await register.reads.trace.note(names, PBDisclosurePackage.recordClasses, to: reader.requester, context)
    return response
  }

  /// What a leaked document can come from: what has its watermark or, where somebody took that out, the one document about
  /// its cases that shares most names of records with it. They are each recipient's own.
  private func sources(of leaked: [UInt8], in transaction: PostgresTransaction) async throws -> [DisclosureDocument] {
    let select = SelectDisclosureDocuments(selection: .watermarks(Self.watermarks(in: leaked)))
    let marked = try await transaction.execute(select)
    guard marked.isEmpty else { return marked }
    let names = Self.identifiers(in: leaked)
    let about = try await transaction.execute(SelectDisclosureDocuments(selection: .cases(Array(names))))
    let shared = about.map { (document: $0, count: Self.identifiers(in: $0.bytes).intersection(names).count) }
    // The name of the case is in every one of them.
    guard let most = shared.map(\.count).max(), most > 1 else { return [] }
    let likely = shared.filter { $0.count == most }
    return likely.count == 1 ? likely.map(\.document) : []
  }

  /// Whatever could be a watermark, at most a hundred: 64 hexadecimal digits and no more.
  private static func watermarks(in bytes: [UInt8]) -> [String] {
    let digits = Set("0123456789abcdef".utf8)
    let runs = bytes.split { !digits.contains($0) }.filter { $0.count == 64 }
    return Array(Set(runs.map { String(decoding: $0, as: UTF8.self) }).prefix(100))
  }

  /// The identifiers of records, at most ten thousand.
  private static func identifiers(in bytes: [UInt8]) -> Set<RecordID> {
    let digits = Set("0123456789abcdef-".utf8)
    let runs = bytes.split { !digits.contains($0) }.filter { $0.count == 36 }
    return Set(runs.prefix(10_000).compactMap { RecordID(String(decoding: $0, as: UTF8.self)) })
  }
}
