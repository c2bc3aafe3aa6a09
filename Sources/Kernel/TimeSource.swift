import Foundation

/// Where the time comes from. Rules and stores are given one; nothing below Delivery asks the machine.
public struct TimeSource: Sendable {
    public let now: @Sendable () -> Moment

    public init(_ now: @escaping @Sendable () -> Moment) {
        self.now = now
    }

    public static let system = TimeSource { Moment(Date()) }

    public static func fixed(_ moment: Moment) -> TimeSource {
        TimeSource { moment }
    }
}
