package import CoreMetrics
package import GRPCCore
package import Logging
import Telemetry
import Tracing

/// Hands the request id and the trace on to the calls that are made, and counts them. What a caller puts
/// into the metadata itself is left as it is.
package struct TelemetryClientInterceptor: ClientInterceptor {
  private let metrics: RPCMetrics
  private let tracer: W3CTracer

  package init(logger: Logger, metrics factory: any MetricsFactory) {
    metrics = RPCMetrics(side: .client, factory: factory)
    tracer = W3CTracer(logger: logger)
  }

  @concurrent
  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingClientRequest<Input>,
    context: ClientContext,
    next:
      @concurrent (
        _ request: StreamingClientRequest<Input>,
        _ context: ClientContext
      ) async throws -> StreamingClientResponse<Output>
  ) async throws -> StreamingClientResponse<Output> {
    let method = metrics[context.descriptor]
    let start = ContinuousClock.now
    method.start()
    var request = request
    let span = tracer.startSpan(context.descriptor.fullyQualifiedMethod, ofKind: .client)
    defer { span.end() }
    name(&request.metadata, span.context)
    do {
      let response = try await next(request, context)
      return response.onEnd { code in method.finish(code, after: .now - start) }
    } catch {
      method.finish(Status.Code((error as? RPCError)?.code ?? .unknown), after: .now - start)
      throw error
    }
  }

  private func name(_ metadata: inout Metadata, _ context: InstrumentationContext) {
    if !metadata[stringValues: TraceContext.parentHeader].contains(where: { _ in true }) {
      tracer.inject(context, into: &metadata, using: MetadataCarrier())
    }
    if !metadata[stringValues: CallID.header].contains(where: { _ in true }) {
      metadata.addString((context.callID ?? CallID()).text, forKey: CallID.header)
    }
  }
}
