internal import CLibPQ

/// Owns one `PGconn`: one method for each libpq call that this module makes, and nothing above that.
///
/// Not Sendable: "no two threads attempt to manipulate the same PGconn object at the same time" (libpq 15, 34.20). The
/// actor that owns the handle is the proof. Only ``connectBlocking(_:)`` blocks.
@safe struct ConnectionHandle: ~Copyable {
  private let pointer: OpaquePointer

  private init(taking pointer: OpaquePointer) {
    unsafe self.pointer = pointer
    unsafe PQsetNoticeReceiver(pointer, { _, _ in }, nil)
  }

  /// Connects and sets up the session. Blocks for as long as DNS, TCP, TLS and authentication take.
  static func connectBlocking(_ options: ConnectionOptions) throws(PostgresError) -> ConnectionHandle {
    let handle = unsafe ConnectionHandle(taking: try open(options))
    try handle.setUpBlocking(options)
    return handle
  }

  deinit { unsafe PQfinish(pointer) }

  private static func open(_ options: ConnectionOptions) throws(PostgresError) -> OpaquePointer {
    guard options.isWellFormed else {
      // libpq's own message would quote the string, password and all.
      throw PostgresError(.connectionFailed(reason: "the connection string is malformed"))
    }
    let connection = unsafe CStringArray.with(options.keywords) { keywords in
      unsafe CStringArray.with(options.values) { values in unsafe PQconnectdbParams(keywords, values, 1) }
    }
    guard let connection = unsafe connection else {
      throw PostgresError(.connectionFailed(reason: "out of memory"))
    }
    return unsafe connection
  }

  private func setUpBlocking(_ options: ConnectionOptions) throws(PostgresError) {
    guard !isBroken else {
      // The description of a failed attempt: hosts, ports, users, databases; never a password.
      let reason = unsafe String(cString: PQerrorMessage(pointer))
      throw PostgresError(.connectionFailed(reason: reason.onOneLine))
    }
    guard let result = unsafe PQexec(pointer, options.sessionSettings) else { throw PostgresError(.connectionLost) }
    let settings = unsafe QueryResult(taking: result)
    if settings.status != .success { throw PostgresError(.server(settings.serverError)) }
    guard unsafe PQsetnonblocking(pointer, 1) == 0, enterPipelineMode() else {
      throw PostgresError(.protocolViolation(reason: "pipeline mode refused"))
    }
  }

  /// The socket to poll.
  var socket: Int32 { unsafe PQsocket(pointer) }

  var isBroken: Bool { unsafe PQstatus(pointer) == CONNECTION_BAD }

  var backendProcess: Int32 { unsafe PQbackendPID(pointer) }

  /// The data for a cancel request, which another thread may send.
  var canceller: CancelHandle? { unsafe PQgetCancel(pointer).map { unsafe CancelHandle(taking: $0) } }

  // MARK: Reading

  /// Takes in what has arrived. `false` when the connection broke.
  func consumeInput() -> Bool { unsafe PQconsumeInput(pointer) == 1 }

  /// Whether ``nextResult()`` would block.
  var isBusy: Bool { unsafe PQisBusy(pointer) == 1 }

  /// The next result of the current command, or `nil` at its end.
  func nextResult() -> QueryResult? {
    unsafe PQgetResult(pointer).map { unsafe QueryResult(taking: $0) }
  }

  /// The next notification that has come.
  func nextNotification() -> (channel: String, payload: String)? {
    guard let notification = unsafe PQnotifies(pointer) else { return nil }
    defer { unsafe PQfreemem(notification) }
    let channel = unsafe String(cString: notification.pointee.relname)
    return (channel, unsafe String(cString: notification.pointee.extra))
  }

  // MARK: Writing; each returns whether libpq took it

  enum FlushOutcome { case done, pending, broken }

  /// Sends what is buffered, as far as the socket takes it.
  func flush() -> FlushOutcome {
    switch unsafe PQflush(pointer) {
    case 0: .done
    case 1: .pending
    default: .broken
    }
  }

  func sendPrepare(_ name: String, sql: String, slots: [PostgresParameters.Slot]) -> Bool {
    unsafe withUnsafeTemporaryAllocation(of: Oid.self, capacity: slots.count) { types in
      for (index, slot) in slots.enumerated() {
        unsafe types.initializeElement(at: index, to: slot.type.rawValue)
      }
      return unsafe PQsendPrepare(pointer, name, sql, Int32(slots.count), types.baseAddress) == 1
    }
  }

  /// Runs a prepared statement; results come in binary.
  func sendPrepared(_ name: String, _ parameters: borrowing PostgresParameters) -> Bool {
    unsafe parameters.withArguments { count, values, lengths, formats in
      unsafe PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1) == 1
    }
  }

  /// Runs one statement without parameters and without preparing it.
  func sendUnprepared(_ sql: String) -> Bool {
    unsafe PQsendQueryParams(pointer, sql, 0, nil, nil, nil, nil, 1) == 1
  }

  func sendSync() -> Bool { unsafe PQpipelineSync(pointer) == 1 }

  // MARK: Outside of pipeline mode

  func enterPipelineMode() -> Bool { unsafe PQenterPipelineMode(pointer) == 1 }

  func exitPipelineMode() -> Bool { unsafe PQexitPipelineMode(pointer) == 1 }

  /// Runs any number of statements with the simple protocol.
  func sendScript(_ sql: String) -> Bool { unsafe PQsendQuery(pointer, sql) == 1 }

  func putCopyData(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      unsafe PQputCopyData(
        pointer, buffer.assumingMemoryBound(to: CChar.self).baseAddress, Int32(buffer.count)) == 1
    }
  }

  /// Ends COPY … FROM STDIN, successfully or, with a reason, by making the server fail it.
  func putCopyEnd(failure reason: String?) -> Bool {
    if let reason { return unsafe PQputCopyEnd(pointer, reason) == 1 }
    return unsafe PQputCopyEnd(pointer, nil) == 1
  }
}
