/// Words by which a report says that something must be better.
enum Shortcoming {
    private static let signs: Set<String> = [
        "should", "must", "however", "not", "cannot", "fail", "fails", "failing", "failed", "lack", "lacks", "lacking",
        "poor", "poorly", "inconsistent", "inconsistently", "weak", "weakness", "insufficient", "concern", "concerned",
        "concerns", "inadequate", "slow", "too", "could", "limited", "shortage", "unable", "delay", "delays", "backlog",
        "rarely", "miss", "missed", "missing", "improvement",
    ]

    /// True when the text names a shortcoming or asks for something to be done.
    static func isNamed(in text: String) -> Bool {
        let words = Words.of(text)
        for (index, word) in words.enumerated() {
            if signs.contains(word.text) || word.text.hasSuffix("n't") { return true }
            let next = index + 1 < words.count ? words[index + 1].text : ""
            if word.text == "need" || word.text == "needs", next == "to" || next.isEmpty { return true }
        }
        return false
    }

    /// A sentence that tells the force to do something: "The force should …", "The constabulary needs to …".
    static func isDemand(_ sentence: String) -> Bool {
        let words = Words.of(sentence).prefix(14).map(\.text)
        for (index, word) in words.enumerated() where index > 0 {
            if word == "should" || word == "must" { return true }
            if word == "needs" || word == "need", index + 1 < words.count, words[index + 1] == "to" { return true }
        }
        return false
    }
}
