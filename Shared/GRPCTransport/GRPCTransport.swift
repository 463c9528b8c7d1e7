/// # GRPCTransport
///
/// GRPCCore's `ServerTransport` and `ClientTransport` over ``HTTP2``, SwiftNIO's event loops and
/// NIOSSL, with `[UInt8]` as the type of messages' bytes.
///
/// - `Wire`: what both sides write and read alike: message framing, metadata, status, timeouts.
/// - `Server`: ``HTTP2ServerTransport``.
/// - `Client`: the client transport with its targets, resolvers and balancers.
///
/// May import: HTTP2, Compression, TLS, GRPCCore, NIO, Logging. No message is ever decoded here.
package enum GRPCTransport {}
