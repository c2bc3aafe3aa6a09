/// p values corrected for the number of questions that were asked at once. Order is kept; nil stays nil and counts for
/// nothing.
public enum MultipleTesting {
    /// Holm 1979, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6:
    /// the chance of even one false finding is held.
    public static func holm(_ values: [Double?]) -> [Double?] {
        let order = sorted(values)
        var (result, largest): ([Double?], Double) = (values.map { _ in nil }, 0)
        for (rank, place) in order.enumerated() {
            largest = max(largest, min(1, (values[place] ?? 1) * Double(order.count - rank)))
            result[place] = largest
        }
        return result
    }

    /// Benjamini and Hochberg 1995, "Controlling the false discovery rate", JRSS B 57: the expected share of false ones
    /// among the findings is held.
    public static func benjaminiHochberg(_ values: [Double?]) -> [Double?] {
        let order = sorted(values)
        var (result, least): ([Double?], Double) = (values.map { _ in nil }, 1)
        for (rank, place) in order.enumerated().reversed() {
            least = min(least, (values[place] ?? 1) * Double(order.count) / Double(rank + 1))
            result[place] = least
        }
        return result
    }

    private static func sorted(_ values: [Double?]) -> [Int] {
        values.indices.filter { values[$0] != nil }.sorted { (values[$0] ?? 1, $0) < (values[$1] ?? 1, $1) }
    }
}
