import Foundation
import Linkage

extension Person {
    /// How a comparison reads her: rows of raw values in the order of the fields of `person-model.yaml`. The first row
    /// has what stands now; the others have one of her other names, earlier addresses, telephones and numbers in its
    /// place. Two persons weigh what their best two rows do. What is sealed is no part of a person's body, and so of
    /// none.
    var linkageValues: [[String]] {
        let (places, known) = (Array(addresses.reversed()), PersonNumbers(identifiers))
        func row(_ name: Int = 0, _ place: Int = 0, _ phone: Int = 0, _ number: Int = 0) -> [String] {
            let (name, place) = (names.at(name), places.at(place))
            return [
                name?.given ?? "", name?.family ?? "", born?.linkageText ?? "", place?.postcode ?? "",
                place?.lines.replacingOccurrences(of: "\n", with: " ") ?? "", phones.at(phone) ?? "",
                known.pnc.at(number) ?? "", known.nhs.at(number) ?? "", known.others.at(number) ?? "",
            ]
        }
        var rows = [row()]
        for index in 1..<4 where index < names.count { rows.append(row(index)) }
        for index in 1..<3 where index < places.count { rows.append(row(0, index)) }
        for index in 1..<3 where index < max(phones.count, known.most) { rows.append(row(0, 0, index, index)) }
        return rows
    }

    /// The words that name the streets of her addresses.
    func streets(without common: Set<String>) -> Set<String> {
        Set(
            addresses.flatMap { NameWords.of($0.lines) }.filter { word in
                word.count > 2 && !common.contains(word) && word.allSatisfy(\.isLetter)
            })
    }
}

/// Numbers of other bodies by whose they are: one of the police against one of a hospital says nothing.
private struct PersonNumbers {
    var (pnc, nhs, others): ([String], [String], [String]) = ([], [], [])
    var most: Int { max(pnc.count, nhs.count, others.count) }

    init(_ identifiers: [PersonIdentifier]) {
        for identifier in identifiers {
            switch identifier.scheme.uppercased() {
            case "PNC": pnc.append(identifier.value)
            case "NHS": nhs.append(identifier.value)
            default: others.append("\(identifier.scheme) \(identifier.value)")
            }
        }
    }
}

extension PartialDate {
    /// As `Linkage` reads it; empty without a year, which it cannot hold.
    var linkageText: String {
        guard let year else { return "" }
        guard let month else { return String(year) }
        let padded = month < 10 ? "0\(month)" : "\(month)"
        guard let dayOfMonth else { return "\(year)-\(padded)" }
        return "\(year)-\(padded)-\(dayOfMonth < 10 ? "0\(dayOfMonth)" : "\(dayOfMonth)")"
    }
}

extension Array {
    func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

/// Compares one person with several, from what somebody sees of each.
struct PersonComparison {
    let model: PersonModel

    /// The weight of each of `others` against `asked`, in its parts; bits.
    /// - Parameter asked: rows of values, as `linkageValues` has them.
    func weigh(_ asked: [[String]], _ others: [[[String]]]) -> [MatchWeight] {
        let table = RecordTable(fields: model.linkage.fields)
        let mine = asked.map { table.add($0) }
        let theirs = others.map { rows in rows.map { table.add($0) } }
        let weigher = PairWeigher(model.linkage, table)
        return theirs.map { rows in
            let pairs = rows.flatMap { theirs in mine.map { (theirs: theirs, mine: $0) } }
            let weights = pairs.map { weigher.weight($0.theirs, $0.mine) }
            guard let best = weights.indices.max(by: { (weights[$0], -$0) < (weights[$1], -$1) }) else {
                return MatchWeight.none
            }
            return weigher.explanation(pairs[best].theirs, pairs[best].mine)
        }
    }
}
