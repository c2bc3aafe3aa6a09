import Kernel
import Linkage

/// What two records say where their parts of a weight were compared: as they have it, and not in the letters and digits
/// to which a comparison brings it.
public struct MatchedValues: Sendable {
    private let values: [String: (one: String, other: String)]

    /// - Parameters:
    ///   - one: the rows of values of the record on the left of the weight.
    ///   - other: those of the one on its right.
    init(_ weight: MatchWeight, _ model: PersonModel, one: [[String]], other: [[String]]) {
        var values: [String: (one: String, other: String)] = [:]
        for (place, field) in model.linkage.fields.enumerated() {
            guard let part = weight.parts.first(where: { $0.name == field.name }) else { continue }
            let written = { (cleaned: String, rows: [[String]]) in
                MatchedValues.written(cleaned, field.kind, rows.compactMap { $0.at(place) })
            }
            values[field.name] = (written(part.left, one), written(part.right, other))
        }
        self.values = values
    }

    /// Of the part with this name; empty for what is no field.
    public subscript(_ name: String) -> (one: String, other: String) { values[name] ?? ("", "") }

    /// The value that was brought to this text; the text itself where none was.
    private static func written(_ cleaned: String, _ kind: FieldKind, _ raw: [String]) -> String {
        guard !cleaned.isEmpty else { return "" }
        let found = raw.first { Cleaning.cleaned($0, as: kind) == cleaned } ?? cleaned
        switch kind {
        case .dateOfBirth: return IntakeWords.date(found)?.words ?? found
        case .postcode: return postcode(found)
        default: return found
        }
    }

    /// With the space before its last three: `ZZ9 5FB`.
    private static func postcode(_ text: String) -> String {
        let bare = text.uppercased().filter { !$0.isWhitespace }
        guard (5...7).contains(bare.count) else { return text }
        return "\(bare.dropLast(3)) \(bare.suffix(3))"
    }
}
