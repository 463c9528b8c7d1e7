/// # Audit
///
/// What is recorded of who did and saw what, and how a reader of the log checks it.
///
/// - ``AuditRecord`` is what a service records, ``AuditLeaf`` the same in its place in the log; both have canonical
///   bytes (``AuditLeaf/encoded`` documents them), whose hash is a leaf of the log's tree.
/// - ``AuditVerifier`` checks what the log gave out, against ``AuditKeys`` that the reader pinned, and needs nothing
///   else.
///
/// Pure: no I/O, no clock, no logging. The log itself is access control's; the way there is `AuditOutbox`. The same
/// code writes entries in services and reads them in the client of a Member State. May import the API modules, AIP,
/// Policy, MerkleTree and Crypto.
package enum Audit {}
