import ArgumentParser

/// `holdfast analyse`: statistics of a table, for analysts; it needs no data folder and no server.
struct AnalyseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyse", abstract: "Fit a model to a table, and say what it cannot show.",
        subcommands: [
            LogisticCommand.self, SurvivalCommand.self, InterruptedSeriesCommand.self, DifferenceCommand.self,
        ])
}
