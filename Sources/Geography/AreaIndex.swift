import CGEOS
import Kernel
import Synchronization

/// Which area holds a point: prepared outlines behind a tree of their bounding boxes. The same areas give the same
/// answers whatever their order; a point on a shared boundary belongs to the lower code.
///
/// GEOS builds parts of a prepared outline while it answers, so even questions need the lock. One context belongs to
/// one index and never leaves it.
public final class AreaIndex: Sendable {
    public let areas: [Area]
    private let engine: Mutex<PreparedAreas>

    /// - Throws: `Problem` when an outline is not well-known binary.
    public init(_ areas: [Area]) throws {
        let sorted = areas.sorted { ($0.code, $0.vintage ?? 0) < ($1.code, $1.vintage ?? 0) }
        self.areas = sorted
        engine = Mutex(try PreparedAreas(sorted.map(\.outline)))
    }

    /// Every area whose outline holds the point, its boundary included, by code.
    public func areas(holding position: Position) -> [Area] {
        engine.withLock { $0.holding(position) }.map { areas[$0] }
    }

    public func area(holding position: Position) -> Area? { areas(holding: position).first }

    /// The area that shares most of `outline` (well-known binary), nil when none touches it.
    func largestOverlap(with outline: [UInt8]) -> Area? {
        engine.withLock { $0.largestOverlap(with: outline) }.map { areas[$0] }
    }
}

/// The geometries of one index. Not `Sendable`: it lives inside the index's lock.
final class PreparedAreas {
    private let context: GeometryContext
    private let shapes: [Shape]
    private let prepared: [OpaquePointer]
    private let tree: OpaquePointer

    init(_ outlines: [[UInt8]]) throws {
        guard let context = GeometryContext(), let tree = GEOSSTRtree_create_r(context.handle, 10) else {
            throw Problem(.unavailable, "The map engine did not start.", next: "Try again.")
        }
        let shapes = outlines.compactMap { Shape(context, wellKnownBinary: $0) }
        let prepared = shapes.compactMap { GEOSPrepare_r(context.handle, $0.pointer) }
        (self.context, self.shapes, self.prepared, self.tree) = (context, shapes, prepared, tree)
        guard prepared.count == outlines.count else {
            throw Problem(.invalid, "An outline could not be read.", next: "Load the boundary file again.")
        }
        for (index, shape) in shapes.enumerated() {
            // The tree keeps a pointer for each box; ours is the number of the area, one up so that it is not NULL.
            GEOSSTRtree_insert_r(context.handle, tree, shape.pointer, UnsafeMutableRawPointer(bitPattern: index + 1))
        }
    }

    deinit {
        GEOSSTRtree_destroy_r(context.handle, tree)
        for outline in prepared { GEOSPreparedGeom_destroy_r(context.handle, outline) }
    }

    func holding(_ position: Position) -> [Int] {
        guard let point = Shape(context, at: position) else { return [] }
        return candidates(near: point).filter {
            GEOSPreparedIntersects_r(context.handle, prepared[$0], point.pointer) == 1
        }
    }

    func largestOverlap(with outline: [UInt8]) -> Int? {
        guard let shape = Shape(context, wellKnownBinary: outline) else { return nil }
        var best: (index: Int, size: Double)?
        for index in candidates(near: shape) {
            let size = shape.overlap(with: shapes[index])
            if size > (best?.size ?? 0) { best = (index, size) }
        }
        return best?.index
    }

    private func candidates(near shape: Shape) -> [Int] {
        let found = Found()
        let collect: GEOSQueryCallback = { item, box in
            guard let item, let box else { return }
            Unmanaged<Found>.fromOpaque(box).takeUnretainedValue().indices.append(Int(bitPattern: item) - 1)
        }
        let box = Unmanaged.passUnretained(found).toOpaque()
        withExtendedLifetime(found) {
            GEOSSTRtree_query_r(context.handle, tree, shape.pointer, collect, box)
        }
        return found.indices.sorted()
    }

    private final class Found {
        var indices: [Int] = []
    }
}
