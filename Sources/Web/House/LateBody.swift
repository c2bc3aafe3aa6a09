import NIOCore
import NIOHTTPTypes

/// Ends a connection whose request still arrives long after its answer was given.
///
/// A body that no handler reads (of an address that takes none, of somebody who must sign in first, of a form that was
/// refused) is read on by the server to find the next request behind it. The server's own time for idle connections
/// starts anew with each byte: without this, one byte every twenty seconds holds a connection for ever.
final class LateBody: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: TimeAmount
    private var isArriving = false
    private var end: Scheduled<Void>?

    /// - Parameter patience: from the end of the answer to the end of the request.
    init(patience: TimeAmount) { self.patience = patience }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isArriving = true
        case .body: break
        case .end:
            isArriving = false
            forget()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data), isArriving, end == nil {
            let channel = context.channel
            end = context.eventLoop.scheduleTask(in: patience) { channel.close(mode: .all, promise: nil) }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        forget()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { forget() }

    private func forget() {
        end?.cancel()
        end = nil
    }
}
