import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Another system, on this machine: keeps what it is sent and answers as told.
struct Receiver: Sendable {
    struct Message: Sendable {
        var path = ""
        var headers: [String: String] = [:]
        var body: [UInt8] = []
    }

    enum Manner: Sendable {
        case status(Int)
        /// To another address of its own.
        case redirect
        /// A body that nobody should want to read.
        case talks
        case silent
    }

    private let channel: any Channel
    private let messages: Messages

    var port: Int { channel.localAddress?.port ?? 0 }
    var received: [Message] { messages.kept.withLock { $0 } }

    static func open(_ manner: Manner, _ body: (Receiver) async throws -> Void) async throws {
        let messages = Messages()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Desk(manner: manner, messages: messages))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        try await body(Receiver(channel: channel, messages: messages))
        try await channel.close()
    }

    final class Messages: Sendable {
        let kept = Mutex<[Message]>([])
    }

    private final class Desk: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let manner: Manner
        private let messages: Messages
        private var message = Message()

        init(manner: Manner, messages: Messages) { (self.manner, self.messages) = (manner, messages) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                message = Message(path: head.uri)
                for (name, value) in head.headers { message.headers[name.lowercased()] = value }
            case .body(let buffer): message.body += Array(buffer.readableBytesView)
            case .end:
                messages.kept.withLock { $0.append(message) }
                answer(context)
            }
        }

        private func answer(_ context: ChannelHandlerContext) {
            switch manner {
            case .silent: return
            case .status(let code): send(HTTPResponseStatus(statusCode: code), [:], nil, context)
            case .redirect: send(.temporaryRedirect, ["location": "/elsewhere"], nil, context)
            case .talks: send(.ok, [:], ByteBuffer(repeating: UInt8(ascii: "x"), count: 8 << 20), context)
            }
        }

        private func send(
            _ status: HTTPResponseStatus, _ headers: [String: String], _ body: ByteBuffer?,
            _ context: ChannelHandlerContext
        ) {
            var fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
            fields.add(name: "content-length", value: String(body?.readableBytes ?? 0))
            context.write(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: fields))),
                promise: nil)
            if let body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
