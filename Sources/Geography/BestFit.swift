import Kernel

/// Gives each small area one larger area, where the two are drawn independently (LSOAs and wards).
///
/// The Office for National Statistics fits by the population-weighted centre of the small area. We hold no such
/// centres, so ours uses a point on its surface (one that surely lies inside it). The two agree for most LSOAs and can
/// differ where people live at one edge of a large one, so each row says how it was fitted, and what is shown from it
/// is labelled "best fit by area, not by population".
public struct BestFit: Sendable, Hashable {
    public enum Method: String, Sendable, Codable {
        case pointOnSurface = "point on surface"
        /// The point fell in a gap between two sets of outlines, most often at the coast.
        case largestOverlap = "largest overlap"
        /// Nothing touches it.
        case none
    }

    /// The code of the small area.
    public let code: String
    /// The code of the larger one; nil when nothing touches it.
    public let parent: String?
    public let method: Method

    /// One row for each of `areas`, in their order.
    public static func fit(_ areas: [Area], in parents: AreaIndex) throws -> [BestFit] {
        guard let context = GeometryContext() else {
            throw Problem(.unavailable, "The map engine did not start.", next: "Try again.")
        }
        return areas.map { area in
            let point = Shape(context, wellKnownBinary: area.outline)?.pointOnSurface
            if let parent = point.flatMap(parents.area(holding:)) {
                return BestFit(code: area.code, parent: parent.code, method: .pointOnSurface)
            }
            let parent = parents.largestOverlap(with: area.outline)
            return BestFit(code: area.code, parent: parent?.code, method: parent == nil ? .none : .largestOverlap)
        }
    }
}

extension Area {
    /// A point that surely lies inside the area; nil when the outline cannot be read.
    public var pointOnSurface: Position? {
        GeometryContext().flatMap { Shape($0, wellKnownBinary: outline)?.pointOnSurface }
    }
}
