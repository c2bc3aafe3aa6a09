import Access
import Feeds
import Foundation
import HTTPTypes
import Kernel
import Ledger
import Pages

/// Loading bulk facts, and what became of each file.
enum FeedRoutes {
    static let all: [Route] = [
        .get("/feeds", .signedIn(.collection, .fact, list)),
        .get("/feeds/new", .signedIn(.collection, .fact) { $0.show(LoadFilesPage()) }),
        .upload("/feeds", .signedIn(.collection, .fact, load)),
        .get("/feeds/arrivals/:id", .signedIn(.collection, .fact, arrival)),
        .get("/feeds/arrivals/:id/progress", .signedIn(.collection, .fact, progress)),
        .get("/feeds/:batch", .signedIn(.collection, .fact, batch)),
        .get("/feeds/:batch/rejects", .signedIn(.disclosure, .fact, rejects)),
    ]

    /// 2 GB: larger loads are for the command, which needs no second copy.
    private static let uploadLimit = 2 << 30

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let batches = try await visit.site.feeds.batches(as: visit.actor)
        let holdings = try await visit.site.feeds.holdings(as: visit.actor)
        let arriving = visit.site.arrivals.reading(by: visit.actor.user)
            .map { Breadcrumb($0.name, "/feeds/arrivals/\($0.id)") }
        let names = try await PeopleNames.of(batches.map(\.person), visit)
        return visit.show(
            FeedsPage(
                holdings: holdings.map(FeedRows.holding), batches: batches.map { FeedRows.batch($0, names) },
                arriving: arriving))
    }

    @Sendable private static func load(_ visit: Visit) async throws -> Answer {
        let upload = try await visit.upload(limit: uploadLimit)
        guard !upload.files.isEmpty else {
            let problem = Problem(
                .invalid, "No file was chosen.", fields: [.init("files", "Choose at least one file.")])
            return visit.show(LoadFilesPage(errors: FieldErrors(problem)), status: .unprocessableContent)
        }
        let name = Figure.count(upload.files.count, "file", "files")
        let id = visit.site.arrivals.add(user: visit.actor.user, name: name)
        Task { await read(upload, id, visit) }
        return .redirect("/feeds/arrivals/\(id)")
    }

    /// Runs on after the answer has left.
    private static func read(_ upload: Upload, _ id: String, _ visit: Visit) async {
        defer { upload.discard() }
        let arrivals = visit.site.arrivals
        let inputs = upload.files.map { ImportInput(path: $0.location.path, name: $0.name) }
        do {
            let report = try await visit.site.feeds.importFiles(inputs, as: visit.actor) { progress in
                arrivals.update(id, .reading(progress))
            }
            arrivals.update(id, .done(batch: report.batch))
        } catch let problem as Problem {
            arrivals.update(id, .failed(problem))
        } catch {
            arrivals.update(
                id, .failed(Problem(.failed, "The files could not be loaded.", next: "Try again, or ask for help.")))
        }
    }

    @Sendable private static func arrival(_ visit: Visit) async throws -> Answer {
        let arrival = try find(visit)
        if case .done(let batch) = arrival.stage { return .redirect("/feeds/\(String(batch))") }
        return visit.show(FeedRows.page(arrival))
    }

    /// The part of the page that the browser asks for again and again.
    @Sendable private static func progress(_ visit: Visit) async throws -> Answer {
        let arrival = try find(visit)
        var html = Html()
        if case .reading = arrival.stage {
            FeedRows.page(arrival).writeProgress(&html)
        } else {
            html.p { $0.a("It is done. See the result", to: "/feeds/arrivals/\(arrival.id)") }
        }
        return .page(html.bytes)
    }

    private static func find(_ visit: Visit) throws -> Arrivals.Arrival {
        guard let arrival = visit.site.arrivals.find(visit.parameter("id")), arrival.user == visit.actor.user else {
            throw Problem.absent
        }
        return arrival
    }

    @Sendable private static func batch(_ visit: Visit) async throws -> Answer {
        guard let number = Int64(visit.parameter("batch")) else { throw Problem.absent }
        let batch = try await visit.site.feeds.batch(number, as: visit.actor)
        return visit.show(FeedRows.page(batch, try await PeopleNames.of([batch.person], visit)))
    }

    @Sendable private static func rejects(_ visit: Visit) async throws -> Answer {
        guard let number = Int64(visit.parameter("batch")) else { throw Problem.absent }
        _ = try await visit.site.feeds.batch(number, as: visit.actor)
        try await visit.site.ledger.note(
            Consultation(kind: "feed.reject", .fact, .disclosure, about: "batch \(number)"), as: visit.actor)
        var csv: [UInt8] = []
        try await visit.site.feeds.rejectsCSV(.batch(number), as: visit.actor) { csv += Array($0.utf8) }
        return .download(csv, name: "rejected-rows-\(number).csv", contentType: "text/csv; charset=utf-8")
    }
}
