/// What a figure is: enough to work it out again by hand.
public struct MeasureDefinition: Sendable, Equatable, Identifiable {
    public enum Direction: String, Sendable, Codable {
        case lowerIsBetter = "lower is better"
        case higherIsBetter = "higher is better"
        case neither
    }

    public enum ChartKind: String, Sendable, Codable {
        case individuals = "XmR"
        case proportion = "p"
        case rate = "u"
    }

    public enum IntervalKind: String, Sendable, Codable {
        case wilson = "Wilson 95%"
        case poisson = "exact Poisson 95%"
        case none
    }

    /// Small letters, digits and hyphens. Never changed once shipped.
    public let id: String
    public let title: String
    /// What is counted above the line, in words.
    public let numerator: String
    /// What it is divided by, in words; nil for a plain count.
    public let denominator: String?
    public let unit: String
    /// What it can be shown by and kept to.
    public let dimensions: [MeasureDimension]
    public let direction: Direction
    public let source: String
    public let caveat: String
    public let chart: ChartKind
    public let interval: IntervalKind
    /// Which files a figure rests on at a given day.
    public let asOf: String
    let recipe: Recipe

    static let asOfRule =
        "The latest file loaded for each month counts. Months are published again with changes, so a figure can be "
        + "asked for as it was known on an earlier day."

    /// What is called the same in another list: `outcome-unable-to-prosecute-suspect` is
    /// `outcome-unable-to-prosecute`.
    func answers(to name: String) -> Bool {
        id == name || (id == MeasureCatalogue.unableToProsecute && name == id + "-suspect")
    }
}

/// A title as part of an identifier: `Theft from the person` is `theft-from-the-person`.
func slug(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    for byte in text.lowercased().utf8 {
        let isKept = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        if isKept {
            word.unicodeScalars.append(Unicode.Scalar(byte))
        } else if !word.isEmpty {
            words.append(word)
            word = ""
        }
    }
    return (words + (word.isEmpty ? [] : [word])).joined(separator: "-")
}
