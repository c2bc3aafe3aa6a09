extension LinkageModel {
    /// A model that was written down and not learnt from the file at hand, for records that come one by one.
    /// - Parameters:
    ///   - parts: one for each field, in order.
    ///   - prior: the probability that two records taken at random are of one person.
    public static func given(_ fields: [LinkageField], _ parts: [FieldModel], prior: Double) -> LinkageModel {
        LinkageModel(fields: fields, parts: parts, prior: prior)
    }
}

extension LinkageModel.FieldModel {
    /// Probabilities by case and level; every shared value counts as equally common.
    public static func given(m: [[Double]], u: [[Double]]) -> LinkageModel.FieldModel {
        LinkageModel.FieldModel(m: m, u: u, frequencies: TermFrequencies(common: [:], rare: u[0][0]))
    }
}

/// What words that sound alike share, so that a street spelt by ear is found.
public enum SoundKey {
    /// - Parameter word: cleaned, in small letters.
    public static func of(_ word: String) -> String {
        String(decoding: Array(word.utf8).withUnsafeBufferPointer(Phonetics.key), as: UTF8.self)
    }
}

extension MatchWeight {
    /// Of what cannot be compared.
    public static let none = MatchWeight(parts: [], total: -Double.infinity)
}
