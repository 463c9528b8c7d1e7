import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil exercise`.
struct ExerciseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercise",
    abstract: "Registers for exercises, with fictional data.",
    subcommands: [ExerciseGenerateCommand.self]
  )
}

/// `vigil exercise generate`.
struct ExerciseGenerateCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Fills an empty register with fictional cases, each with its life over years.",
    discussion: """
      Only in a deployment that is set up for exercises (exercise.enabled of vigil-cases). The same number and seed make \
      the same register everywhere. All or nothing: an interrupted call leaves the register empty.
      """
  )

  @Option(help: ArgumentHelp("How many cases, up to 2,000,000.", valueName: "count"))
  var cases: Int32
  @Option(help: ArgumentHelp("Which register.", valueName: "number"))
  var seed: UInt64 = 1
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var options = callOptions
    // A million cases take their time.
    if connection.timeout == nil { options.timeout = .seconds(4 * 3600) }
    let request = PBGenerateExerciseRequest.with {
      $0.caseCount = cases
      $0.seed = seed
    }
    let bar = ProgressBar(title: "cases", total: Int(cases), console: notes) { "\($0)" }
    let last = try await PBExerciseService.Client(wrapping: client)
      .generateExercise(request, options: options) { response in
        defer { bar.clear() }
        var last = PBGenerateExerciseResponse()
        for try await progress in response.messages {
          last = progress
          bar.show(Int(progress.caseCount))
        }
        return last
      }
    try console.write(
      "Made \(last.caseCount) cases with \(last.victimCount) victims and \(last.recordCount) records of seed \(seed).\n"
    )
  }
}
