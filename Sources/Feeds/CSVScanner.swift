import Foundation
import Kernel

/// Cuts a stream of bytes into records and fields, as RFC 4180 has it, with LF or CRLF. Fields are ranges of its own
/// buffer: valid until the next record is asked for. Used by one thread.
final class CSVScanner {
    enum Flaw: Equatable {
        /// The stream ended inside a quoted field.
        case openQuote
        /// Something other than a comma follows a closing quote.
        case strayQuote
        case zeroByte
    }

    static let maximumFields = 256

    /// Line on which the record starts, from 1.
    private(set) var line = 0
    private(set) var fieldCount = 0
    private(set) var flaw: Flaw?
    private(set) var bytesRead: Int64 = 0
    /// The record as it stands in the file, without its line end.
    private(set) var raw = UnsafeRawBufferPointer(start: nil, count: 0)

    private let source: (UnsafeMutableRawBufferPointer) throws -> Int
    private let lineLimit: Int
    private let delimiter: UInt8
    private let buffer: UnsafeMutableRawBufferPointer
    private let scratch: UnsafeMutableRawBufferPointer
    private let fields: UnsafeMutableBufferPointer<UnsafeRawBufferPointer>
    private var scratchUsed = 0
    private var position = 0
    private var limit = 0
    private var isAtEnd = false
    private var nextLine = 1

    init(
        lineLimit: Int, delimiter: UInt8 = 0x2C, source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
    ) {
        (self.lineLimit, self.delimiter, self.source) = (lineLimit, delimiter, source)
        buffer = .allocate(byteCount: max(1 << 20, lineLimit * 4), alignment: 16)
        scratch = .allocate(byteCount: lineLimit + 16, alignment: 16)
        fields = .allocate(capacity: CSVScanner.maximumFields)
        fields.initialize(repeating: UnsafeRawBufferPointer(start: nil, count: 0))
    }

    deinit {
        buffer.deallocate()
        scratch.deallocate()
        fields.deallocate()
    }

    /// Field `index` of the present record; empty where it has none, or more than `maximumFields`.
    subscript(index: Int) -> UnsafeRawBufferPointer {
        index < min(fieldCount, fields.count) ? fields[index] : UnsafeRawBufferPointer(start: nil, count: 0)
    }

    func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    /// Goes to the next record that is not blank; false at the end.
    /// - Throws: `Problem` for a line that is too long, and whatever the source throws.
    func next() throws -> Bool {
        while let end = try lineEnd(from: 0) {
            let length = CSVScanner.withoutReturn(buffer, position, end)
            guard length > 0 else {
                step(past: end)
                continue
            }
            line = nextLine
            (flaw, fieldCount, scratchUsed) = (nil, 0, 0)
            let start = UnsafeRawPointer(pointer).advanced(by: position)
            if memchr(start, 0, length) != nil { flaw = .zeroByte }
            if memchr(start, 0x22, length) == nil {
                raw = UnsafeRawBufferPointer(start: start, count: length)
                split(raw)
                step(past: end)
            } else {
                try quotedRecord()
            }
            return true
        }
        return false
    }

    private var pointer: UnsafeMutableRawPointer { buffer.baseAddress.unsafelyUnwrapped }

    private func step(past end: Int) {
        position = min(end + 1, limit)
        nextLine += 1
    }

    private static func withoutReturn(_ buffer: UnsafeMutableRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        end > start && buffer[end - 1] == 0x0D ? end - start - 1 : end - start
    }

    /// Where the line that holds `position + offset` ends, or nil when nothing is left.
    private func lineEnd(from offset: Int) throws -> Int? {
        var searched = offset
        while true {
            let start = position + searched
            if start < limit, let found = memchr(pointer.advanced(by: start), 0x0A, limit - start) {
                let end = UnsafeRawPointer(found) - UnsafeRawPointer(pointer)
                guard end - position <= lineLimit else { throw tooLong() }
                return end
            }
            searched = limit - position
            guard searched <= lineLimit else { throw tooLong() }
            if isAtEnd { return searched > offset ? limit : nil }
            try fill()
        }
    }

    private func fill() throws {
        let rest = limit - position
        if position > 0, rest > 0 { memmove(pointer, pointer.advanced(by: position), rest) }
        (position, limit) = (0, rest)
        while limit < buffer.count {
            let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[limit...]))
            guard count > 0 else {
                isAtEnd = true
                return
            }
            limit += count
            bytesRead += Int64(count)
        }
    }

    private func tooLong() -> Problem {
        Problem(
            .refused, "Line \(nextLine) is longer than \(lineLimit >> 10) KiB, so this is no table of records.",
            next: "Check that a quotation mark is not left open, or download the file again.")
    }

    private func split(_ record: UnsafeRawBufferPointer) {
        var rest = record
        while let base = rest.baseAddress, let comma = memchr(base, Int32(delimiter), rest.count) {
            let length = UnsafeRawPointer(comma) - base
            add(UnsafeRawBufferPointer(start: base, count: length))
            rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
        }
        add(rest)
    }

    private func add(_ field: UnsafeRawBufferPointer) {
        if fieldCount < CSVScanner.maximumFields { fields[fieldCount] = field }
        fieldCount += 1
    }
}

extension CSVScanner {
    private enum Place {
        case start, plain, quoted, closed
    }

    /// A record with quotation marks; it may run over several lines. Its fields are copied without the marks.
    private func quotedRecord() throws {
        var place = Place.start
        var (offset, begin) = (0, 0)
        while let end = try lineEnd(from: offset) {
            let stop = CSVScanner.withoutReturn(buffer, position + offset, end) + offset
            consume(offset..<stop, &place, &begin)
            let lineStop = end - position
            offset = min(lineStop + 1, limit - position)
            guard place == .quoted else { return finishQuoted(begin, length: offset) }
            guard end < limit else { break }
            (stop..<lineStop + 1).forEach { keep(buffer[position + $0]) }
        }
        flaw = flaw ?? .openQuote
        finishQuoted(begin, length: offset)
    }

    private func consume(_ range: Range<Int>, _ place: inout Place, _ begin: inout Int) {
        for index in range {
            let byte = buffer[position + index]
            switch (place, byte) {
            case (.start, 0x22): place = .quoted
            case (.start, delimiter), (.plain, delimiter), (.closed, delimiter):
                addScratch(from: begin)
                (begin, place) = (scratchUsed, .start)
            case (.quoted, 0x22): place = .closed
            case (.closed, 0x22):
                keep(byte)
                place = .quoted
            case (.closed, _): flaw = .strayQuote
            case (.start, _), (.plain, _):
                keep(byte)
                place = .plain
            case (.quoted, _): keep(byte)
            }
        }
    }

    private func keep(_ byte: UInt8) {
        guard scratchUsed < scratch.count else { return }
        scratch[scratchUsed] = byte
        scratchUsed += 1
    }

    private func addScratch(from begin: Int) {
        add(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(scratch)[begin..<scratchUsed]))
    }

    private func finishQuoted(_ begin: Int, length: Int) {
        addScratch(from: begin)
        var bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[position..<position + length])
        nextLine += max(1, bytes.count { $0 == 0x0A })
        position += length
        while let last = bytes.last, last == 0x0A || last == 0x0D {
            bytes = UnsafeRawBufferPointer(rebasing: bytes.dropLast())
        }
        raw = bytes
        if bytes.contains(0) { flaw = .zeroByte }
    }
}
