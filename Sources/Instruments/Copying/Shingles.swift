/// Runs of words as numbers, and which of them stand for a text.
///
/// Shingles: Broder, "On the resemblance and containment of documents", 1997. Winnowing: Schleimer, Wilkerson and Aiken,
/// "Winnowing: local algorithms for document fingerprinting", 2003: a run of `window + words − 1` words that two texts
/// share always has a shingle that is kept.
struct Shingles: Sendable {
    struct Mark: Sendable, Equatable {
        let hash: UInt32
        /// Number of its first word.
        let position: Int
    }

    /// Words in a shingle.
    let words: Int
    /// Of so many neighbours one is kept.
    let window: Int
    let seed: UInt64

    /// Every shingle of a text, in order.
    ///
    /// - Parameters:
    ///   - scope: among whose texts it is looked for.
    ///   - masked: words that belong to boiler-plate; no shingle holds one.
    func all(of scan: WordScan, scope: UInt64, masked: [Range<Int>]) -> [Mark] {
        guard scan.count >= words else { return [] }
        var free = [Bool](repeating: true, count: scan.count)
        for range in masked { for index in range { free[index] = false } }
        let base = Fold.mix(seed ^ scope)
        var (run, marks): (Int, [Mark]) = (0, [])
        marks.reserveCapacity(scan.count)
        for index in 0..<scan.count {
            run = free[index] ? run + 1 : 0
            guard run >= words else { continue }
            var hash = base
            for word in index - words + 1...index { hash = Fold.mix(hash ^ scan.words[word].hash) }
            let short = UInt32(truncatingIfNeeded: hash)
            marks.append(Mark(hash: short == 0 ? 1 : short, position: index - words + 1))
        }
        return marks
    }

    /// Those that are kept: the smallest of each `window` neighbours, of equals the last. Words between which
    /// boiler-plate stands are no neighbours.
    func kept(_ marks: [Mark]) -> [Mark] {
        var (kept, start): ([Mark], Int) = ([], 0)
        for index in marks.indices {
            let isLast = index + 1 == marks.count || marks[index + 1].position != marks[index].position + 1
            guard isLast else { continue }
            keep(marks[start...index], &kept)
            start = index + 1
        }
        return kept
    }

    private func keep(_ marks: ArraySlice<Mark>, _ kept: inout [Mark]) {
        guard marks.count > window else {
            if let smallest = marks.min(by: { $0.hash < $1.hash }) { kept.append(smallest) }
            return
        }
        var smallest = marks.startIndex - 1
        for end in (marks.startIndex + window - 1)..<marks.endIndex {
            let start = end - window + 1
            if smallest < start {
                smallest = start
                for index in start...end where marks[index].hash <= marks[smallest].hash { smallest = index }
                kept.append(marks[smallest])
            } else if marks[end].hash <= marks[smallest].hash {
                smallest = end
                kept.append(marks[smallest])
            }
        }
    }
}
