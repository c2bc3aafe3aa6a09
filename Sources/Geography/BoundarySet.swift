import Foundation
import Kernel

/// The areas of one GeoJSON boundary file in WGS84, ordered by code.
public struct BoundarySet: Sendable {
    /// An area whose outline was not right, and what was wrong with it.
    public struct Remark: Sendable, Equatable {
        public let code: String
        public let reason: String
    }

    /// The largest file read, in bytes; reading one takes about six times as much memory.
    public static let sizeLimit = 64 << 20

    public let areas: [Area]
    /// Outlines that crossed or overlapped themselves and were resolved.
    public let repaired: [Remark]
    /// Outlines that could not be used; these areas are not in `areas`.
    public let refused: [Remark]

    /// Reads a FeatureCollection of polygons whose properties name a code as ONS files do.
    /// - Parameter vintage: the year of the boundaries, used where the file does not say.
    /// - Throws: `Problem` when the bytes are too many, no GeoJSON, no polygons, in another grid, or name no area.
    public init(geoJSON bytes: [UInt8], vintage: Int? = nil, sizeLimit: Int = BoundarySet.sizeLimit) throws {
        guard bytes.count <= sizeLimit else {
            throw Problem(
                .tooLarge, "This boundary file is larger than \(sizeLimit >> 20) MB.",
                next: "Download the generalised version (BGC or BSC), or only your own area.")
        }
        let collection = try BoundarySet.decode(bytes)
        guard let context = GeometryContext() else {
            throw Problem(.unavailable, "The map engine did not start.", next: "Try again.")
        }
        var outcome = Outcome()
        for (index, feature) in collection.features.enumerated() {
            try outcome.take(feature, number: index + 1, vintage: vintage, in: context)
        }
        areas = outcome.areas.values.sorted { $0.code < $1.code }
        (repaired, refused) = (outcome.repaired, outcome.refused)
    }

    private static func decode(_ bytes: [UInt8]) throws -> GeoJSON {
        guard let collection = try? JSONDecoder().decode(GeoJSON.self, from: Data(bytes)),
            collection.type == "FeatureCollection", !collection.features.isEmpty
        else {
            throw Problem(
                .invalid, "This is not a GeoJSON boundary file.",
                next: "Choose a file that ends in .geojson, with one feature for each area.")
        }
        return collection
    }
}

/// What has been read so far.
private struct Outcome {
    var areas: [String: Area] = [:]
    var repaired: [BoundarySet.Remark] = []
    var refused: [BoundarySet.Remark] = []

    mutating func take(
        _ feature: GeoJSON.Feature, number: Int, vintage: Int?, in context: GeometryContext
    ) throws {
        guard let properties = AreaProperties(feature.properties) else {
            throw Problem(
                .invalid, "Area \(number) of the file has no code that we know.",
                next: "Use a file with a column such as LSOA21CD, MSOA21CD, WD25CD, LAD23CD or PFA23CD.")
        }
        let polygons = try Outcome.polygons(of: feature, properties.code)
        guard areas[properties.code] == nil else {
            return refused.append(.init(code: properties.code, reason: "the file holds this code twice"))
        }
        guard let outline = outline(polygons, properties.code, context) else { return }
        areas[properties.code] = Area(
            code: properties.code, name: properties.name, kind: properties.kind,
            vintage: properties.vintage ?? vintage, district: properties.district, outline: outline)
    }

    private static func polygons(of feature: GeoJSON.Feature, _ code: String) throws -> [[[[Double]]]] {
        guard let polygons = feature.geometry?.polygons else {
            let found = feature.geometry?.type ?? "no shape"
            throw Problem(
                .invalid, "\(code) is drawn as \(found), not as a polygon.", next: "Use a file of boundaries.")
        }
        let inDegrees = polygons.allSatisfy { rings in
            rings.allSatisfy { ring in ring.allSatisfy { $0.count >= 2 && abs($0[0]) <= 180 && abs($0[1]) <= 90 } }
        }
        guard inDegrees else {
            throw Problem(
                .invalid, "\(code) is not in degrees of longitude and latitude.",
                next: "Download the file again in WGS84 (EPSG:4326).")
        }
        return polygons
    }

    private mutating func outline(
        _ polygons: [[[[Double]]]], _ code: String, _ context: GeometryContext
    ) -> [UInt8]? {
        guard let shape = Shape(context, polygons: polygons) else {
            refused.append(.init(code: code, reason: "a ring of the outline is too short or not closed"))
            return nil
        }
        if shape.isValid, !shape.isEmpty { return shape.wellKnownBinary }
        let complaint = shape.isEmpty ? "the outline is empty" : shape.complaint
        guard let mended = shape.repaired(), mended.isValid, !mended.isEmpty else {
            refused.append(.init(code: code, reason: complaint))
            return nil
        }
        repaired.append(.init(code: code, reason: complaint))
        return mended.wellKnownBinary
    }
}
