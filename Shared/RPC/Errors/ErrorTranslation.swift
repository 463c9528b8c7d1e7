package import AIP

/// Makes an error that a library throws into one for the caller; nil when the caller should know no more
/// than that something is wrong.
package typealias ErrorTranslation = @Sendable (any Error) -> ServiceError?
