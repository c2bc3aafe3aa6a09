import Feeds
import Kernel
import Pages

/// What the feed pages show, from what the store says.
enum FeedRows {
    static func holding(_ holding: Holding) -> FeedsPage.Holding {
        let missing = holding.missing.map(\.inWords)
        return FeedsPage.Holding(
            force: holding.force, kind: capitalised(holding.kind.inWords), first: holding.months.first?.inWords ?? "–",
            last: holding.months.last?.inWords ?? "–", months: holding.months.count,
            missing: missing.count > 4 ? "\(missing.count) months" : missing.joined(separator: ", "), rows: holding.rows
        )
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    static func batch(_ batch: ImportBatch, _ names: PeopleNames) -> FeedsPage.Batch {
        let (state, kind) = state(batch)
        return FeedsPage.Batch(
            id: String(batch.id), when: LondonTime.inWords(batch.started), who: names.name(batch.person),
            files: batch.files.count, accepted: batch.totals.accepted, rejected: batch.totals.rejected, state: state,
            kind: kind)
    }

    private static func state(_ batch: ImportBatch) -> (String, Html.TagKind) {
        let refused = batch.files.filter { $0.error != nil }.count
        guard batch.finished != nil else { return ("Being read", .information) }
        return refused == 0 ? ("Done", .good) : (Figure.count(refused, "file refused", "files refused"), .attention)
    }

    static func page(_ batch: ImportBatch, _ names: PeopleNames) -> BatchPage {
        let totals = batch.totals
        return BatchPage(
            id: String(batch.id), when: LondonTime.inWords(batch.started), who: names.name(batch.person),
            summary: [
                SummaryRow("Rows read", Figure.whole(totals.read)),
                SummaryRow("Taken", Figure.whole(totals.accepted)),
                SummaryRow("Already here or double", Figure.whole(totals.duplicate)),
                SummaryRow("Rejected", Figure.whole(totals.rejected)),
                SummaryRow("Earlier rows replaced", Figure.whole(totals.superseded)),
            ],
            files: batch.files.map(file), ignored: [], hasRejects: totals.rejected > 0)
    }

    private static func file(_ file: ImportedFile) -> BatchPage.File {
        BatchPage.File(
            path: file.path, kind: file.kind?.inWords ?? "–", month: file.month.isEmpty ? "–" : file.month,
            read: file.counts.read, accepted: file.counts.accepted, duplicate: file.counts.duplicate,
            superseded: file.counts.superseded, rejected: file.counts.rejected, notes: file.notices, error: file.error)
    }

    static func page(_ arrival: Arrivals.Arrival) -> ArrivalPage {
        let here: WebAddress = "/feeds/arrivals/\(arrival.id)"
        let fragment: WebAddress = "/feeds/arrivals/\(arrival.id)/progress"
        guard case .failed(let problem) = arrival.stage else {
            guard case .reading(let progress?) = arrival.stage else {
                return ArrivalPage(
                    name: arrival.name, done: 0, total: 1, words: "Starting", address: here, fragment: fragment)
            }
            return ArrivalPage(
                name: arrival.name, done: Int(progress.bytesRead >> 10), total: Int(progress.bytesTotal >> 10),
                words: words(progress), address: here, fragment: fragment)
        }
        return ArrivalPage(
            name: arrival.name, done: 0, total: 1, words: "", address: here, fragment: fragment,
            problem: problem.description)
    }

    private static func words(_ progress: ImportProgress) -> String {
        let file = "File \(progress.file) of \(progress.files): \(progress.path)"
        switch progress.stage {
        case .checking: return "\(file). Checking it."
        case .settling: return "Joining outcomes to their crimes."
        case .loading:
            let rate = "\(Figure.whole(progress.rows)) rows, \(Figure.whole(Int(progress.rowsPerSecond))) a second"
            let left = progress.secondsLeft.map { ", about \(Figure.whole(Int($0.rounded(.up)))) seconds left" } ?? ""
            return "\(file). \(rate)\(left)."
        }
    }
}
