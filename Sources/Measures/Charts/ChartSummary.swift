extension MeasureDefinition {
    /// A value of this measure as people read it: `6,135`, `43.2%`, `11.27`.
    public func inWords(_ value: Double) -> String {
        switch recipe.form {
        case .count: Figures.grouped(Int(value.rounded()))
        case .share: Figures.decimals(value * 100, 1) + "%"
        case .perThousandPeople, .mean: Figures.decimals(value, 2)
        }
    }
}

extension MeasureChart {
    /// What the chart shows, in a few sentences, for somebody who cannot see it.
    public var summary: String {
        let definition = series.definition
        guard let last = series.points.last(where: { $0.value != nil }), let value = last.value else {
            return "There is no figure to show yet."
        }
        var sentences = ["\(last.period.inWords): \(definition.inWords(value)) \(unit)."]
        if let latest {
            sentences.append(
                "Routine variation runs from \(definition.inWords(latest.low)) to \(definition.inWords(latest.high)), "
                    + "around \(definition.inWords(latest.centre)).")
        }
        switch signals.count {
        case 0: sentences.append(latest == nil ? "There are no limits yet." : "No point signals a change.")
        case 1: sentences.append("One pattern signals a change.")
        default: sentences.append("\(signals.count) patterns signal a change.")
        }
        return sentences.joined(separator: " ")
    }

    private var unit: String {
        switch series.definition.recipe.form {
        case .share: "of \(series.definition.denominator?.lowercasedFirst ?? "all")"
        default: series.definition.unit
        }
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

/// Numbers in British writing.
enum Figures {
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    static func decimals(_ value: Double, _ places: Int) -> String {
        let scale = [1, 10, 100, 1000][min(max(places, 0), 3)]
        let scaled = value * Double(scale)
        guard scaled.isFinite, abs(scaled) < 1e15 else { return "\(value)" }
        let rounded = Int(scaled.rounded())
        let rest = String(rounded.magnitude % UInt(scale))
        let sign = rounded < 0 ? "-" : ""
        let whole = grouped(Int(rounded.magnitude / UInt(scale)))
        return places == 0
            ? sign + whole : sign + whole + "." + String(repeating: "0", count: places - rest.count) + rest
    }
}
