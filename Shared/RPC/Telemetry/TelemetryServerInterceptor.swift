package import CoreMetrics
package import GRPCCore
package import Logging
import Telemetry
import Tracing

/// Names each call, places it in its trace, counts it and logs it.
///
/// The caller's `x-request-id` is kept when it is well formed and made up otherwise; it goes back with
/// the response in either case, so that a caller can quote it.
package struct TelemetryServerInterceptor: ServerInterceptor {
  private let metrics: RPCMetrics
  private let tracer: W3CTracer
  private let logger: Logger

  package init(logger: Logger, metrics factory: any MetricsFactory) {
    self.logger = logger
    metrics = RPCMetrics(side: .server, factory: factory)
    tracer = W3CTracer(logger: logger)
  }

  @concurrent
  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @concurrent @Sendable (
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext
      ) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let id = callID(request.metadata)
    let (call, instrumentation) = begin(request.metadata, context.descriptor, id)
    var response: StreamingServerResponse<Output>
    do {
      response = try await InstrumentationContext.$current.withValue(instrumentation) {
        try await next(request, context)
      }
    } catch {
      call.end(Status.Code((error as? RPCError)?.code ?? .unknown))
      throw error
    }
    if case .failure(let error) = response.accepted { call.end(Status.Code(error.code)) }
    response.metadata.replaceOrAddString(id.text, forKey: CallID.header)
    return response.mapProducer { producer in
      { writer in
        do {
          let trailers = try await InstrumentationContext.$current.withValue(instrumentation) {
            try await producer(writer)
          }
          call.end(.ok)
          return trailers
        } catch {
          call.end(Status.Code((error as? RPCError)?.code ?? .unknown))
          throw error
        }
      }
    }
  }

  private func callID(_ metadata: Metadata) -> CallID {
    let received = metadata[stringValues: CallID.header].first { _ in true }
    return received.flatMap { CallID(received: $0) } ?? CallID()
  }

  private func begin(
    _ metadata: Metadata,
    _ descriptor: MethodDescriptor,
    _ id: CallID
  ) -> (ServerCall, InstrumentationContext) {
    var context = InstrumentationContext.topLevel
    tracer.extract(metadata, into: &context, using: MetadataCarrier())
    context.callID = id
    let span = tracer.startSpan(descriptor.fullyQualifiedMethod, context: context, ofKind: .server)
    let call = ServerCall(descriptor: descriptor, metrics: metrics[descriptor], span: span, logger: logger)
    var served = span.context
    served.serverCall = call
    return (call, served)
  }
}
