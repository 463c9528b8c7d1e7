package import Postgres

/// # AuditOutbox
///
/// How a service records for the log, without the log being there: into a table of its own schema
/// (``InsertAuditRecords`` in the transaction of what is recorded, ``AuditTrail`` for reads, which have none), from
/// where ``AuditRelay`` brings it to access control, in order, each record once.
///
/// A service adds ``migration(_:)`` to its migrations, an ``AuditTrail`` and an ``AuditRelay`` to what runs beside its
/// server, and `MeshSettings.group` to its settings:
///
/// ```swift
/// let trail = AuditTrail(pool: pool)
/// let log = RemoteAuditLog(PBAuditCollectorService.Client(wrapping: mesh.rpc.client))
/// parts.background += [mesh, trail, AuditRelay(pool: pool, log: log, logger: logger)]
/// ```
///
/// May import Audit, Postgres and the API of access control.
package enum AuditOutbox {
  /// The tables, to be a migration by themselves or a part of one.
  package static var tables: String { String(decoding: PackageResources.create_audit_outbox_sql, as: UTF8.self) }

  /// The tables as a migration of the service's schema.
  package static func migration(_ number: Int) -> Migration { Migration(number, "create_audit_outbox", tables) }
}
