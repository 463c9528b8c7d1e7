import GRPCCore
import GRPCProtobuf
import GRPCTestingAPI
import Postgres

/// `EmptyCall` of the test service, as a method that takes ten minutes in the database.
struct SleepingService: RegistrableRPCService {
  struct Sleep: PostgresStatement {
    var sql: String { "SELECT 1 FROM pg_sleep(600)" }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int { try row.decode() }
  }

  /// How many of them run at present.
  struct Sleepers: PostgresStatement {
    var sql: String {
      """
      SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' \
      AND datname = current_database() AND pid <> pg_backend_pid()
      """
    }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int { try row.decode() }
  }

  let pool: PostgresPool

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(
      forMethod: PBTestService.Method.EmptyCall.descriptor,
      deserializer: ProtobufDeserializer<PBEmpty>(),
      serializer: ProtobufSerializer<PBEmpty>()
    ) { _, _ in
      _ = try await pool.execute(Sleep())
      return StreamingServerResponse { writer in
        try await writer.write(PBEmpty())
        return [:]
      }
    }
  }
}
