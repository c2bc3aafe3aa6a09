/// Phrases to be found in a text: words, or the beginnings of words with a star, such as `strangl*`.
struct Lexicon: Sendable {
    struct Match: Sendable, Equatable {
        /// The number of the phrase, as it was given.
        let phrase: Int
        /// Numbers of words.
        let words: Range<Int>
    }

    private struct Part: Sendable {
        let hash: UInt64
        /// Bytes of a beginning; 0 for a whole word.
        let length: Int
    }

    static let shortestStem = 3

    private var phrases: [[Part]] = []
    private var whole: [UInt64: [Int]] = [:]
    private var begun: [UInt64: [Int]] = [:]
    private var lengths: [Int] = []
    /// What most words are not: hashes of whole words and first three bytes of beginnings, as bits.
    private var filter = [UInt64](repeating: 0, count: 64)

    init(_ texts: [String]) {
        for text in texts { add(text) }
        lengths = Set(phrases.compactMap { $0.first?.length }.filter { $0 > 0 }).sorted()
    }

    private mutating func add(_ text: String) {
        let scan = WordScan(text)
        let pieces = text.split(whereSeparator: \.isWhitespace).map { $0.hasSuffix("*") }
        let isSplitAlike = pieces.count == scan.count
        let parts = scan.words.enumerated().map { number, word -> Part in
            let isBeginning = isSplitAlike && pieces[number]
            return Part(hash: word.hash, length: isBeginning ? Int(word.end - word.start) : 0)
        }
        let number = phrases.count
        phrases.append(parts)
        guard let first = parts.first, let word = scan.words.first else { return }
        if first.length == 0 {
            whole[first.hash, default: []].append(number)
            mark(first.hash)
        } else {
            begun[first.hash, default: []].append(number)
            if let opening = Lexicon.opening(scan, word) { mark(opening) }
        }
    }

    /// In the order of the text.
    func matches(in scan: WordScan) -> [Match] {
        var found: [Match] = []
        for (index, word) in scan.words.enumerated() {
            if isMarked(word.hash), let numbers = whole[word.hash] { check(numbers, scan, index, &found) }
            guard !lengths.isEmpty, let opening = Lexicon.opening(scan, word), isMarked(opening) else { continue }
            for length in lengths {
                guard let hash = scan.prefixHash(word, length) else { break }
                if let numbers = begun[hash] { check(numbers, scan, index, &found) }
            }
        }
        return found
    }

    func isFound(in scan: WordScan) -> Bool { !matches(in: scan).isEmpty }

    private mutating func mark(_ hash: UInt64) { filter[Int(hash >> 6 & 63)] |= 1 << (hash & 63) }

    private func isMarked(_ hash: UInt64) -> Bool { filter[Int(hash >> 6 & 63)] & (1 << (hash & 63)) != 0 }

    private func check(_ numbers: [Int], _ scan: WordScan, _ index: Int, _ found: inout [Match]) {
        for number in numbers {
            let parts = phrases[number]
            guard index + parts.count <= scan.count else { continue }
            let isThere = parts.indices.dropFirst().allSatisfy { part in
                let (wanted, word) = (parts[part], scan.words[index + part])
                return wanted.length == 0
                    ? word.hash == wanted.hash : scan.prefixHash(word, wanted.length) == wanted.hash
            }
            if isThere { found.append(Match(phrase: number, words: index..<index + parts.count)) }
        }
    }

    private static func opening(_ scan: WordScan, _ word: WordScan.Word) -> UInt64? {
        guard word.end - word.start >= shortestStem else { return nil }
        let start = Int(word.start)
        let bytes = scan.normal[start..<start + 3].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Fold.mix(bytes)
    }
}
