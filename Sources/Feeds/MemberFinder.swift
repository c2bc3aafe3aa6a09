/// Finds its way to members of containers, keeping the last container open while members are asked for in order.
/// Handed from thread to thread, never shared: the next reading starts when the one before has ended.
final class MemberFinder: @unchecked Sendable {
    private let limits: ImportLimits
    private var open: (container: String, input: ArchiveInput)?

    init(limits: ImportLimits) { self.limits = limits }

    func input(_ found: FoundFile) throws -> ArchiveInput {
        if let open, open.container == found.container, try open.input.advance(to: found.member) { return open.input }
        let input = try ArchiveInput(path: found.container, limits: limits)
        open = (found.container, input)
        guard try input.advance(to: found.member) else { throw ArchiveInput.unreadable(found.path) }
        return input
    }
}
