import Testing

/// One kind of abuse: who does it, what limit stands against it, and what must come of it.
struct Abuse: CustomTestStringConvertible, Sendable {
  /// The name by which `attackers` knows it.
  var name: String
  /// The limit in words, for the table of results.
  var limit: String
  /// The gateway's settings beside those of every test.
  var settings: [String: String] = [:]
  /// The label under which `vigil_http2_abuse_total` counts it.
  var kind: String
  /// Other limits that it may meet first: that depends on how the network cuts what it sends into reads.
  var otherKinds: [String] = []
  /// How an offending connection ends.
  var end = "GOAWAY 11"
  /// Streams that are reset with ENHANCE_YOUR_CALM, at least; the connection may then live.
  var resets = 0
  /// Connections that must have ended so, at least.
  var offenders = 1
  /// How long it goes on; nil for as long as any.
  var seconds: Double?
  /// MiB by which the gateway's memory may grow at its peak.
  var memory = 24

  var testDescription: String { self.name }
}

extension Abuse {
  /// Brisk clocks, so that tests are short. The shipped limits are longer (`vigil-gateway serve --help`). Whoever is held to
  /// one attacks for long enough to meet it on a slow machine.
  private static let stall = ["VIGIL_LIMITS_STALL_TIME": "2s"]

  static let floods = [
    Abuse(name: "rapid_reset", limit: "2,000 RST_STREAM, then 1,000/s", kind: "stream_resets"),
    Abuse(
      name: "made_you_reset", limit: "100 resets provoked, then 10/s", kind: "provoked_resets",
      otherKinds: ["unread_replies", "invalid_frames"]),
    Abuse(name: "continuations", limit: "8 CONTINUATION a block", kind: "continuations"),
    Abuse(name: "settings", limit: "50 SETTINGS, then 5/s", kind: "settings"),
    Abuse(
      name: "pings", limit: "100 PING, then 10/s; 3 too soon", kind: "keepalive_pings",
      otherKinds: ["pings", "unread_replies"]),
    Abuse(name: "priorities", limit: "500 PRIORITY, then 50/s", kind: "priorities"),
    Abuse(name: "window_updates", limit: "1,000 WINDOW_UPDATE, then 100/s", kind: "window_updates"),
    Abuse(name: "empty_data", limit: "200 empty DATA, then 50/s", kind: "empty_data"),
    Abuse(name: "stale_headers", limit: "200 HEADERS on closed streams, then 20/s", kind: "invalid_frames"),
    Abuse(name: "header_bomb", limit: "4 times 16 KiB of headers", kind: "header_list_bytes"),
    Abuse(name: "violations", limit: "RFC 9113", kind: "protocol_violations", end: "GOAWAY 1"),
  ]

  static let readers = [
    Abuse(
      name: "zero_window", limit: "256 B/s over 60 s (here 2 s)", settings: stall, kind: "slow_reads", end: "",
      resets: 200, seconds: 8, memory: 128),
    Abuse(
      name: "one_byte_window", limit: "256 B/s over 60 s (here 2 s)", settings: stall, kind: "slow_reads", end: "",
      resets: 200, seconds: 8, memory: 128),
    Abuse(
      name: "never_reads", limit: "256 B/s over 60 s (here 2 s)", settings: stall, kind: "slow_reads", end: "closed",
      seconds: 8, memory: 128),
    Abuse(
      name: "zero_window", limit: "64 MiB unread in all (here 8 MiB)",
      settings: ["VIGIL_LIMITS_UNREAD_SIZE": "8MiB"], kind: "unread_content", memory: 64),
    Abuse(
      name: "slow_headers", limit: "10 s for headers (here 1 s)", settings: ["VIGIL_LIMITS_HEADER_TIME": "1s"],
      kind: "slow_headers"),
    Abuse(
      name: "slow_body", limit: "256 B/s over 60 s (here 2 s)", settings: stall, kind: "slow_requests", end: "",
      resets: 50, seconds: 8),
    Abuse(
      name: "every_stream", limit: "1,000 calls a client (here 500)",
      settings: ["VIGIL_LIMITS_CALLS_PER_CLIENT": "500"], kind: "calls", end: "none", offenders: 10),
  ]

  static let connections = [
    Abuse(
      name: "half_open", limit: "1,000 handshakes (here 500)",
      settings: ["VIGIL_LIMITS_HANDSHAKES": "500", "VIGIL_LIMITS_HANDSHAKE_TIME": "1s"],
      kind: "handshakes", end: "closed", offenders: 9_000, seconds: 20, memory: 128),
    Abuse(
      name: "unfinished", limit: "10 s for a handshake (here 1 s)", settings: ["VIGIL_LIMITS_HANDSHAKE_TIME": "1s"],
      kind: "slow_handshakes", end: "closed", offenders: 200),
    Abuse(
      name: "silence", limit: "20 s for SETTINGS (here 1 s)", settings: ["VIGIL_LIMITS_SETTINGS_TIME": "1s"],
      kind: "slow_settings", end: "closed", offenders: 50),
    Abuse(
      name: "old_tls", limit: "TLS 1.3 only: no renegotiation", kind: "failed_handshakes",
      end: "TLSV1_ALERT_PROTOCOL_VERSION"),
  ]
}
