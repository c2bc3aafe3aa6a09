import Access
import Foundation
import HTTPTypes
import Kernel
import Testing

@testable import Web

@Suite struct UploadTests {
    private static let header =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        + "Last outcome category,Context"

    private static func street(_ rows: Int) -> SentFile {
        let lines = (0..<rows).map { row in
            let id = String(repeating: "0", count: 60) + String(row + 1000)
            return "\(id),2023-01,Anytown Police,Anytown Police,-1.2,54.5,On or near High Street,E01012018,"
                + "Anytown 001A,Burglary,Under investigation,"
        }
        return SentFile("2023-01-anytown-street.csv", ([header] + lines).joined(separator: "\n") + "\n")
    }

    @Test(.timeLimit(.minutes(5)))
    func aFileThatWasSentIsReadAndItsCountsAreShown() async throws {
        try await WebHouse.open { house in
            let (person, other) = (try await house.person([.analyst]), try await house.person([.analyst]))
            let sent = try await house.upload("/feeds", files: [Self.street(12)], as: person, pieceSize: 1000)
            let arrival = try #require(sent.location)
            #expect(sent.status == 303 && arrival.hasPrefix("/feeds/arrivals/"))
            #expect(try await house.get(arrival, as: other).status == 404)
            #expect(try await house.get(arrival + "/progress", as: other).status == 404)
            var reply = try await house.get(arrival, as: person)
            while reply.status == 200 {
                try await Task.sleep(for: .milliseconds(20))
                reply = try await house.get(arrival, as: person)
            }
            let batch = try #require(reply.location)
            let page = try await house.get(batch, as: person)
            #expect(page.status == 200 && page.text.contains("2023-01-anytown-street.csv"))
            #expect(page.text.contains("12"))
            let rejects = try await house.get(batch + "/rejects", as: person)
            #expect(rejects.status == 200 && rejects.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(rejects.header("Content-Disposition")?.hasPrefix("attachment; filename=\"rejected-rows-") == true)
        }
    }

    @Test func aFileWithoutTheTokenBeforeItIsRefusedAndNothingIsKept() async throws {
        try await WebHouse.open { house in
            let (person, other) = (try await house.person([.analyst]), try await house.person([.analyst]))
            for token in [SentToken.none, .text("wrong"), .text(other.visitor.formToken)] {
                let reply = try await house.upload("/feeds", files: [Self.street(3)], as: person, token: token)
                #expect(reply.status == 403 && house.spooled().isEmpty)
            }
        }
    }

    @Test func aFormThatStopsHalfWayLeavesNothingBehind() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            let form = SentForm(
                fields: SentToken.own.fields(person),
                files: [SentFile("a.csv", bytes: [UInt8](repeating: 65, count: 90_000))])
            for cut in [10, 200, 400, 50_000, form.bytes.count - 3] {
                let reply = try await house.send(
                    .post, "/feeds", as: person, headers: ["Content-Type": form.contentType],
                    body: Reply.body(Array(form.bytes.prefix(cut)), pieceSize: 4096))
                #expect([403, 422].contains(reply.status) && house.spooled().isEmpty, "\(cut)")
            }
        }
    }

    @Test func anUploadThatStandsStillIsEnded() async throws {
        await #expect(throws: Problem.self) {
            try await Deadline.whileMoving(span: .milliseconds(50), least: 1) { _ in
                try await Task.sleep(for: .seconds(20))
            }
        }
    }

    @Test(arguments: 0..<20) func aFormReadsTheSameInWhateverPiecesItComes(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let form = Self.invented(using: &generator)
        let whole = try Self.read(form, sizes: { _ in form.bytes.count })
        let single = try Self.read(form, sizes: { _ in 1 })
        var sizes = generator
        let mixed = try Self.read(form, sizes: { _ in Int.random(in: 1...200, using: &sizes) })
        #expect(whole == single && whole == mixed)
        #expect(whole.fields == form.fields.map { $0.0 + "=" + $0.1 })
        #expect(whole.files.map(\.bytes) == form.files.map(\.bytes))
    }

    @Test func theNameOfAFileMayHoldSemicolonsAndQuotesAndNoFolder() throws {
        let form = SentForm(
            fields: [("form-token", "t")], files: [SentFile(#"../..\x; name=y; %22b%22.csv"#, "1", field: "files")])
        let held = try Self.read(form) { _ in 7 }
        #expect(held.files.map(\.name) == [#"x; name=y; "b".csv"#] && held.files.map(\.field) == ["files"])
    }

    @Test func aHeadThatNeverEndsIsRefused() {
        let head =
            Array("--b\r\nContent-Disposition: form-data; name=\"a\"".utf8) + [UInt8](repeating: 0x20, count: 9000)
        var reader = MultipartReader(boundary: "b", spool: FileManager.default.temporaryDirectory, token: "t")
        #expect(throws: Problem.self) { try reader.feed(head) }
    }

    @Test func moreThanAThousandPartsAreRefused() {
        let form = SentForm(fields: Array(repeating: ("a", "1"), count: 1001))
        #expect(throws: Problem.self) { try Self.read(form) { _ in 65_536 } }
    }

    @Test func aLargeFileIsReadInTimeThatGrowsWithItsSize() throws {
        func time(_ bytes: Int) throws -> Duration {
            let form = SentForm(
                fields: [("form-token", "t")], files: [SentFile("a", bytes: [UInt8](repeating: 0x0D, count: bytes))])
            return try ContinuousClock().measure { _ = try Self.read(form) { _ in bytes } }
        }
        let (small, large) = (try time(1 << 18), try time(1 << 21))
        #expect(large < small * 40)
    }

    private struct Held: Equatable {
        struct File: Equatable { let field, name: String, bytes: [UInt8] }

        var fields: [String] = []
        var files: [File] = []
    }

    private static func read(_ form: SentForm, sizes: (Int) -> Int) throws -> Held {
        let spool = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: spool) }
        var reader = MultipartReader(boundary: form.boundary, spool: spool, token: "t")
        var (rest, held) = (form.bytes[...], Held())
        while !rest.isEmpty {
            let size = sizes(rest.count)
            try reader.feed(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        let upload = try reader.finish()
        held.fields = upload.fields.fields.map { $0.name + "=" + $0.value }
        held.files = try upload.files.map {
            Held.File(field: $0.field, name: $0.name, bytes: Array(try Data(contentsOf: $0.location)))
        }
        return held
    }

    /// Bodies full of what looks like the end of a part.
    private static func invented(using generator: inout SeededGenerator) -> SentForm {
        let likely = [
            "\r\n", "\r\n--", "\r\n--bound", "\r\n--boundaryx", "--boundarz", "\r", "\n", "-", "\0", "plain text",
        ]
        func content(_ generator: inout SeededGenerator) -> String {
            (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                likely.randomElement(using: &generator) ?? ""
            }.joined()
        }
        var form = SentForm(fields: [("form-token", "t")], boundary: "boundary")
        for index in 0..<Int.random(in: 0...5, using: &generator) {
            form.fields.append(("f\(index)", content(&generator).filter { $0 != "\0" }))
        }
        for index in 0..<Int.random(in: 1...4, using: &generator) {
            form.files.append(SentFile("n\(index)", content(&generator)))
        }
        return form
    }
}
