import ArgumentParser
import Foundation
import Kernel
import Samples

#if canImport(Glibc)
import Glibc
#endif

extension SampleCommand {
    /// Invented assessments with known defects, as another system would hand them over.
    struct Assessments: ApartCommand {
        static let configuration = CommandConfiguration(
            commandName: "assessments", abstract: "Write a file of invented assessments with known defects.",
            discussion: """
                In DASH 2009, with blank answers, copied words, children nobody saw, grades without a reason,
                contradictions, history that was not looked up, late forms, missing reviews, and officers who say no to
                everything, each at a rate that is printed. Load it with “import assessments”, or see what the
                standards find with “assessments judge”. The same seed gives the same bytes.
                """)

        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "Which of the invented files.") var seed: UInt64 = 1
        @Option(name: .long, help: "How many months, up to the last but one.") var months = 24
        @Option(name: .long, help: "Assessments a month, about.") var perMonth = 400
        @Option(name: .long, help: "How many officers made them.") var officers = 20
        @Flag(name: .long, help: "Put no defect in.") var clean = false
        @Option(name: .long, help: "The new file to write, in CSV.") var out: String

        func validate() throws {
            guard (1...240).contains(months), (1...100_000).contains(perMonth), (1...10_000).contains(officers) else {
                throw ValidationError("Give 1 to 240 months, 1 to 100,000 a month and 1 to 10,000 officers.")
            }
        }

        func run(apart console: Console, from directory: URL) async throws {
            let target = URL(fileURLWithPath: out, relativeTo: directory)
            let last = LondonTime.day(of: Moment(Date())).monthOfYear.adding(months: -2)
            let sample = SampleAssessmentFile(
                seed: seed, from: last.adding(months: 1 - months), months: months, perMonth: perMonth,
                officers: officers, defects: clean ? .none : .usual)
            let file = try NewTextFile(target)
            try file.put(CSVWriter.line(SampleAssessmentFile.header))
            let truth = try sample.eachRow { try file.put(CSVWriter.line($0)) }
            try file.close()
            if output.json { return try console.json(truth) }
            console.line("\(truth.assessments) invented assessments are in \(out). What was put in:")
            for defect in SampleDefect.allCases {
                console.line("  \(defect.rawValue): \(truth.count(defect)) of \(truth.assessments)")
            }
            console.line("  officers who say no to most: \(truth.allNoOfficers.joined(separator: ", "))")
        }
    }
}

/// A new file of text that nobody else may read; nothing is written over.
private final class NewTextFile {
    private let handle: Int32
    private let path: String
    private var buffer = ""

    init(_ target: URL) throws {
        path = target.path
        handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw Problem(
                .refused, "The file \(path) cannot be made, or is there already.", next: "Name another with --out.")
        }
    }

    func put(_ text: String) throws {
        buffer += text
        if buffer.utf8.count > 1 << 20 { try flush() }
    }

    func close() throws {
        try flush()
        guard Glibc.close(handle) == 0 else { throw Problem(.failed, "The file \(path) could not be written.") }
    }

    private func flush() throws {
        guard StandardOutput.put(buffer, handle) == nil else {
            throw Problem(.failed, "The file \(path) could not be written.", next: "Make room and repeat.")
        }
        buffer = ""
    }
}
