/// # Postgres
///
/// PostgreSQL through libpq 15 in non-blocking pipeline mode. This module owns every conversation with the
/// database: connections and the thread that polls them (``Reactor``), the pool (``PostgresPool``),
/// transactions, typed parameters and rows, `LISTEN/NOTIFY`, bulk load and migrations
/// (``PostgresMigrator``).
///
/// What a service uses: it describes each SQL statement as a type (``PostgresStatement``), runs it with
/// ``PostgresPool/execute(_:deadline:)`` or inside ``PostgresPool/withTransaction(isolation:readOnly:deadline:_:)``,
/// and gets typed rows or a ``PostgresError`` that never carries parameters or row data.
///
/// May import: CLibPQ, Glibc, Synchronization, FoundationEssentials (dates and UUIDs only), Crypto (migration
/// checksums), Logging, Metrics, ServiceLifecycle. C is called, and `unsafe` written, only in `Connection/`,
/// in `Reactor/` and in the codecs that read a cell's bytes in place. Knows nothing of gRPC, NIO or any service.
enum PostgresModule {}
