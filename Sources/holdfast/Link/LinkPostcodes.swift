import Feeds
import Foundation
import Kernel
import Linkage

/// Reads where postcodes lie: CSV with a column `postcode` and either `lat` and `lon` or `easting` and `northing`.
enum LinkPostcodes {
    private static let most = 5_000_000

    /// - Throws: `Problem` when the file cannot be read, or no row of it can be used.
    static func read(_ path: String, progress: LinkProgress) throws -> PostcodePlaces {
        let file = try DelimitedFile(path)
        let names = file.header.map { $0.lowercased() }
        func column(_ usual: [String]) -> Int? { names.firstIndex { usual.contains($0) } }
        let degrees = both(column(["lat", "latitude"]), column(["lon", "long", "lng", "longitude"]))
        let metres = both(column(["easting", "eastings"]), column(["northing", "northings"]))
        guard let code = column(["postcode", "pcd", "pcds"]), let pair = degrees ?? metres else {
            throw Problem(
                .invalid, "\(path) does not say where postcodes lie.",
                next: "Its columns must be postcode and lat, lon, or postcode and easting, northing.")
        }
        let places = PostcodePlaces()
        while try file.next() {
            guard let one = Double(file.text(pair.0)), let other = Double(file.text(pair.1)) else { continue }
            _ =
                degrees != nil
                ? places.add(file.text(code), latitude: one, longitude: other)
                : places.add(file.text(code), easting: one, northing: other)
            guard places.count % 50_000 == 0 else { continue }
            try Task.checkCancellation()
            progress.say("Reading where postcodes lie: \(places.count)")
            guard places.count <= most else { throw tooMany(path) }
        }
        guard places.count > 0 else {
            throw Problem(.invalid, "No row of \(path) could be used.", next: "Check its numbers: 54.57, -1.23.")
        }
        return places
    }

    private static func both(_ one: Int?, _ other: Int?) -> (Int, Int)? {
        guard let one, let other else { return nil }
        return (one, other)
    }

    private static func tooMany(_ path: String) -> Problem {
        Problem(.refused, "\(path) has more than \(most) postcodes.", next: "Give those of your country only.")
    }
}
