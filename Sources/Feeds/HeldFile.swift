import Kernel
import Ledger

/// A file that was loaded before, byte for byte.
struct HeldFile: Sendable {
    let months: String
    let force: String
    let counts: ImportCounts
    /// Months of it that a later file has replaced.
    let replaced: [String]
    let isWhollyReplaced: Bool

    /// - Parameter named: force and month as the file's name says them. The same bytes under the name of another month
    ///   are another file: two empty months look alike.
    static func find(_ file: SurveyedFile, named: String, _ reading: any Reading) throws -> HeldFile? {
        let rows = try reading.rows(
            """
            SELECT id, named, months, force, rows_read, accepted, duplicate, rejected FROM feed_file
            WHERE digest = $1 AND kind = $2 AND state = 'loaded' ORDER BY id DESC
            """, [.text(file.digest), .text(file.kind.rawValue)])
        guard let row = rows.first(where: { named.isEmpty || $0.text(1).isEmpty || $0.text(1) == named }) else {
            return nil
        }
        let parts = try reading.rows(
            "SELECT month, state FROM feed_part WHERE file = $1 ORDER BY month", [.integer(row.integer(0))])
        let replaced = parts.filter { $0.text(1) != PartState.current.rawValue }.map { $0.text(0) }
        var counts = ImportCounts()
        counts.read = Int(row.integer(4))
        counts.rejected = Int(row.integer(7))
        counts.duplicate = counts.read - counts.rejected
        return HeldFile(
            months: row.text(2), force: row.text(3), counts: counts, replaced: replaced,
            isWhollyReplaced: replaced.count == parts.count)
    }

    func reported(_ draft: ImportReport.File) -> ImportReport.File {
        var report = draft
        (report.month, report.force, report.counts) = (months, force, counts)
        if isWhollyReplaced {
            report.notices = [
                "This file was loaded before and a later one has taken its place. It is not brought back, so nothing "
                    + "changed. To bring it back, load it by command with --bring-back."
            ]
        } else {
            report.notices = ["This file is held already, so nothing changed."]
            if !replaced.isEmpty {
                report.notices.append(
                    "Of it, \(replaced.joined(separator: ", ")) was replaced by a later file and stays so.")
            }
        }
        return report
    }
}
