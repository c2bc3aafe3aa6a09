import Foundation
import Kernel
import Testing

@testable import Feeds

@Suite struct ScannerTests {
    /// - Parameter piece: How many bytes each reading gives.
    private func records(_ bytes: [UInt8], piece: Int = 7, lineLimit: Int = 64 << 10) throws -> [[String]] {
        var rest = bytes[...]
        let scanner = CSVScanner(lineLimit: lineLimit) { buffer in
            let some = rest.prefix(min(piece, buffer.count))
            buffer.copyBytes(from: some)
            rest = rest.dropFirst(some.count)
            return some.count
        }
        var records: [[String]] = []
        while try scanner.next() {
            var fields = (0..<scanner.fieldCount).map(scanner.text)
            if let flaw = scanner.flaw { fields.append("!\(flaw)") }
            records.append(["\(scanner.line)"] + fields)
        }
        return records
    }

    @Test(arguments: [1, 2, 3, 5, 1000])
    func `fields are cut the same however the bytes arrive`(piece: Int) throws {
        let text = "a,b,\r\n\n\"x, \"\"y\"\"\",2,\"two\nlines\"\nlast,,\"\""
        let found = try records(Array(text.utf8), piece: piece)
        #expect(found == [["1", "a", "b", ""], ["3", "x, \"y\"", "2", "two\nlines"], ["5", "last", "", ""]])
    }

    @Test func `a quotation mark that is not closed is a flaw and not an endless field`() throws {
        #expect(try records(Array("a,\"b\nc,d\n".utf8)) == [["1", "a", "b\nc,d\n", "!openQuote"]])
    }

    @Test func `text after a closing quotation mark is a flaw`() throws {
        #expect(try records(Array("\"a\"b,c\nd,e\n".utf8)) == [["1", "a", "c", "!strayQuote"], ["2", "d", "e"]])
    }

    @Test func `a zero byte is a flaw`() throws {
        #expect(try records([0x61, 0, 0x2C, 0x62, 0x0A]).first?.last == "!zeroByte")
    }

    @Test func `a line of 200 KB is refused with its number`() throws {
        let bytes = Array("a,b\n".utf8) + [UInt8](repeating: 0x78, count: 200_000)
        #expect { try records(bytes, piece: 4096) } throws: { error in
            (error as? Problem)?.message.hasPrefix("Line 2 is longer than 64 KiB") ?? false
        }
    }

    @Test func `a quoted field that swallows the file is refused and not kept in memory`() throws {
        let bytes = Array("\"".utf8) + (0..<100_000).flatMap { _ in Array("a\n".utf8) }
        #expect(throws: Problem.self) { try records(bytes, piece: 4096) }
    }

    @Test func `any bytes give records or a problem, never a fault`() throws {
        var generator = SeededGenerator(seed: 11)
        let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0x00, 0xFF]
        for _ in 0..<300 {
            let bytes = (0..<generator.below(120)).map { _ in generator.pick(alphabet) }
            let whole = try records(bytes, piece: 1000)
            #expect(try records(bytes, piece: 1 + generator.below(9)) == whole)
        }
    }

    @Test(arguments: [
        ("-1.212283", -1_212_283), ("54.5", 54_500_000), ("0", 0), ("-0.0000005", -1), ("1.00000049", 1_000_000),
        ("54", 54_000_000),
    ])
    func `degrees are read in millionths`(text: String, value: Int32) {
        #expect(read(text) == value)
    }

    @Test(arguments: ["", "-", "1e3", "1.2.3", "9999999999999999999", "NaN", " 1", "1 ", "+1", "0x1"])
    func `what is no plain decimal number is no degree`(text: String) {
        #expect(read(text) == nil)
    }

    private func read(_ text: String) -> Int32? { Array(text.utf8).withUnsafeBytes { Fields.microdegrees($0) } }

    @Test func `a Crime ID is 64 hexadecimal digits and nothing else`() {
        let good = Rows.id(1)
        let identifier = Array(good.utf8).withUnsafeBytes { Fields.identifier($0) }
        #expect(identifier?.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == good)
        for bad in [String(good.dropLast()), good + "0", "g" + good.dropFirst(), String(repeating: " ", count: 64)] {
            #expect(Array(bad.utf8).withUnsafeBytes { Fields.identifier($0) } == nil)
        }
    }

    @Test(arguments: [
        ("Cleveland Police", "cleveland"), ("Avon and Somerset Constabulary", "avon-and-somerset"),
        ("Metropolitan Police Service", "metropolitan"), ("City of London Police", "city-of-london"),
        ("Devon & Cornwall Police", "devon-and-cornwall"), ("Dyfed-Powys Police", "dyfed-powys"),
        ("British Transport Police", "btp"), ("Police Service of Northern Ireland", "northern-ireland"),
    ])
    func `a force has the short name of data.police.uk`(name: String, slug: String) {
        #expect(ForceName.slug(name) == slug)
    }

    @Test func `a name tells month and force only when it has the shape`() {
        let name = FileName("folder/2023-01/2023-01-avon-and-somerset-stop-and-search.csv.gz")
        #expect(name?.force == "avon-and-somerset" && name?.month == Month(year: 2023, month: 1))
        for other in [
            "street.csv", "2023-13-x-street.csv", "2023-01-street.csv", "2023-01-x-street.txt", "2023-01x-y-street.csv",
        ] {
            #expect(FileName(other) == nil)
        }
    }

    @Test func `the filter never says that a known key is new`() {
        var filter = BloomFilter(expected: 2000)
        var generator = SeededGenerator(seed: 3)
        let keys = (0..<2000).map { _ in generator.next() }
        let wrong = keys.count { filter.insert($0) }
        #expect(wrong <= 2)
        #expect(keys.allSatisfy { filter.insert($0) })
    }

    @Test func `a word has one number and grows no second one`() {
        var table = WordTable(seed: 5)
        let words = (0..<5000).map { Array("place \($0 % 2500)".utf8) }
        let numbers = words.map { word in word.withUnsafeBytes { table.number(.location, $0) } }
        #expect(Set(numbers).count == 2500 && table.count == 2500)
        #expect(Array(numbers.prefix(2500)) == Array(numbers.suffix(2500)))
        #expect(Array("place 1".utf8).withUnsafeBytes { table.number(.context, $0) } == 2501)
        #expect([UInt8]([0xFF, 0xFE]).withUnsafeBytes { table.number(.location, $0) } == nil)
    }
}
