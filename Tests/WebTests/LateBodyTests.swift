import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Web

@Suite("A request that still arrives after its answer")
struct LateBodyTests {
    private let channel = EmbeddedChannel(handler: LateBody(patience: .seconds(15)), loop: EmbeddedEventLoop())

    private func head(_ method: HTTPRequest.Method) -> HTTPRequestPart {
        .head(HTTPRequest(method: method, scheme: "http", authority: "holdfast.test", path: "/"))
    }

    private func answer() throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    private func byte() throws { try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "a"))) }

    @Test func `ends with its connection, however many bytes come`() throws {
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.writeInbound(head(.post))
        try answer()
        for _ in 0..<7 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(2))
            try byte()
        }
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `stands when it is whole in time, and when it was whole before`() throws {
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.writeInbound(head(.post))
        try answer()
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try channel.writeInbound(head(.get))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try answer()
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(channel.isActive)
    }
}
