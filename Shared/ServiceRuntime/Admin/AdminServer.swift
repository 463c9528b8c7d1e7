package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// The admin port: liveness, readiness and metrics over HTTP/1.1.
///
/// It is bound when it is made, so that a port in use stops the start, and is among the first of its
/// group, so that it answers until all else has stopped.
package struct AdminServer: Service {
  private let channel: any Channel

  /// - Throws: ``StartError`` when the address cannot be bound.
  package init(address: HostPort, routes: AdminRoutes, logger: Logger) async throws(StartError) {
    do {
      channel = try await Self.bootstrap(routes).bind(host: address.host, port: address.port).get()
    } catch {
      throw StartError("admin.listen: cannot listen on \(address): \(error.reasonText)")
    }
    logger.info("admin port is open", metadata: ["address": "\(self.address)"])
  }

  /// The bound address, with the port that the system chose when 0 was asked for.
  package var address: HostPort {
    HostPort(host: channel.localAddress?.ipAddress ?? "", port: channel.localAddress?.port ?? 0)
  }

  package func run() async throws {
    try await withTaskCancellationHandler {
      try await withGracefulShutdownHandler {
        try await channel.closeFuture.get()
      } onGracefulShutdown: {
        channel.close(promise: nil)
      }
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  private static func bootstrap(_ routes: AdminRoutes) -> ServerBootstrap {
    ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(AdminHandler(routes: routes))
        }
      }
  }
}

extension Error {
  /// What the system says of the failure, in lower case and without the call that failed.
  var reasonText: String {
    guard self is IOError else { return String(describing: self) }
    // "bind(descriptor:ptr:bytes:): Address already in use) (errno: 98)"
    let reason = String(describing: self).split(separator: ": ", maxSplits: 1).last?.prefix { $0 != ")" && $0 != "(" }
    return reason.map { $0.lowercased() } ?? ""
  }
}
