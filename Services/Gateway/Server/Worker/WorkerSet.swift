import NIOCore

/// The workers of all event loops.
struct WorkerSet: Sendable {
  private let workers: [ObjectIdentifier: NIOLoopBound<Worker>]
  private let loops: [any EventLoop]

  /// Makes one worker on each event loop of the group.
  init(core: GatewayCore, group: any EventLoopGroup) async throws {
    var workers: [ObjectIdentifier: NIOLoopBound<Worker>] = [:]
    let loops = Array(group.makeIterator())
    for (number, loop) in loops.enumerated() {
      workers[ObjectIdentifier(loop)] = try await loop.submit {
        NIOLoopBound(Worker(core: core, eventLoop: loop, number: number), eventLoop: loop)
      }.get()
    }
    self.loops = loops
    self.workers = workers
    for (loop, worker) in loops.map({ ($0, workers[ObjectIdentifier($0)]) }) {
      core.fleet.observe { change in
        loop.execute { worker?.value.fleetChanged(change) }
      }
    }
  }

  /// The worker of the loop; call it there.
  func worker(of loop: any EventLoop) throws -> Worker {
    guard let worker = workers[ObjectIdentifier(loop)] else { throw EventLoopError.unsupportedOperation }
    return worker.value
  }

  /// Returns when all clients have gone.
  func drain() async {
    let ends = loops.compactMap { loop in
      workers[ObjectIdentifier(loop)].map { worker in loop.flatSubmit { worker.value.drain() } }
    }
    for end in ends { try? await end.get() }
  }
}
