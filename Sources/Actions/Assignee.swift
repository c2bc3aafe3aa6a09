/// A user or a team to whom something was given.
public struct Assignee: Sendable, Hashable, Codable {
    /// The user or team as `Access` knows it.
    public let id: String
    /// The name as it was when it was given.
    public let name: String

    public init(id: String, name: String) {
        (self.id, self.name) = (id, name)
    }
}
