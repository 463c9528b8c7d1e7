import ArgumentParser
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil assistance`.
struct AssistanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assistance",
    abstract: "What host States ask for, are given and do: the register of assistance.",
    subcommands: [
      AssistanceRequestsCommand.self, DeliveriesCommand.self, ContributionsCommand.self, HostMeasuresCommand.self,
      PreventionMeasuresCommand.self, DeploymentsCommand.self,
    ]
  )
}

/// `vigil assistance requests`.
struct AssistanceRequestsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requests", abstract: "What host States ask for.",
    subcommands: [
      AssistanceRequestsListCommand.self, AssistanceRequestsGetCommand.self, AssistanceRequestsAddCommand.self,
      AssistanceRequestsUpdateCommand.self, AssistanceRequestsMoveCommand.self,
    ]
  )
}

/// `vigil assistance deliveries`.
struct DeliveriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries", abstract: "What host States are given.",
    subcommands: [
      DeliveriesListCommand.self, DeliveriesGetCommand.self, DeliveriesAddCommand.self, DeliveriesUpdateCommand.self,
    ]
  )
}

/// `vigil assistance contributions`.
struct ContributionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contributions", abstract: "What States and organizations give of their own accord.",
    subcommands: [
      ContributionsListCommand.self, ContributionsGetCommand.self, ContributionsAddCommand.self,
      ContributionsUpdateCommand.self,
    ]
  )
}

/// `vigil assistance host-measures`.
struct HostMeasuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "host-measures", abstract: "What host States have done to bring such crimes to justice.",
    subcommands: [HostMeasuresListCommand.self, HostMeasuresGetCommand.self, HostMeasuresAddCommand.self]
  )
}

/// `vigil assistance prevention`.
struct PreventionMeasuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prevention", abstract: "What is done so that such crimes do not happen.",
    subcommands: [
      PreventionMeasuresListCommand.self, PreventionMeasuresGetCommand.self, PreventionMeasuresAddCommand.self,
    ]
  )
}

/// `vigil assistance deployments`.
struct DeploymentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deployments", abstract: "Investigators whom contributing States send.",
    subcommands: [DeploymentsListCommand.self, DeploymentsGetCommand.self, DeploymentsAddCommand.self]
  )
}

/// The first day of something, and the last.
struct PeriodOptions: ParsableArguments {
  @Option(name: .customLong("start"), help: ArgumentHelp("First day.", valueName: "date"))
  var first: String?
  @Option(name: .customLong("end"), help: ArgumentHelp("Last day.", valueName: "date"))
  var last: String?

  var start: PBPartialDate? {
    get throws(CommandFailure) { if let first { try partialDate(first, option: "start") } else { nil } }
  }

  var end: PBPartialDate? {
    get throws(CommandFailure) { if let last { try partialDate(last, option: "end") } else { nil } }
  }
}

/// An amount as it is typed: `12000.50 USD`.
struct Amount: ExpressibleByArgument, Equatable {
  let money: PBMoney

  init?(argument: String) {
    let parts = argument.split(separator: " ")
    guard parts.count == 2 else { return nil }
    let figures = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let isDigits = { (text: Substring) in !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber } }
    guard figures.count <= 2, isDigits(figures[0]), let units = Int64(figures[0]) else { return nil }
    var hundredths: Int32 = 0
    if figures.count == 2 {
      guard figures[1].count == 2, isDigits(figures[1]), let number = Int32(figures[1]) else { return nil }
      hundredths = number
    }
    money = .with {
      $0.currencyCode = parts[1].uppercased()
      $0.units = units
      $0.nanos = hundredths * 10_000_000
    }
  }
}

extension PBMoney {
  /// `12000.50 USD`; empty of none.
  var text: String {
    guard !currencyCode.isEmpty else { return "" }
    let hundredths = nanos / 10_000_000
    return "\(units).\(hundredths < 10 ? "0" : "")\(hundredths) \(currencyCode)"
  }
}
