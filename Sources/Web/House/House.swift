import Foundation
import Hummingbird
import HummingbirdCore
import Ledger
import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// The whole site as one service.
public enum House {
    /// All routes, in the order of the navigation.
    static let routes: [Route] =
        OpenRoutes.all + SignInRoutes.all + ProviderRoutes.all + HomeRoutes.all + InspectionRoutes.all
        + MeasureRoutes.all + InstrumentRoutes.all + FeedRoutes.all
        + PersonRoutes.all + IntakeRoutes.all + AgreementRoutes.all + PersonLinking.routes + ChronologyPaper.routes
        + MatchRoutes.all + OccurrenceRoutes.all + PlaceRoutes.all
        + CallRoutes.all + AssessmentRoutes.all
        + DisclosureRoutes.all + InterestRoutes.all + GlassRoutes.all + StandardsRoutes.all
        + RetentionRoutes.all + AgencyRoutes.all + AccountRoutes.all + LogRoutes.all + TokenRoutes.all
        + WebhookRoutes.all + APIRoutes.all

    /// - Parameter onListening: told the port once connections are accepted.
    public static func service(
        _ site: Site, host: String, port: Int, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) -> any Service {
        let delegate = MaximumAvailableConnections(1024)
        // Moving bytes is an eighth of the work: the other processors are for those who read and write pages.
        let loops = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
        let application = Application(
            responder: responder(site, logger),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [LateBody(patience: .seconds(15))], idleTimeout: .seconds(30),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: nil, availableConnectionsDelegate: delegate),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: loops)), logger: logger)
        return HouseService(application: application, ledger: site.ledger)
    }

    static func responder(_ site: Site, _ logger: Logger) -> some HTTPResponder<HouseContext> {
        let gatekeeper = Gatekeeper(site: site, logger: logger)
        let router = Router(context: HouseContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: UnknownAddress(gatekeeper: gatekeeper))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                await gatekeeper.handle(route, request, context)
            }
        }
        return router.buildResponder()
    }
}

/// Answers where the store is read.
private struct HouseService<Application: Service>: Service {
    let application: Application
    let ledger: Ledger

    func run() async throws { try await ledger.beside { try await application.run() } }
}

/// Sends what no route knows to the same gatekeeper, so that an unknown address and a forbidden one answer alike.
struct UnknownAddress: RouterMiddleware {
    let gatekeeper: Gatekeeper

    func handle(
        _ request: Request, context: HouseContext, next: (Request, HouseContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch is HTTPError {
            return await gatekeeper.handle(nil, request, context)
        } catch {
            return await gatekeeper.refuse(error, request, context)
        }
    }
}
