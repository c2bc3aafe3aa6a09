import Crypto
import Foundation
public import Kernel

extension Assessment {
    /// Where an assessment came from that was not written here: which file of which agency, brought in by whom and when.
    public struct Provenance: Sendable, Hashable, Codable {
        /// The agency that made it.
        public let agency: String
        /// That agency's own number: the same number is the same assessment.
        public let number: String
        public let file: String
        public let line: Int
        /// Whoever brought it in, as she signs in.
        public let by: String
        public let at: Moment
        /// The record of the load.
        public let intake: String
        /// The last day on which it may be held, where another agency shares it.
        public let until: Day?
        /// The line said when the police were told; without that, nobody knows whether it was sent in time.
        public let saysReported: Bool
        /// Its own system still waited for a review.
        public let isAwaited: Bool
        /// What the line said, as a digest: told apart from a line that says something else.
        public internal(set) var digest: String
        /// The version of the record that holds what was brought in, and how many events that had.
        let version: Int
        let events: Int
    }

    /// Somebody here works on it: she wrote it here, or went on with one that was brought in.
    public var isWorkedHere: Bool { imported.map { events.count > $0.events } ?? true }

    /// It may wait for somebody here: what is over in another system does not.
    public var isOnAList: Bool { isWorkedHere || imported?.isAwaited == true }

    static let importedIndex = "imported"

    /// One number of one agency is one assessment.
    static func importedKey(_ agency: String, _ number: String) -> String { "\(agency) \(number.lowercased())" }
}

/// A digest of what a line says.
enum LineDigest {
    /// SHA-256 over the value as JSON with sorted keys, in hexadecimal.
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return SHA256.hash(data: try encoder.encode(value)).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}
