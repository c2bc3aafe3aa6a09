import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// A kind of record whose pages find, add and change it alike.
protocol KeptBody: RecordBody {
    static var words: KeptWords { get }
    var title: String { get }
}

extension Occurrence: KeptBody {
    static var words: KeptWords { .occurrences }
}

extension Place: KeptBody {
    static var words: KeptWords { .places }
}

extension Visit {
    /// The record that the address names.
    func kept<Body: KeptBody>(_ type: Body.Type = Body.self) async throws -> Record<Body> {
        guard let id = Identifier<Body>(parameter("id")) else { throw Problem.absent }
        return try await site.people.record(id, as: actor)
    }

    /// Whoever may see it and not change it finds no form.
    func own<Body: KeptBody>(_ type: Body.Type = Body.self) async throws -> Record<Body> {
        let record = try await kept(type)
        guard record.owner == actor.agency else { throw Problem.absent }
        return record
    }

    /// A list, with what was found or what was wrong with the question.
    func show(_ list: KeptListPage, _ lines: () async throws -> [KeptLine]?) async throws -> Answer {
        var page = list
        do {
            page.lines = try await lines()
            return show(page)
        } catch let problem as Problem where problem.code == .invalid {
            page.errors = FieldErrors(problem)
            return show(page, status: .unprocessableContent)
        }
    }

    func list(_ words: KeptWords, mayAdd: Bool, beside: Breadcrumb? = nil) -> KeptListPage {
        KeptListPage(words, asked: query["words"], isFound: query.has("words"), mayAdd: mayAdd, beside: beside)
    }

    func showHistory<Body: KeptBody>(
        of record: Record<Body>, _ versions: [Record<Body>], _ rows: (Body) -> [SummaryRow]
    ) async throws -> Answer {
        let told = versions.map { ToldVersion($0, rows($0.body)) }
        return show(
            KeptHistoryPage(
                Body.words, id: record.id.text, name: record.body.title,
                versions: try await VersionWords.timeline(told, self)))
    }
}

extension Problem {
    /// Nothing typed is lost: it stands in the form, beside what the other person saved.
    static let overtaken = Problem(
        .conflict, "Somebody else changed this while you were writing. Nothing of yours was saved yet.",
        next: "What you typed is in the form. Compare it with what they saved, then save again.")
}
