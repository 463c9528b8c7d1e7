import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil vocabularies`.
struct VocabulariesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vocabularies",
    abstract: "What codes are called in the six official languages (unofficial translations).",
    subcommands: [VocabulariesListCommand.self, VocabulariesGetCommand.self]
  )
}

/// The language of labels.
struct LanguageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only in this language: ar, zh, en, fr, ru or es.", valueName: "code"))
  var language = ""
}

/// `vigil vocabularies list`.
struct VocabulariesListCommand: CallingCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the vocabularies.")

  @OptionGroup var labels: LanguageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBListVocabulariesRequest.with { $0.languageCode = labels.language }
    var writer = ListWriter(output.format, columns: PBVocabulary.columns, to: console)
    repeat {
      let page = try await PBVocabularyService.Client(wrapping: client).listVocabularies(request, options: callOptions)
      try writer.append(page.vocabularies)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    try writer.finish()
  }
}

/// `vigil vocabularies get`.
struct VocabulariesGetCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Lists the terms of a vocabulary, in English unless told otherwise.")

  @Argument(help: "Its name, such as act-category.")
  var name: String
  @OptionGroup var labels: LanguageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func request() -> PBGetVocabularyRequest {
    .with {
      $0.name = resourceName(name, in: "vocabularies")
      $0.languageCode = labels.language
    }
  }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let found = try await PBVocabularyService.Client(wrapping: client).getVocabulary(request(), options: callOptions)
    var writer = ListWriter(output.format, columns: PBTerm.columns, to: console)
    try writer.append(found.terms)
    try writer.finish()
    guard found.terms.contains(where: { $0.labels.contains { !$0.reviewed } }) else { return }
    try notes.write("Unofficial translations, not reviewed; version \(found.version).\n")
  }
}
