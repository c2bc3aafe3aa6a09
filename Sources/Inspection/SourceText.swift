/// A line of the report as pasted, with even white space and without mark-up.
struct SourceLine: Equatable {
    /// From 1, in the text as given.
    var number: Int
    var text: String
    var isBullet: Bool
}

/// The text of a report made even: one kind of line end and space, nothing invisible, stray mark-up taken out.
///
/// Works on bytes and looks at each a bounded number of times, because what is pasted can be anything.
struct SourceText {
    private(set) var lines: [SourceLine] = []
    private(set) var cleaned: [SetAside] = []
    private(set) var tagCount = 0
    private(set) var controlCount = 0

    init(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(200)
        var number = 1
        var wasReturn = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where wasReturn: wasReturn = false
            case 0x0A, 0x0D, 0x85, 0x2028, 0x2029:
                add(&bytes, number)
                number += 1
                wasReturn = scalar.value == 0x0D
                continue
            case 0x09, 0x0B, 0x0C, 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
                if bytes.last != 0x20, !bytes.isEmpty { bytes.append(0x20) }
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0xAD: break
            case 0x00...0x1F, 0x7F, 0xFFFD: controlCount += 1
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            wasReturn = false
        }
        add(&bytes, number)
        lines = LineJoiner.joined(lines)
    }

    private mutating func add(_ bytes: inout [UInt8], _ number: Int) {
        defer { bytes.removeAll(keepingCapacity: true) }
        var markup: [String] = []
        var clean = Markup.removed(from: bytes, fragments: &markup)
        tagCount += markup.count
        for fragment in markup { cleaned.append(SetAside(line: number, text: fragment, reason: .markup)) }
        let isBullet = Bullet.strip(&clean)
        trim(&clean)
        guard !clean.isEmpty || isBullet else { return }
        lines.append(SourceLine(number: number, text: String(decoding: clean, as: UTF8.self), isBullet: isBullet))
    }

    private func trim(_ bytes: inout [UInt8]) {
        while bytes.last == 0x20 { bytes.removeLast() }
        let lead = bytes.prefix { $0 == 0x20 }.count
        if lead > 0 { bytes.removeFirst(lead) }
    }
}

/// The marks with which lists are written in pasted text.
enum Bullet {
    private static let marks: [[UInt8]] = ["•", "●", "▪", "◦", "‣", "·", "–", "—", "-", "*"].map { Array($0.utf8) }

    /// Takes the mark off the front; true when there was one. `#` of a heading goes too, and makes no bullet.
    static func strip(_ line: inout [UInt8]) -> Bool {
        let start = line.prefix { $0 == 0x20 }.count
        if start > 0 { line.removeFirst(start) }
        while line.first == UInt8(ascii: "#") { line.removeFirst() }
        if line.starts(with: [0x2A, 0x2A]), line.count > 4, line.suffix(2) == [0x2A, 0x2A] {
            line = Array(line.dropFirst(2).dropLast(2))
            return false
        }
        for mark in marks where line.starts(with: mark) {
            let rest = line.dropFirst(mark.count)
            guard rest.isEmpty || rest.first == 0x20 || mark.count > 1 || startsWord(rest) else { return false }
            line = Array(rest)
            return true
        }
        if line.starts(with: [0x6F, 0x20]) {
            line.removeFirst(2)
            return true
        }
        return stripNumber(&line)
    }

    /// "-identify": the space after the mark was lost.
    private static func startsWord(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.first.map { (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) } ?? false
    }

    /// `1.`, `12)`, `(a)`, `iv.`, followed by a space.
    private static func stripNumber(_ line: inout [UInt8]) -> Bool {
        guard let space = line.prefix(7).firstIndex(of: 0x20), space >= 2 else { return false }
        var mark = line[0..<space]
        guard let end = mark.popLast(), end == UInt8(ascii: ".") || end == UInt8(ascii: ")") else { return false }
        if mark.first == UInt8(ascii: "(") { mark.removeFirst() }
        let isNumber = mark.allSatisfy { (0x30...0x39).contains($0) } && mark.count <= 2
        let isLetter = mark.count == 1 && (0x61...0x7A).contains(mark[mark.startIndex])
        let isRoman = mark.count <= 4 && mark.allSatisfy { "ivx".utf8.contains($0) }
        guard !mark.isEmpty, isNumber || isLetter || isRoman else { return false }
        line.removeFirst(space + 1)
        return true
    }
}

/// Fragments of web mark-up that were pasted along with the words.
enum Markup {
    private static let names: Set<String> = [
        "a", "b", "i", "p", "li", "ul", "ol", "br", "em", "td", "tr", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div",
        "span", "strong", "table", "tbody", "thead", "section", "article", "html", "body", "head", "script", "style",
        "link", "meta", "title", "nav", "header", "footer", "main", "img", "button", "form", "input", "sup", "sub",
        "blockquote",
    ]
    private static let space = Array("&nbsp;".utf8)

    /// The line without whole tags (`<li>`, `</p>`), broken ends of tags (`,/li>`) and `&nbsp;`.
    static func removed(from line: [UInt8], fragments: inout [String]) -> [UInt8] {
        guard line.contains(0x3E) || line.contains(0x26) else { return line }
        var result: [UInt8] = []
        result.reserveCapacity(line.count)
        var index = 0
        while index < line.count {
            if let end = fragmentEnd(line, index) {
                fragments.append(String(decoding: line[index..<end], as: UTF8.self))
                index = end
            } else {
                result.append(line[index])
                index += 1
            }
        }
        return result
    }

    private static func fragmentEnd(_ line: [UInt8], _ start: Int) -> Int? {
        switch line[start] {
        case UInt8(ascii: "<"): return tagEnd(line, start + 1)
        case UInt8(ascii: ","), UInt8(ascii: "/"): return brokenEnd(line, start)
        case UInt8(ascii: "&"):
            return line[start...].starts(with: space) ? start + space.count : nil
        default: return nil
        }
    }

    /// After `<`: a known name, then anything up to `>` within 300 bytes.
    private static func tagEnd(_ line: [UInt8], _ start: Int) -> Int? {
        var index = start
        if index < line.count, line[index] == UInt8(ascii: "/") || line[index] == UInt8(ascii: "!") { index += 1 }
        guard let nameEnd = nameEnd(line, index) else { return nil }
        let limit = min(line.count, nameEnd + 300)
        guard nameEnd < limit, let close = line[nameEnd..<limit].firstIndex(of: 0x3E) else { return nil }
        return close + 1
    }

    /// `/li>` or `,/li>`: what is left of `</li>` when its bracket was mistyped.
    private static func brokenEnd(_ line: [UInt8], _ start: Int) -> Int? {
        var index = start
        if line[index] == UInt8(ascii: ",") { index += 1 }
        guard index < line.count, line[index] == UInt8(ascii: "/"), let end = nameEnd(line, index + 1),
            end < line.count, line[end] == 0x3E
        else { return nil }
        return end + 1
    }

    private static func nameEnd(_ line: [UInt8], _ start: Int) -> Int? {
        var end = start
        while end < line.count, end - start <= 10, isWord(line[end]) { end += 1 }
        guard end > start, names.contains(String(decoding: line[start..<end], as: UTF8.self).lowercased()) else {
            return nil
        }
        return end
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
