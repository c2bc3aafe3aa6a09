import Linkage

/// The words of the names on a shelf, each held once, so that whether it fits is asked once however many have it.
struct HeldWords {
    private struct Word {
        let text: String
        let letters: [UInt8]
        /// Number of its sound.
        let sound: Int32
    }

    private var words: [Word] = []
    private var numbers: [String: Int32] = [:]
    private var sounds: [String: Int32] = [:]
    /// Where the words of each row begin in `held`; one more than there are rows.
    private var begins: [UInt32] = [0]
    /// Twice the number of a word, and one more where it is of a family name.
    private var held: [Int32] = []

    /// The next row.
    mutating func add(given: [String], family: [String]) {
        held += given.map { number($0) * 2 } + family.map { number($0) * 2 + 1 }
        begins.append(UInt32(held.count))
    }

    private mutating func number(_ text: String) -> Int32 {
        if let known = numbers[text] { return known }
        let (sound, number) = (SoundKey.of(text), Int32(words.count))
        let known = sounds[sound] ?? Int32(sounds.count)
        (sounds[sound], numbers[text]) = (known, number)
        words.append(Word(text: text, letters: Array(text.utf8), sound: known))
        return number
    }

    fileprivate func row(_ row: Int) -> ArraySlice<Int32> { held[Int(begins[row])..<Int(begins[row + 1])] }

    /// Which rows have a word that fits one that was asked for: begins so, is a nickname of it, sounds alike, or is a
    /// family name with it inside.
    final class Fitting {
        private let (asked, letters, sound): (String, [UInt8], Int32?)
        private let words: HeldWords
        private let nicknames: Nicknames
        private let (isLong, hasNickname): (Bool, Bool)
        /// By what `held` has: 0 not looked at, 1 fits, 2 does not.
        private var known: [UInt8]

        init(_ asked: String, _ words: HeldWords, _ nicknames: Nicknames) {
            (self.asked, self.words, self.nicknames) = (asked, words, nicknames)
            letters = Array(asked.utf8)
            (isLong, hasNickname) = (asked.count > 3, nicknames.knows(asked))
            sound = isLong ? words.sounds[SoundKey.of(asked)] : nil
            known = Array(repeating: 0, count: words.words.count * 2)
        }

        func has(_ row: Int) -> Bool { words.row(row).contains(where: fits) }

        private func fits(_ held: Int32) -> Bool {
            if known[Int(held)] == 0 { known[Int(held)] = looked(held) ? 1 : 2 }
            return known[Int(held)] == 1
        }

        private func looked(_ held: Int32) -> Bool {
            let word = words.words[Int(held / 2)]
            return word.letters.starts(with: letters) || word.sound == sound
                || (hasNickname && nicknames.related(asked, word.text))
                || (isLong && held % 2 == 1 && isInside(word.letters))
        }

        private func isInside(_ name: [UInt8]) -> Bool {
            guard name.count > letters.count else { return false }
            return (1...(name.count - letters.count)).contains { start in
                letters.indices.allSatisfy { name[start + $0] == letters[$0] }
            }
        }
    }
}
