import Kernel

/// Files of no real place.
enum Invented {
    private static let streetHeading =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        + "Last outcome category,Context\n"

    /// A street file of one month. `series` keeps the crimes of several files apart.
    static func street(_ month: String, rows: Int, series: Int = 0) -> String {
        var text = streetHeading
        text.reserveCapacity(rows * 260)
        var random = SeededGenerator(seed: UInt64(series) &+ 1)
        for row in 0..<rows {
            // As long and as scattered as the source's own.
            let id = (0..<4).map { _ in String(random.next() | 1 << 63, radix: 16) }.joined()
            text += "\(id),\(month),Northshire Police,Northshire Police,-1.2\(row % 10),54.5\(row % 7),"
            text += "On or near Invented Street,E0101195\(row % 10),Invented 001A,Burglary,Under investigation,\n"
        }
        return text
    }

    /// One good row, one of a month that is none.
    static let oneBadRow =
        street("2024-03", rows: 3)
        + ",2024-13,Northshire Police,Northshire Police,-1.2,54.5,On or near Invented Street,E01011950,"
        + "Invented 001A,Burglary,Under investigation,\n"

    static let report = """
        Northshire PEEL 2017
        Effectiveness
        How effective is the force at keeping people safe and reducing crime?
        How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
        Northshire Police is good at preventing crime, tackling anti-social behaviour and keeping people safe.
        Its teams know their streets.
        How effective is the force at investigating crime and reducing re-offending?
        Northshire Police requires improvement at investigating crime and reducing re-offending.
        Areas for improvement
        - The force should give each investigation one named officer.
        - The force should check its bail dates every week.
        How effective is the force at tackling serious and organised crime?
        This question was not inspected this year, and our judgment from the 2016 effectiveness inspection has been carried over.

        """
}
