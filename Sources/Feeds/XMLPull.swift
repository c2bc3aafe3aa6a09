import CXML2
import Foundation
import Kernel

/// Reads a member of an archive as XML, node by node, in bounded memory. Nothing outside the member is ever fetched, and
/// a document that declares types or entities of its own is refused. Used by one thread.
final class XMLPull {
    /// Where the bytes come from; what goes wrong there waits until the reader stops.
    private final class Supply {
        let input: ArchiveInput
        var failure: (any Error)?

        init(_ input: ArchiveInput) { self.input = input }

        func fill(_ buffer: UnsafeMutablePointer<CChar>, _ count: Int32) -> Int32 {
            do {
                return Int32(try input.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))))
            } catch {
                failure = error
                return -1
            }
        }
    }

    /// XML_PARSE_NOERROR, XML_PARSE_NOWARNING (nothing is printed) and XML_PARSE_NONET.
    private static let options: Int32 = 32 | 64 | 2048

    /// Once, before any thread reads: what libxml2 sets up on first use is not safe to set up twice at a time.
    private static let isReady: Void = xmlInitParser()

    private let supply: Supply
    private let reader: OpaquePointer

    /// - Parameter input: stands at the member to be read.
    init(_ input: ArchiveInput) throws {
        XMLPull.isReady
        supply = Supply(input)
        let fill: xmlInputReadCallback = { context, buffer, count in
            guard let context, let buffer else { return -1 }
            return Unmanaged<Supply>.fromOpaque(context).takeUnretainedValue().fill(buffer, count)
        }
        let context = Unmanaged.passUnretained(supply).toOpaque()
        guard let reader = xmlReaderForIO(fill, nil, context, nil, nil, XMLPull.options) else {
            throw supply.failure ?? XMLPull.damaged
        }
        self.reader = reader
    }

    deinit { xmlFreeTextReader(reader) }

    static let damaged = Problem(
        .invalid, "This Excel file is damaged: a part of it cannot be read.",
        next: "Open it in Excel, save it again, and choose the new file.")

    /// Goes to the next node; false at the end.
    func next() throws -> Bool {
        let status = xmlTextReaderRead(reader)
        if let failure = supply.failure { throw failure }
        guard status >= 0, kind != 10 else { throw XMLPull.damaged }
        return status == 1
    }

    private var kind: Int32 { xmlTextReaderNodeType(reader) }

    var isStart: Bool { kind == 1 }
    var isEnd: Bool { kind == 15 }
    /// `<c/>`: its end is not told.
    var isEmpty: Bool { xmlTextReaderIsEmptyElement(reader) == 1 }
    /// Text, a section of text, or blanks that count.
    var isText: Bool { [3, 4, 14].contains(kind) }

    func isNamed(_ name: StaticString) -> Bool { XMLPull.equal(xmlTextReaderConstLocalName(reader), name) }

    var text: String { XMLPull.string(xmlTextReaderConstValue(reader)) }

    /// Takes each attribute of the present element.
    func attributes(_ take: (_ isNamed: (StaticString) -> Bool, _ value: () -> String) -> Void) {
        guard xmlTextReaderMoveToFirstAttribute(reader) == 1 else { return }
        repeat {
            take(isNamed, { text })
        } while xmlTextReaderMoveToNextAttribute(reader) == 1
        _ = xmlTextReaderMoveToElement(reader)
    }

    /// The attribute of that name without its prefix.
    func attribute(_ name: StaticString) -> String? {
        var found: String?
        attributes { isNamed, value in if found == nil, isNamed(name) { found = value() } }
        return found
    }

    private static func equal(_ bytes: UnsafePointer<xmlChar>?, _ name: StaticString) -> Bool {
        guard let bytes else { return false }
        let (count, wanted) = (name.utf8CodeUnitCount, name.utf8Start)
        return strncmp(
            UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self),
            UnsafeRawPointer(wanted).assumingMemoryBound(to: CChar.self), count + 1) == 0
    }

    private static func string(_ bytes: UnsafePointer<xmlChar>?) -> String {
        bytes.map { String(cString: $0) } ?? ""
    }
}
