import Access

extension Actor {
    /// The team that her work is counted with; nil where she is in none, or in several: which of them would be a guess.
    var onlyTeam: String? { teams.count == 1 ? teams.first : nil }
}
