/// A value that holds from one day until the day before another: law, thresholds, grade scales, instruments.
public struct Dated<Value: Sendable>: Sendable {
    public let from: Day
    /// The first day on which it no longer holds; nil while it does.
    public let until: Day?
    public let source: String
    public let value: Value

    public init(from: Day, until: Day?, source: String, value: Value) {
        (self.from, self.until, self.source, self.value) = (from, until, source, value)
    }

    public func holds(on day: Day) -> Bool {
        from <= day && (until.map { day < $0 } ?? true)
    }
}

extension Sequence {
    /// What held on `day`, in the order given.
    public func holding<Value>(on day: Day) -> [Value] where Element == Dated<Value> {
        filter { $0.holds(on: day) }.map(\.value)
    }
}
