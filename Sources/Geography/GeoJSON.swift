import Foundation

/// As much of GeoJSON (RFC 7946) as a boundary file uses.
struct GeoJSON: Decodable {
    let type: String
    let features: [Feature]

    struct Feature: Decodable {
        let properties: [String: String]
        let geometry: Geometry?

        enum CodingKeys: String, CodingKey { case properties, geometry }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let values = try container.decodeIfPresent([String: Scalar].self, forKey: .properties) ?? [:]
            properties = values.compactMapValues(\.text)
            geometry = try container.decodeIfPresent(Geometry.self, forKey: .geometry)
        }
    }

    /// Polygons, each a list of rings, each a list of positions.
    struct Geometry: Decodable {
        let type: String
        /// Nil when the geometry is no polygon.
        let polygons: [[[[Double]]]]?

        enum CodingKeys: String, CodingKey { case type, coordinates }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            type = try container.decode(String.self, forKey: .type)
            switch type {
            case "Polygon": polygons = [try container.decode([[[Double]]].self, forKey: .coordinates)]
            case "MultiPolygon": polygons = try container.decode([[[[Double]]]].self, forKey: .coordinates)
            default: polygons = nil
            }
        }
    }

    /// Only texts matter to us; numbers and the rest are passed over.
    struct Scalar: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}
