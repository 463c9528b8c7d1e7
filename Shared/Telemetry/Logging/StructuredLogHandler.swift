package import Logging

/// Writes log events as JSON or text lines.
package struct StructuredLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  package var logLevel: Logger.Level = .info

  private let service: String
  private let label: String
  private let format: LogFormat
  private let output: any LogOutput

  package init(service: String, label: String, format: LogFormat, output: any LogOutput) {
    self.service = service
    self.label = label
    self.format = format
    self.output = output
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let record = LogRecord(
      time: .now,
      level: event.level,
      service: service,
      label: label,
      message: event.message.description,
      metadata: merged(with: event)
    )
    output.write(format == .text ? record.text() : record.json())
  }

  // The nearer to the call, the stronger: event over provider over logger.
  private func merged(with event: LogEvent) -> Logger.Metadata {
    var merged = metadata
    if let provided = metadataProvider?.get() { merged.merge(provided) { $1 } }
    if let own = event.metadata { merged.merge(own) { $1 } }
    if let error = event.error, merged["error"] == nil { merged["error"] = "\(error)" }
    return merged
  }
}
