import ArgumentParser

/// The options of every command that lists.
struct PageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Which records, such as 'mission = MINUSMA AND incident_date >= 2019'.", valueName: "AIP-160"))
  var filter = ""

  @Option(help: ArgumentHelp("Records a page; 0 leaves it to the system.", valueName: "count"))
  var pageSize: Int32 = 0

  @Option(help: ArgumentHelp("Begin with this page.", valueName: "token"))
  var pageToken = ""

  @Flag(help: "Follow the pages to the end.")
  var all = false
}
