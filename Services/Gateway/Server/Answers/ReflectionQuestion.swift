import GRPCReflectionAPI
import NIOCore
import SwiftProtobuf

/// One question of a reflection stream put to the instances: the list of services to one instance of every route,
/// anything else to one after the other until one knows.
final class ReflectionQuestion {
  typealias Request = SystemReflection.Request
  typealias Response = SystemReflection.Response

  private static let paths = [
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
  ]
  private static let timeout = TimeAmount.seconds(5)
  private static let unimplemented = 12

  private let question: Request
  private var answer: Response
  private let worker: Worker
  private var completion: ((Response) -> Void)?
  private var exchange: Exchange?
  /// Who is still to be asked, and in which version of the service.
  private var remaining: [(pool: UpstreamPool, path: String)]

  /// - Parameter completion: called once on the event loop, perhaps before ``ask()`` returns.
  init(_ question: Request, ownAnswer: Response, worker: Worker, completion: @escaping (Response) -> Void) {
    self.question = question
    self.answer = ownAnswer
    self.worker = worker
    self.completion = completion
    let pools = Self.ordered(worker, question)
    self.remaining = pools.map { ($0, Self.paths[0]) }
  }

  func ask() {
    guard !isAnswered, !remaining.isEmpty, let message: [UInt8] = try? question.serializedBytes() else {
      return finish()
    }
    let next = remaining.removeFirst()
    let scheme = worker.core.upstream(of: next.pool.instance.route).scheme
    let exchange = Exchange(path: next.path, message: message, scheme: scheme) { [weak self] result in
      self?.exchange = nil
      self?.ended(result, next.pool, next.path)
    }
    self.exchange = exchange
    exchange.start(on: next.pool, eventLoop: worker.eventLoop, timeout: Self.timeout)
  }

  func cancel() {
    completion = nil
    exchange?.cancel()
  }

  private func finish() {
    if case .listServicesResponse(var list) = answer.messageResponse {
      list.service.sort { $0.name < $1.name }
      answer.messageResponse = .listServicesResponse(list)
    }
    completion.take()?(answer)
  }

  private func ended(_ result: Result<[[UInt8]], Exchange.Failure>, _ pool: UpstreamPool, _ path: String) {
    switch result {
    case .success(let messages): merge(messages)
    case .failure(.status(Self.unimplemented)) where path == Self.paths[0]:
      remaining.insert((pool, Self.paths[1]), at: 0)
    case .failure: break
    }
    ask()
  }

  // MARK: Answers

  private var isAnswered: Bool {
    switch answer.messageResponse {
    case .listServicesResponse, .errorResponse, nil: false
    case .fileDescriptorResponse, .allExtensionNumbersResponse: true
    }
  }

  private func merge(_ messages: [[UInt8]]) {
    guard let message = messages.first, let other = try? Response(serializedBytes: message) else { return }
    switch (answer.messageResponse, other.messageResponse) {
    case (.listServicesResponse(var known), .listServicesResponse(let more)):
      let names = Set(known.service.map(\.name))
      known.service += more.service.filter { !names.contains($0.name) }
      answer.messageResponse = .listServicesResponse(known)
    case (.errorResponse, let better?):
      answer.messageResponse = better
    default: break
    }
  }

  /// One pool of each route; first that of the route which the question is about, if it names a symbol.
  private static func ordered(_ worker: Worker, _ question: Request) -> [UpstreamPool] {
    let pools = worker.poolOfEachRoute()
    guard case .fileContainingSymbol(let symbol) = question.messageRequest else { return pools }
    guard let route = worker.core.routes.route(for: Array(symbol.utf8)) else { return pools }
    return pools.filter { $0.instance.route == route } + pools.filter { $0.instance.route != route }
  }
}
