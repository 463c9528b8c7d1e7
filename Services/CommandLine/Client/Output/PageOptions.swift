import ArgumentParser

/// The options of every command that lists.
struct PageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Which records (AIP-160), such as 'mission = MINUSMA'.", valueName: "condition"))
  var filter = ""

  @Option(help: ArgumentHelp("Records a page; 0 leaves it to the system.", valueName: "count"))
  var pageSize: Int32 = 0

  @Option(help: ArgumentHelp("Begin with this page.", valueName: "token"))
  var pageToken = ""

  @Flag(help: "Follow the pages to the end.")
  var all = false
}
