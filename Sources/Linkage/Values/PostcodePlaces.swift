import Foundation

/// Where postcodes lie, so that neighbouring ones are near whatever their letters are. Filled by one thread before it is
/// used; then several may read it.
public final class PostcodePlaces: @unchecked Sendable {
    /// Metres that say as much as one sector, and as one district.
    public let near: Double
    public let nearby: Double
    private let codes = ValuePool()
    /// Metres, for each code.
    private var points: [SIMD3<Float>] = []

    /// Mean radius of the earth in metres (IUGG 1980).
    private static let radius = 6_371_009.0

    public init(near: Double = LinkageThresholds.packaged.near, nearby: Double = LinkageThresholds.packaged.nearby) {
        (self.near, self.nearby) = (near, nearby)
    }

    public var count: Int { codes.count }

    /// - Parameters:
    ///   - latitude: in degrees, as the GPS gives it.
    ///   - longitude: in degrees.
    /// - Returns: false when these are no degrees, or the postcode is none or was there before.
    public func add(_ postcode: String, latitude: Double, longitude: Double) -> Bool {
        guard abs(latitude) <= 90, abs(longitude) <= 180 else { return false }
        let (north, east) = (latitude * .pi / 180, longitude * .pi / 180)
        let unit = SIMD3(cos(north) * cos(east), cos(north) * sin(east), sin(north))
        return add(postcode, SIMD3<Float>(unit * PostcodePlaces.radius))
    }

    /// - Parameters:
    ///   - easting: in metres on any national grid, the same for all.
    ///   - northing: in metres.
    public func add(_ postcode: String, easting: Double, northing: Double) -> Bool {
        guard abs(easting) < 1e7, abs(northing) < 1e7 else { return false }
        return add(postcode, SIMD3<Float>(Float(easting), Float(northing), 0))
    }

    private func add(_ postcode: String, _ point: SIMD3<Float>) -> Bool {
        guard var clean = Cleaning.cleaned(postcode, as: .postcode) else { return false }
        let code = clean.withUTF8 { codes.intern($0) }
        guard Int(code) > points.count else { return false }
        points.append(point)
        return true
    }

    /// The straight line between two cleaned postcodes, in metres; nil when one of them is not known.
    func metres(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Double? {
        let (left, right) = (Int(codes.find(one)), Int(codes.find(other)))
        guard left > 0, right > 0 else { return nil }
        let apart = points[left - 1] - points[right - 1]
        return Double((apart * apart).sum().squareRoot())
    }
}
