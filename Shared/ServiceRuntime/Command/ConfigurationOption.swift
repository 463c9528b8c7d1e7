import ArgumentParser

struct ConfigurationOption: ParsableArguments {
  @Option(help: ArgumentHelp("YAML file of settings.", valueName: "path"))
  var config: String?
}
