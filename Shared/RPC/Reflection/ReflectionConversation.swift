import FoundationEssentials
import GRPCCore
package import GRPCReflectionAPI
import SwiftProtobuf

/// One reflection stream: answers questions and remembers which files it has sent.
package struct ReflectionConversation {
  package typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  package typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  private let catalog: ReflectionCatalog
  private var sent: Set<String> = []

  package init(catalog: ReflectionCatalog) {
    self.catalog = catalog
  }

  package mutating func answer(_ request: Request) throws -> Response {
    var response = Response()
    response.validHost = request.host
    response.originalRequest = request
    response.messageResponse = try answer(request.messageRequest)
    return response
  }

  private mutating func answer(
    _ question: Request.OneOf_MessageRequest?
  ) throws -> Response.OneOf_MessageResponse {
    let index = try catalog.index()
    switch question {
    case .fileByFilename(let name):
      return try files(named: name, index)
    case .fileContainingSymbol(let symbol):
      return try files(named: index.file(declaring: symbol), index)
    case .fileContainingExtension(let request):
      let key = DescriptorIndex.ExtensionKey(
        extendedType: request.containingType,
        number: request.extensionNumber
      )
      return try files(named: index.file(declaring: key), index)
    case .allExtensionNumbersOfType(let type):
      return extensionNumbers(of: type, index)
    case .listServices:
      let names = catalog.services.map { name in Grpc_Reflection_V1_ServiceResponse.with { $0.name = name } }
      return .listServicesResponse(.with { $0.service = names })
    case nil:
      return Self.failure(.unimplemented, "the request asks nothing that is known")
    }
  }

  private mutating func files(
    named name: String?,
    _ index: DescriptorIndex
  ) throws -> Response.OneOf_MessageResponse {
    guard let name, let files = index.fileAndImports(named: name) else {
      return Self.failure(.notFound, "there is no such file, symbol or extension")
    }
    // The file that was asked for is always sent; its imports once.
    var bytes: [Data] = []
    for file in files where file.name == name || !sent.contains(file.name) {
      bytes.append(try file.serializedBytes())
      sent.insert(file.name)
    }
    return .fileDescriptorResponse(.with { $0.fileDescriptorProto = bytes })
  }

  private func extensionNumbers(of type: String, _ index: DescriptorIndex) -> Response.OneOf_MessageResponse {
    guard let numbers = index.extensionNumbers(of: type) else {
      return Self.failure(.notFound, "there is no such message")
    }
    return .allExtensionNumbersResponse(
      .with {
        $0.baseTypeName = type
        $0.extensionNumber = numbers
      }
    )
  }

  private static func failure(_ code: Status.Code, _ message: String) -> Response.OneOf_MessageResponse {
    .errorResponse(
      .with {
        $0.errorCode = Int32(code.rawValue)
        $0.errorMessage = message
      }
    )
  }
}
