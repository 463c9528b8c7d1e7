/// Whether the messages that a task writes may be compressed, where the call or the server compresses.
///
/// A compressed message that mixes a secret with something that others choose gives the secret away by its length, as
/// CRIME and BREACH showed. Such a message is written within
/// `CompressionChoice.$isAllowed.withValue(false) { try await writer.write(message) }`, which sets no message's flag on
/// either side. Not for the calls of a client with a retry policy: GRPCCore writes those from a task of its own.
package enum CompressionChoice {
  @TaskLocal package static var isAllowed = true
}
