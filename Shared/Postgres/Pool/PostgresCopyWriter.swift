/// Sends the rows of a bulk load (`COPY … FROM STDIN`, binary format; PostgreSQL documentation, COPY).
package final class PostgresCopyWriter {
  /// How much is gathered before it is sent.
  private static let chunk = 64 * 1024

  private let connection: PostgresConnection
  private var buffer: [UInt8]

  init(_ connection: PostgresConnection) {
    self.connection = connection
    // Signature, no flags, no header extension.
    buffer = Array("PGCOPY\n".utf8) + [0xFF] + Array("\r\n".utf8) + [0] + [UInt8](repeating: 0, count: 8)
  }

  /// Adds a row. Each value must have exactly its column's type: COPY casts nothing. Waits while the server does not
  /// keep up.
  package func write(_ row: (inout PostgresParameters) -> Void) async throws(PostgresError) {
    var values = PostgresParameters()
    row(&values)
    if let refusal = values.refusal { throw refusal }
    buffer.append(bigEndian: Int16(clamping: values.count))
    var offset = 0
    for slot in values.slots {
      buffer.append(bigEndian: slot.length)
      let length = Int(max(0, slot.length))
      buffer.append(contentsOf: values.bytes[offset..<offset + length])
      offset += length
    }
    if buffer.count >= Self.chunk { try await send() }
  }

  func finish() async throws(PostgresError) -> Int {
    buffer.append(bigEndian: Int16(-1))
    try await send()
    return try await connection.copyFinish()
  }

  /// Has the server undo what was sent.
  func abort() async {
    _ = try? await connection.copyFinish(failure: "aborted by the client")
  }

  private func send() async throws(PostgresError) {
    if Task.isCancelled { throw PostgresError(.cancelled) }
    try await connection.copyWrite(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
