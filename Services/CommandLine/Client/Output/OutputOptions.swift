import ArgumentParser

/// The option of every command that shows records.
struct OutputOptions: ParsableArguments {
  @Option(help: "How to write the answer.")
  var format: OutputFormat = .table
}
