/// Something that lives on a ``Reactor``: it is told there, on the reactor's thread, when there is something to do.
protocol ReactorSource: AnyObject, Sendable {
  /// The descriptor that the source registered is ready.
  func reactorDidPoll(_ readiness: EventPoll.Readiness)
  /// ``Reactor/attend(to:)`` was called, once or several times.
  func reactorDidAttend()
}
