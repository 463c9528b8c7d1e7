package import Logging

/// One log line before it is written: pure, so that the formats can be tested.
package struct LogRecord: Sendable {
  package var time: UTCTime
  package var level: Logger.Level
  package var service: String
  package var label: String
  package var message: String
  /// Sorted by key.
  package var fields: [(key: String, value: Logger.MetadataValue)]

  package init(
    time: UTCTime,
    level: Logger.Level,
    service: String,
    label: String,
    message: String,
    metadata: Logger.Metadata
  ) {
    self.time = time
    self.level = level
    self.service = service
    self.label = label
    self.message = message
    fields = metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
