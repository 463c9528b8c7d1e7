import FoundationEssentials
import Logging
import ServiceLifecycle
import Telemetry
import UnixSignals

/// Starts a process, keeps it running, and stops it in order.
struct ProcessRunner<Process: VigilProcess> {
  /// The path given with `--config`.
  var configurationFile: String?

  func settings() async throws(SettingError) -> Settings {
    let loader = SettingsLoader(groups: Process.allSettings, defaults: Process.defaults)
    return try await loader.load(
      environment: ProcessInfo.processInfo.environment,
      file: configurationFile
    )
  }

  func logger(_ settings: Settings) -> (Telemetry, Logger) {
    let telemetry = Telemetry.bootstrap(
      service: Process.name,
      level: settings[CommonSettings.logLevel],
      format: settings[CommonSettings.logFormat]
    )
    return (telemetry, Logger(label: Process.name))
  }

  /// Runs until a signal, or until a part fails.
  func serve() async throws {
    let settings = try await settings()
    let (telemetry, logger) = logger(settings)
    ProcessMetrics.register(in: telemetry.metrics)
    let runtime = ProcessRuntime(
      name: Process.name,
      settings: settings,
      logger: logger,
      metrics: telemetry.metrics
    )
    let admin = try await AdminServer(
      address: settings[CommonSettings.adminListen],
      routes: AdminRoutes(readiness: runtime.readiness, metrics: telemetry.metrics),
      logger: logger
    )
    let parts = try await Process.assemble(runtime)
    let startMemory = StartMemory(readiness: runtime.readiness, logger: logger)
    try await run([ForcedStop(logger: logger), admin] + parts, passing: [startMemory], settings, logger)
    logger.info("stopped")
  }

  /// - Parameter passing: services that may end while the process goes on.
  private func run(
    _ services: [any Service],
    passing: [any Service],
    _ settings: Settings,
    _ logger: Logger
  ) async throws {
    typealias Member = ServiceGroupConfiguration.ServiceConfiguration
    var configuration = ServiceGroupConfiguration(
      services: services.map { Member(service: $0, serviceName: "\(type(of: $0))") }
        + passing.map {
          Member(service: $0, successTerminationBehavior: .ignore, serviceName: "\(type(of: $0))")
        },
      gracefulShutdownSignals: [.sigterm, .sigint],
      // At debug it tells which part an orderly stop waits for.
      logger: Logger(label: "lifecycle", level: logger.logLevel <= .debug ? .debug : max(logger.logLevel, .notice))
    )
    configuration.maximumGracefulShutdownDuration = settings[CommonSettings.shutdownTimeout]
    configuration.maximumCancellationDuration = .seconds(5)
    try await ServiceGroup(configuration: configuration).run()
  }
}

extension Logger {
  fileprivate init(label: String, level: Logger.Level) {
    self.init(label: label)
    logLevel = level
  }
}
