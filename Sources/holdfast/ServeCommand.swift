import Accounts
import ArgumentParser
import Foundation
import Instruments
import Kernel
import Ledger
import Logging
import People
import Retention
import ServiceLifecycle
import Synchronization
import UnixSignals
import Web
import Webhooks

struct ServeCommand: ParsableCommand, Sendable {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Open the house in a browser.",
        discussion: """
            Listens on 127.0.0.1 unless told otherwise. For other people to reach it, put a proxy with HTTPS before it
            and name the address they use: --address https://holdfast.example.
            On first start it prints a one-time link for the first administrator; --force names the police force.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var signingIn: ProviderOptions
    @OptionGroup var retaining: RetentionOptions
    @OptionGroup var asking: InstrumentOptions
    @OptionGroup var sending: EgressOptions
    @Option(name: .long, help: "The port to listen on; 0 takes a free one.") var port: Int = 8080
    @Option(name: .long, help: "The address to listen on.") var host: String = "127.0.0.1"
    @Option(name: .long, help: "What people type, when a proxy stands before it: https://…") var address: String?
    @Option(name: .long, help: "The name of the force, used when the data is new.") var force: String =
        "Your force"
    @Option(
        name: .long,
        help:
            "With a PostgreSQL database: where uploads lie while they are read. Default: the system's temporary folder."
    )
    var folder: String?

    @Option(name: .long, help: "How often a minute one token of a program may ask.") var requestsPerMinute: Int =
        SiteSettings.usualRequestsPerMinute

    func validate() throws {
        guard requestsPerMinute > 0 else { throw ValidationError("--requests-per-minute must be 1 or more.") }
        guard (0...65_535).contains(port) else { throw ValidationError("The port must be between 0 and 65535.") }
        guard let address else {
            guard ["127.0.0.1", "::1", "localhost"].contains(host) else {
                throw ValidationError(
                    "Listening on \(host) would send passwords in the clear. Put a proxy with HTTPS before it and add --address https://…"
                )
            }
            return
        }
        guard address.hasPrefix("https://") || address.hasPrefix("http://localhost"), !address.hasSuffix("/") else {
            throw ValidationError("--address must start with https:// and have no slash at its end.")
        }
    }

    func serve(_ console: Console, from directory: URL) async throws {
        let house = try await OpenHouse.open(try place.place(from: directory), isJob: false)
        let (providers, retention, instruments): (ProviderSignIn, RetentionDesk, InstrumentLibrary)
        do {
            (providers, retention, instruments) = (
                try signingIn.providers(house, from: directory), try retaining.desk(house, from: directory),
                try asking.library(beside: house.folder, from: directory)
            )
        } catch {
            try await house.close()
            throw error
        }
        let link = try await firstLink(house, console)
        let signer = try LogKeyFile(house.folder).readOrMake(name: LogKeyFile.name(at: address))
        let spool = spool(house.place, from: directory)
        let site = try await site(house, spool, signer.key, providers, retention, instruments)
        let logger = ServeCommand.journal
        let doorbell = try doorbell(house)
        doorbell?.answer()
        let listening = Listening()
        let service = House.service(site, host: host, port: port, logger: logger) { bound in
            listening.begin()
            announce(bound, link?.token.text, console)
            Task { await ProviderOptions.warn(of: providers, logger) }
        }
        let heads = HeadKeeper(ledger: house.ledger, signer: signer, logger: logger)
        let sweeps = RetentionKeeper(desk: retention, intake: IntakeDesk(people: site.people), logger: logger)
        let matches = MatchKeeper(people: site.people, logger: logger)
        let group = group([heads, sweeps, matches, webhooks(site, logger), service], logger)
        var outcome = Result<Void, any Error>.success(())
        do { try await group.run() } catch { outcome = .failure(error) }
        await doorbell?.close()
        try? FileManager.default.removeItem(at: spool)
        try await house.close()
        if case .failure = outcome, !listening.hasBegun {
            throw Problem(
                .failed, "Nothing can listen on \(host), port \(port): it is taken, or not yours to use.",
                next: "Choose another with --port; 0 takes a free one.")
        }
        try outcome.get()
    }

    private func webhooks(_ site: Site, _ logger: Logger) -> WebhookKeeper {
        let carrier = WebhookClient(egress: sending.egress)
        return WebhookKeeper(courier: WebhookCourier(desk: site.webhooks, carrier: carrier), logger: logger)
    }

    private func group(_ services: [any Service], _ logger: Logger) -> ServiceGroup {
        ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger))
    }

    /// On a full disk the house opens all the same: what is there can be read.
    private func firstLink(_ house: OpenHouse, _ console: Console) async throws -> OneTimeLink? {
        do {
            return try await house.directory.bootstrap(forceName: force)
        } catch StorageError.diskFull {
            console.advise("The disk is full. What is there can be read; nothing can be changed until there is room.")
            return nil
        }
    }

    /// A cluster needs no door: a command reaches it as the server does.
    private func doorbell(_ house: OpenHouse) throws -> Doorbell? {
        guard case .folder(let folder) = house.place else { return nil }
        return try Doorbell(house, in: folder)
    }

    /// Several servers may share the folder, so that each has a part of its own.
    private func spool(_ place: Place, from directory: URL) -> URL {
        if case .folder(let folder) = place { return folder.appendingPathComponent("spool", isDirectory: true) }
        let scratch = folder.map { URL(fileURLWithPath: $0, relativeTo: directory).absoluteURL }
        return (scratch ?? FileManager.default.temporaryDirectory)
            .appendingPathComponent("holdfast-spool-\(UUID().uuidString)", isDirectory: true)
    }

    private func site(
        _ house: OpenHouse, _ spool: URL, _ logKey: NoteKey, _ providers: ProviderSignIn,
        _ retention: RetentionDesk, _ instruments: InstrumentLibrary
    ) async throws -> Site {
        let settings = SiteSettings(
            publicOrigin: address, spool: spool,
            isSample: try await house.directory.isSample(),
            force: try await house.directory.forceName() ?? force, logKey: logKey,
            requestsPerMinute: requestsPerMinute)
        try? FileManager.default.removeItem(at: settings.spool)
        return Site(
            settings: settings, ledger: house.ledger, signIn: house.signIn, directory: house.directory,
            inspection: house.inspection, feeds: house.feeds, measures: house.measures,
            retention: retention, instruments: instruments, providers: providers, egress: sending.egress)
    }

    private static var journal: Logger {
        var logger = Logger(label: "holdfast") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        return logger
    }

    private func announce(_ bound: Int, _ token: String?, _ console: Console) {
        let origin = address ?? "http://\(host == "::1" ? "[::1]" : host):\(bound)"
        console.line("Holdfast is listening on \(origin)")
        guard let token else { return }
        console.line("Sign in with this one-time link, within 24 hours: \(origin)/link/\(token)")
    }
}

/// Whether the address was ever ours.
private final class Listening: Sendable {
    private let begun = Mutex(false)

    var hasBegun: Bool { begun.withLock { $0 } }

    func begin() { begun.withLock { $0 = true } }
}
