import Kernel

extension FileLoader {
    func reported(_ draft: ImportReport.File) -> ImportReport.File {
        var report = draft
        let months = parts.map(\.key.month).sorted()
        if let first = months.first, let last = months.last {
            report.month = first == last ? first.description : "\(first)/\(last)"
        }
        report.force = Set(parts.map(\.key.force)).sorted().joined(separator: " ")
        report.read = counts.read
        report.rejected = counts.rejected
        report.accepted = accepted
        report.duplicate = repeats + counts.doubled
        return report
    }

    /// What a person should know of a file that was loaded.
    func notices(unsettled: Int) -> [String] {
        var notices: [String] = []
        if file.repeats.isDoubled {
            notices.append(
                "\(file.repeats.count) of \(file.repeats.rows) rows repeat another row exactly, and every row occurs an "
                    + "even number of times: the file was filled twice. \(counts.doubled) rows were left out.")
        } else if !file.repeats.isCounted {
            notices.append("The file is too long to look for rows that repeat another.")
        } else if file.repeats.count > 0 {
            notices.append(
                "\(file.repeats.count) rows repeat another row exactly. They are kept: several people can be searched at "
                    + "one stop.")
        }
        if repeats > 0 { notices.append("\(repeats) rows repeat another row exactly and were left out.") }
        if differing > 0, file.kind == .street {
            notices.append("\(differing) rows name a crime that came before with other details. Both rows are kept.")
        }
        if counts.otherForces > 0 {
            notices.append("\(counts.otherForces) rows name another force than the file does. They are kept.")
        }
        for type in unknownTypes.sorted() {
            notices.append("“\(type)” is not a type of crime that is known here. Its rows are kept.")
        }
        if unsettled > 0 {
            notices.append("\(unsettled) outcomes belong to crimes that are not held, such as those of earlier months.")
        }
        return notices
    }
}

extension ImportReport.File {
    /// With what earlier files lost to this one: the month, its rows then, its rows now.
    func replacing(_ replaced: [(PartKey, Int, Int)]) -> Self {
        var report = self
        for (key, earlier, now) in replaced {
            report.superseded += earlier
            report.notices.append(
                "\(key.month.inWords): \(now) rows take the place of \(earlier) loaded before. Those can still be seen as "
                    + "they were known.")
            if now * 2 < earlier {
                report.notices.append(
                    "\(key.month.inWords) now has less than half of the rows it had. Check that the file is whole.")
            }
        }
        return report
    }
}
