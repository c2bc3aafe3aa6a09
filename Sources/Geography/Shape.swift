import CGEOS

/// One GEOS context. It is never shared between threads: whoever owns it owns every shape made in it, and both stay
/// behind one lock (`AreaIndex`) or inside one function (`BoundarySet`).
final class GeometryContext {
    let handle: GEOSContextHandle_t

    init?() {
        guard let made = GEOS_init_r() else { return nil }
        handle = made
    }

    deinit { GEOS_finish_r(handle) }
}

/// A geometry with its lifetime. GEOS reports failure as NULL, here nil.
final class Shape {
    let context: GeometryContext
    let pointer: OpaquePointer

    init?(_ context: GeometryContext, owning made: OpaquePointer?) {
        guard let made else { return nil }
        (self.context, pointer) = (context, made)
    }

    deinit { GEOSGeom_destroy_r(context.handle, pointer) }

    convenience init?(_ context: GeometryContext, wellKnownBinary bytes: [UInt8]) {
        guard let reader = GEOSWKBReader_create_r(context.handle) else { return nil }
        defer { GEOSWKBReader_destroy_r(context.handle, reader) }
        self.init(context, owning: GEOSWKBReader_read_r(context.handle, reader, bytes, bytes.count))
    }

    convenience init?(_ context: GeometryContext, at position: Position) {
        self.init(
            context,
            owning: GEOSGeom_createPointFromXY_r(context.handle, position.longitude, position.latitude))
    }

    /// Nil when a ring is too short or not closed.
    convenience init?(_ context: GeometryContext, polygons: [[[[Double]]]]) {
        var parts: [OpaquePointer?] = []
        for rings in polygons {
            guard let part = Shape.polygon(context, rings) else {
                for part in parts { GEOSGeom_destroy_r(context.handle, part) }
                return nil
            }
            parts.append(part)
        }
        let type = Int32(GEOS_MULTIPOLYGON.rawValue)
        self.init(
            context, owning: GEOSGeom_createCollection_r(context.handle, type, &parts, UInt32(parts.count)))
    }

    private static func polygon(_ context: GeometryContext, _ rings: [[[Double]]]) -> OpaquePointer? {
        var made: [OpaquePointer?] = []
        for positions in rings {
            guard let ring = ring(context, positions) else {
                for ring in made { GEOSGeom_destroy_r(context.handle, ring) }
                return nil
            }
            made.append(ring)
        }
        guard let shell = made.first else { return nil }
        var holes = Array(made.dropFirst())
        return GEOSGeom_createPolygon_r(context.handle, shell, &holes, UInt32(holes.count))
    }

    private static func ring(_ context: GeometryContext, _ positions: [[Double]]) -> OpaquePointer? {
        guard positions.count >= 4, positions.first?.prefix(2) == positions.last?.prefix(2) else { return nil }
        let flat = positions.flatMap { $0.prefix(2) }
        guard flat.count == positions.count * 2 else { return nil }
        let sequence = GEOSCoordSeq_copyFromBuffer_r(context.handle, flat, UInt32(positions.count), 0, 0)
        return GEOSGeom_createLinearRing_r(context.handle, sequence)
    }
}

extension Shape {
    var isValid: Bool { GEOSisValid_r(context.handle, pointer) == 1 }
    var isEmpty: Bool { GEOSisEmpty_r(context.handle, pointer) != 0 }

    /// Why it is invalid, in GEOS's words.
    var complaint: String {
        guard let reason = GEOSisValidReason_r(context.handle, pointer) else { return "not valid" }
        defer { GEOSFree_r(context.handle, reason) }
        return String(cString: reason)
    }

    /// The polygons that the same lines make when crossings and overlaps are resolved ("structure" method: parts that
    /// collapse to a line are dropped, so a polygon stays polygons).
    func repaired() -> Shape? {
        guard let settings = GEOSMakeValidParams_create_r(context.handle) else { return nil }
        defer { GEOSMakeValidParams_destroy_r(context.handle, settings) }
        _ = GEOSMakeValidParams_setMethod_r(context.handle, settings, GEOS_MAKE_VALID_STRUCTURE)
        _ = GEOSMakeValidParams_setKeepCollapsed_r(context.handle, settings, 0)
        return Shape(context, owning: GEOSMakeValidWithParams_r(context.handle, pointer, settings))
    }

    var wellKnownBinary: [UInt8]? {
        guard let writer = GEOSWKBWriter_create_r(context.handle) else { return nil }
        defer { GEOSWKBWriter_destroy_r(context.handle, writer) }
        var size = 0
        guard let bytes = GEOSWKBWriter_write_r(context.handle, writer, pointer, &size) else { return nil }
        defer { GEOSFree_r(context.handle, bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }

    /// A point that surely lies inside, which the centre of a crescent does not.
    var pointOnSurface: Position? {
        guard let point = Shape(context, owning: GEOSPointOnSurface_r(context.handle, pointer)) else { return nil }
        var (x, y) = (0.0, 0.0)
        guard GEOSGeomGetX_r(context.handle, point.pointer, &x) == 1,
            GEOSGeomGetY_r(context.handle, point.pointer, &y) == 1
        else { return nil }
        return Position(longitude: x, latitude: y)
    }

    /// In square degrees: good for comparing overlaps of one shape with its neighbours, never to be shown.
    func overlap(with other: Shape) -> Double {
        let common = Shape(context, owning: GEOSIntersection_r(context.handle, pointer, other.pointer))
        var size = 0.0
        guard let common, GEOSArea_r(context.handle, common.pointer, &size) == 1 else { return 0 }
        return size
    }
}
