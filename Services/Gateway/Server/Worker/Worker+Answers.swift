import HTTP2

extension Worker {
  /// The call, if it is for a service that the gateway answers itself.
  func answer(
    to path: RPCPath<ArraySlice<UInt8>>, _ head: RequestHead, on downstream: DownstreamConnection, _ id: HTTP2StreamID
  ) -> AnsweredCall? {
    guard let service = OwnService(path.service) else { return nil }
    let responder = responder(service, method: String(decoding: path.method, as: UTF8.self))
    return AnsweredCall(head: head, downstream: downstream, id: id, worker: self, responder: responder)
  }

  var health: SystemHealth { SystemHealth(core: core, isDraining: isDraining) }

  private func responder(_ service: OwnService, method: String) -> any Responder {
    switch (service, method) {
    case (.health, "Check"): HealthCheck(worker: self, listsAll: false)
    case (.health, "List"): HealthCheck(worker: self, listsAll: true)
    case (.health, "Watch"): HealthWatch(worker: self)
    case (.reflection, "ServerReflectionInfo"), (.reflectionAlpha, "ServerReflectionInfo"):
      SystemReflection(worker: self)
    default: NoSuchMethod()
    }
  }
}
