/// # Records
///
/// What every service's store does alike: identifiers as `uuid` (``RecordID``), the time of day (``WallClock``), sealed
/// page tokens (``PageTokens``), answers that a repeated call gets again (``Replies``), and changes that are made once with
/// what is kept of them (``ChangeAttempt``).
///
/// A schema that uses them has the tables `service_keys (name, key)` and `replies (principal, method, request_id,
/// request_digest, response, create_time)`. May import AIP, Postgres, Crypto and SwiftProtobuf.
package enum Records {}
