package import CoreMetrics
package import GRPCCore
package import Logging
import Telemetry
import Tracing

/// Hands the request id and the trace on to the calls that are made, and counts them.
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
    next: @concurrent (
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
    tracer.inject(span.context, into: &request.metadata, using: MetadataCarrier())
    let id = span.context.callID ?? CallID()
    request.metadata.replaceOrAddString(id.text, forKey: CallID.header)
    do {
      let response = try await next(request, context)
      return response.onEnd { code in method.finish(code, after: .now - start) }
    } catch {
      method.finish(Status.Code((error as? RPCError)?.code ?? .unknown), after: .now - start)
      throw error
    }
  }
}
