import ArgumentParser
import GRPCCore

/// The option of every command that reads what some may read for a purpose only.
struct PurposeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the data is for, such as INVESTIGATION or AUDIT: some rights and every grant hold for one purpose.",
      valueName: "purpose"))
  var purpose = ""

  /// What goes with each call.
  var metadata: Metadata { purpose.isEmpty ? [:] : ["vigil-purpose": .string(purpose.uppercased())] }
}
