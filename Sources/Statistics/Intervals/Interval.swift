/// A range of plausible values, both ends included; in the unit of the estimate it belongs to.
public struct Interval: Equatable, Hashable, Sendable, Codable {
    public let low: Double
    public let high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    public var width: Double { high - low }

    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
