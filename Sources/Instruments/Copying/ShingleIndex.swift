/// One answer's words, as they are compared with those of earlier forms.
public struct FormText: Sendable, Hashable {
    /// The question under which they stand.
    public let question: String
    public let text: String

    public init(question: String, text: String) { (self.question, self.text) = (question, text) }
}

/// Words that stand in an earlier form of the same person too.
public struct CopiedPassage: Sendable, Hashable, Codable {
    /// The earlier form.
    public let form: String
    public let question: String
    /// As it stands in the newer form.
    public let passage: String
    /// Words in it.
    public let words: Int

    public init(form: String, question: String, passage: String, words: Int) {
        (self.form, self.question, self.passage, self.words) = (form, question, passage, words)
    }
}

/// Finds words that were copied from one form to another, among the forms of one officer.
///
/// It holds hashes and no text. Memory is bounded: beyond `most` forms the oldest are forgotten, some at once, and of one
/// officer the newest 16,384 are kept.
/// The same forms in the same order with the same seed give the same answers.
public struct ShingleIndex: Sendable {
    public struct Settings: Sendable {
        /// Words in a shingle.
        public let words: Int
        /// Of so many neighbouring shingles one is kept; no more than `words`, so that every word told was compared.
        public let window: Int
        /// Runs that are found shorter are not told. Each copied run of `shortest + 2 × (window − 1)` words is.
        public let shortest: Int
        /// Forms that are remembered.
        public let most: Int

        public init(words: Int = 5, window: Int = 4, shortest: Int = 12, most: Int = 200_000) {
            (self.words, self.window, self.shortest, self.most) = (words, min(window, words), shortest, most)
        }
    }

    private let shingles: Shingles
    private let settings: Settings
    private let boilerplate: Lexicon
    /// Each author's forms in a table of their own: what is looked up together lies together.
    private var authors: [String: ShingleSegment] = [:]
    /// The authors of the forms, in the order in which they were added.
    private var order: [String] = []

    /// - Parameters:
    ///   - seed: of the house, so that nobody can make words that look copied.
    ///   - boilerplate: phrases that everybody writes; they are not compared.
    public init(seed: UInt64, settings: Settings = Settings(), boilerplate: [String] = []) {
        shingles = Shingles(words: settings.words, window: settings.window, seed: seed)
        (self.settings, self.boilerplate) = (settings, Lexicon(boilerplate))
    }

    /// Forms that it remembers.
    public private(set) var count = 0

    /// Bytes of its tables.
    public var bytes: Int { authors.values.reduce(0) { $0 + $1.bytes } }

    /// One text with every shingle that no boiler-plate covers.
    private struct Read {
        let text: FormText
        let scan: WordScan
        let marks: [Shingles.Mark]
    }

    private func read(_ texts: [FormText], by author: String) -> [Read] {
        let scope = Fold.hash(author)
        return texts.map { text in
            let scan = WordScan(text.text)
            let masked = boilerplate.matches(in: scan).map(\.words)
            return Read(text: text, scan: scan, marks: shingles.all(of: scan, scope: scope, masked: masked))
        }
    }

    /// Remembers a form. Erase it first where it is there already.
    ///
    /// - Parameter author: whose forms are compared with one another.
    public mutating func add(_ form: String, by author: String, _ texts: [FormText]) {
        add(form, by: author, read(texts, by: author))
    }

    /// What of a form stands in earlier ones of the same author; then it is remembered. Each text is read once for both.
    public mutating func take(_ form: String, by author: String, _ texts: [FormText]) -> [CopiedPassage] {
        let read = read(texts, by: author)
        let found = copies(in: read, by: author, of: nil)
        add(form, by: author, read)
        return found
    }

    private mutating func add(_ form: String, by author: String, _ texts: [Read]) {
        var (marks, offset): ([Shingles.Mark], Int) = ([], 0)
        for text in texts {
            marks += shingles.kept(text.marks).map { Shingles.Mark(hash: $0.hash, position: $0.position + offset) }
            // Two texts of one form never follow one another on one line.
            offset += text.scan.count + settings.window + settings.words
        }
        authors[author, default: ShingleSegment()].add(form, marks)
        order.append(author)
        count += 1
        if authors[author]?.isFull == true { forget(ShingleSegment.mostForms / 2, of: author) }
        if count > settings.most { forgetOldest(max(1, settings.most / 16)) }
    }

    /// Forgets forms whole, as when a review under retention erased them.
    public mutating func erase(_ forms: Set<String>, by author: String) {
        guard let segment = authors[author] else { return }
        replace(segment, with: segment.without(forms), author)
    }

    private mutating func forgetOldest(_ number: Int) {
        var share: [String: Int] = [:]
        for author in order.prefix(number) { share[author, default: 0] += 1 }
        order.removeFirst(min(number, order.count))
        for (author, forms) in share { forget(forms, of: author) }
    }

    /// Her oldest forms. `order` may hold more of her than are left: then fewer are forgotten.
    private mutating func forget(_ number: Int, of author: String) {
        guard let segment = authors[author] else { return }
        replace(segment, with: segment.without(Set(segment.forms.prefix(number))), author)
    }

    private mutating func replace(_ segment: ShingleSegment, with next: ShingleSegment, _ author: String) {
        count -= segment.forms.count - next.forms.count
        authors[author] = next.forms.isEmpty ? nil : next
    }

    /// What of these texts stands in earlier forms of the same author: for each run of words the longest copy, of
    /// equals the newest form.
    ///
    /// - Parameter form: is not compared with itself.
    public func copies(in texts: [FormText], by author: String, of form: String? = nil) -> [CopiedPassage] {
        guard authors[author] != nil else { return [] }
        return copies(in: read(texts, by: author), by: author, of: form)
    }

    private func copies(in texts: [Read], by author: String, of form: String?) -> [CopiedPassage] {
        guard let segment = authors[author] else { return [] }
        return texts.flatMap { text in
            chosen(runs(text.marks, segment, form)).map { run in
                CopiedPassage(
                    form: segment.forms[run.form], question: text.text.question,
                    passage: passage(text.text.text, text.scan, run.words), words: run.words.count)
            }
        }
    }

    private struct Run {
        let form: Int
        let words: Range<Int>
    }

    /// One shingle that an earlier form has too. A copy stands on one line: the same form, and as far from where it stands
    /// in this one.
    private struct Hit {
        let form: Int
        let shift: Int
        let position: Int

        func isOnOneLine(with other: Hit) -> Bool { form == other.form && shift == other.shift }
    }

    /// Runs of words that some earlier form has in the same order.
    private func runs(_ marks: [Shingles.Mark], _ segment: ShingleSegment, _ own: String?) -> [Run] {
        var hits: [Hit] = []
        for mark in marks {
            segment.visit(mark.hash) { place in
                let (form, position) = (Int(place.form), Int(place.position))
                hits.append(Hit(form: form, shift: position - mark.position, position: mark.position))
            }
        }
        guard hits.count > 1 else { return hits.isEmpty ? [] : joined(hits[...], segment, own) }
        hits.sort { ($0.form, $0.shift, $0.position) < ($1.form, $1.shift, $1.position) }
        var (runs, start): ([Run], Int) = ([], 0)
        for index in hits.indices
        where index + 1 == hits.count || !hits[index].isOnOneLine(with: hits[index + 1]) {
            runs += joined(hits[start...index], segment, own)
            start = index + 1
        }
        return runs
    }

    /// Those of one line as runs; none of the form itself, and none that could not be told.
    private func joined(_ hits: ArraySlice<Hit>, _ segment: ShingleSegment, _ own: String?) -> [Run] {
        guard let first = hits.first, let last = hits.last,
            last.position + settings.words - first.position >= settings.shortest, segment.forms[first.form] != own
        else { return [] }
        return joined(hits.map(\.position), form: first.form)
    }

    /// Neighbouring shingles as one run. Positions are in order.
    private func joined(_ positions: [Int], form: Int) -> [Run] {
        var (runs, start, end): ([Run], Int, Int) = ([], positions[0], positions[0] + settings.words)
        func close() {
            guard end - start >= settings.words else { return }
            runs.append(Run(form: form, words: start..<end))
        }
        for position in positions.dropFirst() {
            if position <= end + settings.window - settings.words {
                end = position + settings.words
            } else {
                close()
                (start, end) = (position, position + settings.words)
            }
        }
        close()
        return runs
    }

    /// The longest first, and none that overlaps with a longer one; then in the order of the text.
    private func chosen(_ runs: [Run]) -> [Run] {
        var chosen: [Run] = []
        let ordered = runs.sorted {
            ($0.words.count, $0.form, -$0.words.lowerBound)
                > ($1.words.count, $1.form, -$1.words.lowerBound)
        }
        for run in ordered where run.words.count >= settings.shortest {
            if !chosen.contains(where: { $0.words.overlaps(run.words) }) { chosen.append(run) }
        }
        return chosen.sorted { $0.words.lowerBound < $1.words.lowerBound }
    }

    private func passage(_ text: String, _ scan: WordScan, _ words: Range<Int>) -> String {
        guard let first = words.first, let last = words.last else { return "" }
        let utf8 = text.utf8
        let from = utf8.index(utf8.startIndex, offsetBy: Int(scan.words[first].from))
        let to = utf8.index(utf8.startIndex, offsetBy: Int(scan.words[last].to))
        return String(text[from..<to])
    }
}
