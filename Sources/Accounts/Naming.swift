import Foundation
import Kernel

/// Names of people and organisations, and the names people sign in with.
enum Naming {
    /// The form in which names are compared and sorted: composed (NFC), lower case, single spaces.
    static func folded(_ text: String) -> String { tidied(text).lowercased().precomposedStringWithCanonicalMapping }

    static func tidied(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    static func checkedName(_ text: String, field: String, of whom: String, _ faults: inout FieldFaults) -> String {
        let name = tidied(text)
        if name.isEmpty {
            faults.add(field, "Enter the name of \(whom)")
        } else if name.unicodeScalars.count > 100 {
            faults.add(field, "The name must be 100 characters or fewer")
        } else if name.unicodeScalars.contains(where: isInvisible) {
            faults.add(field, "The name must not hold hidden characters")
        }
        return name
    }

    static func checkedSignInName(_ text: String, _ faults: inout FieldFaults) -> String {
        let name = tidied(text)
        if name.isEmpty {
            faults.add("signInName", "Enter a name to sign in with")
        } else if !(2...64).contains(name.unicodeScalars.count) {
            faults.add("signInName", "The sign-in name must be 2 to 64 characters long")
        } else if !name.unicodeScalars.allSatisfy(mayBeInSignInName) {
            faults.add("signInName", "Use only letters, digits and . - _ @ in the sign-in name")
        }
        return name
    }

    /// ASCII letters only: two letters that look alike must not make two accounts that look alike.
    private static func mayBeInSignInName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || ".-_@".unicodeScalars.contains(scalar))
    }

    /// Control and format characters: among them those that turn the direction of a line.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format, .privateUse, .unassigned, .surrogate].contains(scalar.properties.generalCategory)
    }
}

/// Faults of a form, gathered so that a person sees all of them at once.
struct FieldFaults {
    private(set) var fields: [Problem.Field] = []

    mutating func add(_ field: String, _ message: String) { fields.append(Problem.Field(field, message)) }

    func throwIfAny() throws {
        guard !fields.isEmpty else { return }
        throw Problem(.invalid, "There is a problem", next: "Correct what is marked and send it again.", fields: fields)
    }
}
