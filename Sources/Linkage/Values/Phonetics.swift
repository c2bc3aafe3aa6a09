/// A short key that names which sound alike share: the classes of letters of Soundex (Russell 1918) over the whole name
/// with the usual silent letters of English, Celtic and transliterated spellings put right first, at most five places.
enum Phonetics {
    private static let classes: [UInt8] = Array("01230120022455012623010202".utf8)

    /// Of the first word of a cleaned name. What is not in plain letters is its own key.
    static func key(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var letters = Array(name.prefix { $0 != 0x20 })
        guard letters.allSatisfy({ (0x61...0x7A).contains($0) }) else { return letters }
        respell(&letters)
        var key: [UInt8] = []
        var last: UInt8 = 0
        for (index, letter) in letters.enumerated() {
            let sound = classes[Int(letter) - 0x61]
            if index == 0 {
                key.append(letter)
            } else if sound != 0x30, sound != last {
                key.append(sound)
            }
            if letter != 0x68, letter != 0x77 { last = sound }
            if key.count == 5 { break }
        }
        return key
    }

    private static let openings: [(String, String)] = [
        ("kn", "n"), ("gn", "n"), ("wr", "r"), ("ph", "f"), ("ps", "s"), ("mac", "mc"), ("c", "k"), ("q", "k"),
        ("z", "s"), ("j", "g"), ("y", "i"), ("ou", "u"), ("x", "s"),
    ]

    private static func respell(_ letters: inout [UInt8]) {
        for (from, to) in openings where letters.starts(with: from.utf8) {
            letters.replaceSubrange(0..<from.utf8.count, with: to.utf8)
            break
        }
    }
}
