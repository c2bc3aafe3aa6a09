/// What an analyst may set; everything has a value that needs no setting.
public struct LinkageSettings: Sendable, Codable, Equatable {
    /// What columns hold; those that are not named are guessed.
    public var columns: [String: FieldKind] = [:]
    /// Which pairs are looked at: each rule is a list of names of keys, as the blocking report shows them. None: chosen.
    public var rules: [[String]] = []
    /// Records are put into one group from this probability.
    public var threshold = LinkageThresholds.packaged.groups
    /// Pairs are listed from this probability.
    public var pairsFrom = LinkageThresholds.packaged.pairs
    /// Of the samples.
    public var seed: UInt64 = 1
    /// Pairs that the estimation looks at.
    public var sample = 1_000_000
    /// Pairs that each rule may bring for each record.
    public var pairsPerRecord = 6

    /// A column that says who is who; weights are then learnt from it.
    public var labels: String?
    /// A file of where postcodes lie, for the distance between them.
    public var postcodes: String?

    public init() {}

    /// The places of the keys that rules name.
    /// - Returns: nil with the name that is none.
    public func keys(in table: RecordTable) -> Result<[[Int]], UnknownKey> {
        var found: [[Int]] = []
        for rule in rules {
            var places: [Int] = []
            for name in rule {
                guard let place = table.keyNames.firstIndex(of: name) else { return .failure(UnknownKey(name: name)) }
                places.append(place)
            }
            found.append(places)
        }
        return .success(found)
    }

    public struct UnknownKey: Error, Equatable { public let name: String }
}

extension RecordTable {
    /// The names of the keys that rules may use.
    public var keyNames: [String] { keys.map { $0.name(in: fields) } }
}
