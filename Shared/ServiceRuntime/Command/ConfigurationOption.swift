package import ArgumentParser

/// Where a subcommand of a process finds its settings.
package struct ConfigurationOption: ParsableArguments {
  @Option(help: ArgumentHelp("YAML file of settings.", valueName: "path"))
  package var config: String?

  package init() {}
}
