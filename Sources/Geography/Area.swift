/// A place on the WGS84 ellipsoid, in degrees, longitude first as GeoJSON has it (RFC 7946, 3.1.1).
public struct Position: Sendable, Hashable {
    public let longitude: Double
    public let latitude: Double

    public init(longitude: Double, latitude: Double) {
        (self.longitude, self.latitude) = (longitude, latitude)
    }
}

/// A bounded piece of the map with a name that others use: one vintage of one statistical or administrative area.
public struct Area: Sendable, Hashable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case lsoa, msoa, ward, district, force
    }

    /// The nine-character code of the Office for National Statistics, such as `E01011949`.
    public let code: String
    public let name: String
    public let kind: Kind
    /// The year of the boundaries; nil when the file does not say. One code can have two shapes in two vintages.
    public let vintage: Int?
    /// The district that the boundary file itself names for this area; nil when it names none.
    public let district: String?
    /// The outline as well-known binary (OGC 06-103r4): a value, so that an area can be passed between tasks.
    public let outline: [UInt8]

    public init(
        code: String, name: String, kind: Kind, vintage: Int?, district: String? = nil, outline: [UInt8]
    ) {
        (self.code, self.name, self.kind, self.vintage) = (code, name, kind, vintage)
        (self.district, self.outline) = (district, outline)
    }
}

extension Area.Kind: Comparable {
    /// From the smallest area to the largest.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
