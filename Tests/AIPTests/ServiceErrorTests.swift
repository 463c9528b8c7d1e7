import Foundation
import GRPCCore
import GRPCProtobuf
import SwiftProtobuf
import Testing
import VigilTypeAPI

@testable import AIP

@Suite("Errors")
struct ServiceErrorTests {
  @Test func carriesItsReasonOverTheWire() throws {
    let error = ServiceError.invalid("page_size", "must not be negative", metadata: ["limit": "500"])
    let sent = RPCError(error)
    #expect(sent.code == .invalidArgument)
    let status = try #require(try sent.unpackGoogleRPCStatus())
    let info = try #require(status.details.first?.errorInfo)
    #expect(info.reason == "INVALID_FIELD")
    #expect(info.domain == "vigil.un.org")
    #expect(info.metadata == ["limit": "500"])
    #expect(status.details.last?.badRequest?.violations.first?.field == "page_size")
  }

  @Test func hidesWhetherAResourceExists() throws {
    let error = ServiceError.notFound(type: "vigil.un.org/Case", name: "cases/x")
    #expect(error.code == .notFound)
    #expect(error.reason == .resourceNotFound)
    #expect(!error.message.contains("cases/x"))
  }

  /// The reasons here are those of the contract, by name.
  @Test func reasonsAreTheContracts() throws {
    let text = VigilTypeAPIDescriptors.fileDescriptorSet
    let bytes = try #require(Data(base64Encoded: text, options: .ignoreUnknownCharacters))
    let files = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file
    let contract = try #require(files.flatMap(\.enumType).first { $0.name == "ErrorReason" })
    let names = contract.value.map { $0.name.dropFirst("ERROR_REASON_".count) }.filter { $0 != "UNSPECIFIED" }
    #expect(names.map(String.init) == ErrorReason.allCases.map(\.rawValue))
  }
}
