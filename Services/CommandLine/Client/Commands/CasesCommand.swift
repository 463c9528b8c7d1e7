import ArgumentParser

/// `vigil cases`.
struct CasesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cases",
    abstract: "Cases of the register.",
    subcommands: [
      CasesListCommand.self, CasesSearchCommand.self, CasesExportCommand.self, CasesGetCommand.self,
      CasesCreateCommand.self, CasesHandlingCommand.self, CasesStepsCommand.self, CasesMoveCommand.self,
      CasesCloseCommand.self, CasesReopenCommand.self, CasesDuplicatesCommand.self, CasesMergeCommand.self,
      CasesUnmergeCommand.self, ClosuresCommand.self, CasesRegradeCommand.self, RegradingsCommand.self,
      VictimsCommand.self, IncidentsCommand.self,
    ]
  )
}
