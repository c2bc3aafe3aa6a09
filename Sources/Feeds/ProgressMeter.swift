import Kernel

/// Turns counts into rates.
struct ProgressMeter: Sendable {
    private var total: Int64 = 0
    private var finished: Int64 = 0
    private var rowsBefore = 0
    private var rows = 0
    private var started = Moment(milliseconds: 0)

    mutating func start(bytes: Int64, at now: Moment) { (total, started) = (bytes, now) }

    mutating func finish(_ file: SurveyedFile) {
        finished += file.bytes
        rowsBefore += rows
        rows = 0
    }

    func checking(file: Int, of files: Int, path: String) -> ImportProgress {
        ImportProgress(
            stage: .checking, file: file, files: files, path: path, bytesRead: 0, bytesTotal: 0, rows: 0,
            rowsPerSecond: 0, secondsLeft: nil)
    }

    mutating func loading(
        _ file: Int, of files: Int, _ surveyed: SurveyedFile, _ load: Load, at now: Moment
    ) -> ImportProgress {
        rows = load.counts.read
        let seconds = Double(now.milliseconds - started.milliseconds) / 1000
        let bytes = finished + load.bytesRead
        let left = bytes > 0 && seconds > 0.5 ? seconds * Double(max(total - bytes, 0)) / Double(bytes) : nil
        return ImportProgress(
            stage: .loading, file: file, files: files, path: surveyed.found.path, bytesRead: bytes, bytesTotal: total,
            rows: rowsBefore + rows, rowsPerSecond: seconds > 0 ? Double(rowsBefore + rows) / seconds : 0,
            secondsLeft: left)
    }

    func settling(_ done: Int, of parts: Int, files: Int) -> ImportProgress {
        ImportProgress(
            stage: .settling, file: done, files: parts, path: "", bytesRead: total, bytesTotal: total, rows: rowsBefore,
            rowsPerSecond: 0, secondsLeft: nil)
    }
}
