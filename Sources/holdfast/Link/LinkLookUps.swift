import Feeds
import Foundation
import Kernel
import Linkage

#if canImport(Glibc)
import Glibc
#endif

/// Looks rows of a second file up among those of the first, one after the other, as a register is asked when somebody is
/// about to be written down anew.
struct LinkLookUps {
    /// How many candidates are written for each row.
    private static let shown = 5

    struct Summary: Encodable {
        let lookUps: Int
        /// Candidates written.
        let candidates: Int
        /// Milliseconds of one look-up: half of them took at most so long, and 95 of 100.
        let p50: Double
        let p95: Double
        /// The same of processor time, which other programs hardly change.
        let processorP50: Double
        let processorP95: Double

        var words: String {
            "\(lookUps) rows were looked up, and \(candidates) candidates found. Half of them took at most "
                + "\(String(format: "%.1f", p50)) ms, 95 of 100 at most \(String(format: "%.1f", p95)) ms.\n"
        }
    }

    let path: String
    let id: String?

    /// - Parameter target: where to write `id,candidate,weight,probability`, the likeliest first.
    /// - Throws: `Problem` when the file has no such columns, or nothing can be written.
    func run(_ input: LinkInput, _ model: LinkageModel, to target: String?, _ progress: LinkProgress) throws -> Summary
    {
        let file = try DelimitedFile(path)
        let places = try input.table.fields.map { try place($0.column, file) }
        let id = try LinkInput.idColumn(id, file.header)
        let name = try place(id, file)
        progress.say("Making the index")
        let index = PersonIndex(input.table, model: model)
        var (times, work): ([Double], [Double]) = ([], [])
        var candidates: [(id: [UInt8], candidate: PersonIndex.Candidate)] = []
        while try file.next() {
            let values = places.map { file.text($0) }
            let (began, used) = (ContinuousClock.now, LinkLookUps.processorTime)
            let found = index.lookUp(values, limit: LinkLookUps.shown)
            work.append(LinkLookUps.processorTime - used)
            times.append(Double((ContinuousClock.now - began) / .nanoseconds(1)) / 1e6)
            candidates += found.map { (Array(file[name]), $0) }
            guard times.count % 1000 == 0 else { continue }
            try Task.checkCancellation()
            progress.say("Looking up: \(times.count) rows")
        }
        if let target { try LinkTables.write(found: candidates, of: input, to: target) }
        func quantile(_ times: [Double], _ share: Double) -> Double {
            times.isEmpty ? 0 : times.sorted()[Int(Double(times.count - 1) * share)]
        }
        return Summary(
            lookUps: times.count, candidates: candidates.count, p50: quantile(times, 0.5), p95: quantile(times, 0.95),
            processorP50: quantile(work, 0.5), processorP95: quantile(work, 0.95))
    }

    /// Milliseconds of processor that this command has used. POSIX counts in millionths of a second.
    private static var processorTime: Double { Double(clock()) / 1000 }

    private func place(_ column: String, _ file: DelimitedFile) throws -> Int {
        guard let place = file.header.firstIndex(of: column) else {
            throw Problem(
                .invalid, "\(path) has no column \(column), which the first file has.",
                next: "Give both files the same columns; a column may be empty.")
        }
        return place
    }
}
