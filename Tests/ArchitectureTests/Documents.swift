import Foundation

/// Reads what the documents promise in a fixed form, so that a test can hold them to it.
enum Documents {
    /// The terms of a glossary whose entries start `**Term** – `.
    static func terms(in glossary: String) -> [String] {
        glossary.split(separator: "\n").compactMap { line in
            guard let rest = line.after("**"), let end = rest.firstRange(of: "** – ") else { return nil }
            return String(rest[..<end.lowerBound])
        }
    }

    /// The targets of relative links, `[text](target)`, without their anchors.
    static func links(in text: String) -> [String] {
        text.components(separatedBy: "](").dropFirst().compactMap { part in
            let target = part.prefix { $0 != ")" && $0 != "#" && $0 != " " }
            let outside = target.contains("://") || target.hasPrefix("mailto:")
            return target.isEmpty || outside ? nil : String(target)
        }
    }

    /// The long names of the options and flags in a source of the command.
    static func flags(in source: String) -> [String] {
        let lines = source.split(separator: "\n").map(\.trimmed)
        return lines.indices.compactMap { index in
            let line = lines[index]
            guard ["@Flag(", "@Flag ", "@Option(", "@Option "].contains(where: line.hasPrefix) else { return nil }
            let following = lines[index...].prefix(8).joined(separator: " ")
            guard let variable = following.firstRange(of: " var ") else { return nil }
            let wrapper = String(following[..<variable.lowerBound])
            return after(".customLong(\"", in: wrapper, upTo: "\"")
                ?? after(" var ", in: following, upTo: ":= ").map(kebab)
        }
    }

    private static func after(_ mark: String, in text: String, upTo stops: String) -> String? {
        guard let found = text.firstRange(of: mark) else { return nil }
        let name = text[found.upperBound...].prefix { !stops.contains($0) }
        return name.isEmpty ? nil : String(name)
    }

    private static func kebab(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
    }
}

extension Documents {
    /// The first arguments of these calls, where they are a text in quotes; in order, each once.
    static func firstTexts(of calls: [String], in source: String) -> [String] {
        var found: [String] = []
        for call in calls {
            for rest in source.components(separatedBy: call).dropFirst() {
                let argument = rest.drop(while: \.isWhitespace)
                guard argument.first == "\"", let text = argument.quoted.first, !found.contains(text) else { continue }
                found.append(text)
            }
        }
        return found
    }
}
