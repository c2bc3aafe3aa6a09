import Inspection

/// A report of an invented force, in our own words, with what a careful person reads out of it.
struct ReportFixture: Sendable, CustomStringConvertible {
    let name: String
    let text: String
    var force: String
    var year: String
    var pillar: Pillar
    var grades: [Grade?]
    var carried: [String?] = []
    /// Areas for improvement of each question; empty means none anywhere.
    var areas: [Int] = []
    var overall: [Grade] = []

    var description: String { name }
}

extension ReportFixture {
    static let all: [ReportFixture] = [
        sentences, carriedOver, badges, efficiency, legitimacy, windows, numbered, otherTitle, integrated, concern,
        statedLines, navigation, metropolitan, cityOfLondon, traps, wrapped, sameLine, pastOnly, contents, wordedGrades,
        otherYears, unknownHeadings, titleInPieces, threePillars, noTitle, boldFindings,
    ]

    static let sentences = ReportFixture(
        name: "grades in sentences",
        text: """
            Northshire PEEL 2017
            Effectiveness
            How effective is the force at keeping people safe and reducing crime?
            How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
            Northshire Police is outstanding at preventing crime, tackling anti-social behaviour and keeping people safe. Its teams know their streets.
            The force works with its councils to:
            - find empty shops early; and
            - light the paths to schools.
            How effective is the force at investigating crime and reducing re-offending?
            Northshire Police is judged to be inadequate at investigating crime and reducing re-offending. The force needs to improve how it:
            - keeps victims told of progress;
            - supervises files.
            Areas for improvement
            - The force should give each investigation one named officer.
            - The force should check its bail dates every week.
            """,
        force: "Northshire", year: "2017", pillar: .effectiveness, grades: [.outstanding, .inadequate], areas: [0, 2])

    static let carriedOver = ReportFixture(
        name: "grades that still stand",
        text: """
            Eastmarsh PEEL 2018
            Effectiveness
            How effective is the force at tackling serious and organised crime?
            This question was not subject to detailed inspection in 2018/19, and our judgment from the 2016 effectiveness inspection has been carried over.
            How effective is the force at investigating crime and reducing re-offending?
            We did not inspect this question this year. The grade of good from last year’s inspection still stands.
            How effective are the force’s specialist capabilities?
            This question was not inspected this year.
            """,
        force: "Eastmarsh", year: "2018", pillar: .effectiveness, grades: [nil, nil, nil],
        carried: ["2016", "2017", nil])

    static let badges = ReportFixture(
        name: "grades alone on a line",
        text: """
            Westholm PEEL 2018
            Effectiveness
            How effectively does the force reduce crime and keep people safe?
            Last updated 02/05/2019
            Good
            Westholm Constabulary is good at reducing crime and keeping people safe.
            Questions for Effectiveness
            1
            How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
            Requires improvement
            The constabulary knows its town centres less well than it did.
            2
            How effective is the force at investigating crime and reducing re-offending?
            Grade: Outstanding
            Files are clear and complete.
            3
            How effective are the force’s specialist capabilities?
            Ungraded
            The constabulary is good at tests of its plans.
            """,
        force: "Westholm", year: "2018", pillar: .effectiveness, grades: [.requiresImprovement, .outstanding, nil],
        overall: [.good])

    static let efficiency = ReportFixture(
        name: "an efficiency report",
        text: """
            Southmere PEEL 2017
            Efficiency
            How efficient is the force at keeping people safe and reducing crime?
            How well does the force understand demand?
            Southmere Police is good in how well it understands demand for its services. It counts its calls by the hour.
            How well does the force use its resources?
            Southmere Police requires improvement in how it uses its resources to manage demand.
            How well is the force planning for the future?
            The force’s planning for the future is judged to be inadequate.
            """,
        force: "Southmere", year: "2017", pillar: .efficiency, grades: [.good, .requiresImprovement, .inadequate])

    static let legitimacy = ReportFixture(
        name: "a legitimacy report whose questions are alike",
        text: """
            PEEL: Police legitimacy 2016 – An inspection of Fenwick Constabulary
            To what extent does the force treat all of the people it serves with fairness and respect?
            Fenwick Constabulary is outstanding at treating all the people it serves with fairness and respect.
            How well does the force ensure that its workforce behaves ethically and lawfully?
            Fenwick Constabulary is good at ensuring its workforce behaves ethically and lawfully. It is good at treating its workforce with fairness and respect too.
            To what extent does the force treat its workforce with fairness and respect?
            The constabulary listens to its staff. It holds open meetings each month.
            """,
        force: "Fenwick Constabulary", year: "2016", pillar: .legitimacy, grades: [.outstanding, .good, nil])

    static let windows = ReportFixture(
        name: "Windows line ends, odd spaces and bullets",
        text: "Hillford\u{A0}PEEL\u{A0}2015\r\nEffectiveness:\r\n\r\n"
            + "How effective is the force at tackling serious and organised crime?\r\n\r\n"
            + "Hillford Police has been graded as ‘good’ at tackling serious and organised crime.\r\n"
            + "The force also:\r\n\u{2022}\u{A0}maps its gangs;\r\n– shares what it learns; and\r\n* visits schools.\r\n"
            + "Area for improvement:\r\n1. The force should name a lead for each gang.\r\n",
        force: "Hillford", year: "2015", pillar: .effectiveness, grades: [.good], areas: [1])

    static let numbered = ReportFixture(
        name: "numbered questions",
        text: """
            Brackley Police: PEEL 2016
            Effectiveness
            Question 1: How effective is the force at preventing crime and anti-social behaviour, and keeping people safe?
            We judged the force to be good at preventing crime and anti-social behaviour.
            2. How effective is the force at investigating crime and managing offenders?
            The force was assessed as requiring improvement in how it investigates crime and manages offenders.
            """,
        force: "Brackley Police", year: "2016", pillar: .effectiveness, grades: [.good, .requiresImprovement])

    static let otherTitle = ReportFixture(
        name: "a title in another order",
        text: """
            PEEL: Police effectiveness 2017 – An inspection of Whitmoor Police
            How effective is the force at protecting those who are vulnerable from harm, and supporting victims?
            Whitmoor Police is good at protecting vulnerable people and supporting victims.
            """,
        force: "Whitmoor Police", year: "2017", pillar: .effectiveness, grades: [.good])

    static let integrated = ReportFixture(
        name: "an integrated report of 2021/22",
        text: """
            PEEL 2021/22 – An inspection of Ravensea Police
            Overall summary
            Our judgments
            Our inspection assessed how good Ravensea Police is in four areas of policing.
            Outstanding
            Supporting victims
            Good
            Preventing crime
            Adequate
            Responding to the public
            HM Inspector's summary
            I am pleased with most of what I saw.
            Preventing crime
            Good
            Ravensea Police is good at preventing crime.
            Main findings
            The force knows where harm gathers. It uses its problem-solving plans well.
            Responding to the public
            Adequate
            Ravensea Police is adequate at responding to the public.
            Areas for improvement
            Call answering
            The force should answer calls that are not emergencies sooner.
            Callers gave up too often in the months we looked at.
            Main findings
            The force is good at calming people who ring in distress.
            Supporting victims
            Ravensea Police is outstanding at supporting victims.
            """,
        force: "Ravensea Police", year: "2021/22", pillar: .integrated, grades: [.good, .adequate, .outstanding],
        areas: [0, 1, 0])

    static let concern = ReportFixture(
        name: "a cause of concern with recommendations",
        text: """
            PEEL 2023 – 2025: An inspection of Aldermoor Constabulary
            Protecting vulnerable people
            Inadequate
            Aldermoor Constabulary is inadequate at protecting vulnerable people.
            Cause of concern
            The constabulary does not find children who go missing soon enough.
            Recommendations
            Within three months, the constabulary should:
            - review each missing child every day; and
            - tell the council at once.
            Main findings
            Too many visits are late.
            Managing offenders and suspects
            Requires improvement
            The constabulary’s visits to offenders are late.
            """,
        force: "Aldermoor Constabulary", year: "2023-25", pillar: .integrated,
        grades: [.inadequate, .requiresImprovement])

    static let statedLines = ReportFixture(
        name: "areas that are sentences",
        text: """
            PEEL 2021/22 Kelder Police
            The force is good at recovering stolen bicycles.
            Its register is quick to use.
            The force requires improvement at answering letters.
            Letters wait for weeks.
            """,
        force: "Kelder Police", year: "2021/22", pillar: .integrated, grades: [.good, .requiresImprovement])

    static let navigation = ReportFixture(
        name: "a web page around the report",
        text: """
            Cookies on this site
            We use cookies to make this site work.
            Skip to content
            PEEL assessments
            PEEL 2016
            Marlow Vale PEEL 2017
            Legitimacy
            How legitimate is the force at keeping people safe and reducing crime?
            To what extent does the force treat its workforce with fairness and respect?
            Marlow Vale Police is good at treating its workforce with fairness and respect.
            Share this page
            Twitter
            Is this page useful?
            Yes this page is useful.
            © Crown copyright 2017
            All content is available under the Open Government Licence
            """,
        force: "Marlow Vale", year: "2017", pillar: .legitimacy, grades: [.good])

    static let metropolitan = ReportFixture(
        name: "a police service",
        text: """
            PEEL: Police efficiency 2016 – Great Harbour Police Service
            How well does the force use its resources to manage current demand?
            The Great Harbour Police Service requires improvement in how well it uses its resources to manage current demand.
            """,
        force: "Great Harbour Police Service", year: "2016", pillar: .efficiency, grades: [.requiresImprovement])

    static let cityOfLondon = ReportFixture(
        name: "a force whose name holds small words",
        text: """
            Port of Hale and Isle PEEL 2017
            Legitimacy
            How well does the force ensure that its workforce behaves ethically and lawfully?
            Overall, Port of Hale and Isle Police remains good at ensuring that its workforce behaves ethically and lawfully.
            """,
        force: "Port of Hale and Isle", year: "2017", pillar: .legitimacy, grades: [.good])

    static let traps = ReportFixture(
        name: "sentences that sound like grades",
        text: """
            Oldcastle PEEL 2017
            Effectiveness
            How effective is the force at keeping people safe and reducing crime?
            How effective is the force at investigating crime and reducing re-offending?
            Oldcastle Police has a good understanding of crime. It is effective at investigating crime. It is not good at reducing re-offending. Staff do good work, and there are 40 outstanding warrants.
            How effective is the force at protecting those who are vulnerable from harm, and supporting victims?
            In 2016, we judged the force to be inadequate at protecting vulnerable people and supporting victims. Newbridge Police is outstanding at protecting vulnerable people. The force is good at identifying people with dementia. Most forces are good at protecting vulnerable people.
            The force is:
            - good at protecting those who are vulnerable from harm.
            How effective is the force at tackling serious and organised crime?
            Oldcastle Police is very good at tackling serious and organised crime. Overall, Oldcastle Police is good at keeping people safe and reducing crime.
            """,
        force: "Oldcastle", year: "2017", pillar: .effectiveness, grades: [nil, nil, nil])

    static let wrapped = ReportFixture(
        name: "lines broken by a PDF",
        text: """
            PEEL: Police effectiveness 2017 – An inspection of Stonebeck Police
            How effective is the force at protecting those who are vulnerable from
            harm, and supporting victims?
            Stonebeck Police requires improvement at protecting those who are
            vulnerable from harm, and supporting victims. The force should listen more to
            Stonebeck residents and to the people who work with them every day.
            Areas for improvement
            •
            The force should make sure that every referral is read by a supervisor
            on the day it is made.
            •
            The force should write down why a referral was not made.
            """,
        force: "Stonebeck Police", year: "2017", pillar: .effectiveness, grades: [.requiresImprovement], areas: [2])

    static let sameLine = ReportFixture(
        name: "a grade on the line of its question",
        text: """
            Tarnside PEEL 2015
            Effectiveness: Good
            How effective is the force at preventing crime and anti-social behaviour, and keeping people safe? Good
            The force plans its patrols.
            How effective is the force at investigating crime and managing offenders? – Requires improvement
            Files are thin.
            Overall: Good
            """,
        force: "Tarnside", year: "2015", pillar: .effectiveness, grades: [.good, .requiresImprovement], overall: [.good]
    )

    static let pastOnly = ReportFixture(
        name: "this year after last year",
        text: """
            Lowick PEEL 2017
            Effectiveness
            How effective is the force at tackling serious and organised crime?
            Last year the force was graded as requires improvement at tackling serious and organised crime; this year it is good at tackling serious and organised crime.
            How effective is the force at investigating crime and reducing re-offending?
            Although the force is good at reducing re-offending, it requires improvement at investigating crime.
            """,
        force: "Lowick", year: "2017", pillar: .effectiveness, grades: [.good, .requiresImprovement])

    static let contents = ReportFixture(
        name: "a list of the questions before them",
        text: """
            Pennygate PEEL 2017
            Effectiveness
            This inspection asks two questions:
            1. How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
            2. How effective is the force at tackling serious and organised crime?
            How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
            Pennygate Police is good at preventing crime, tackling ASB and keeping people safe.
            How effective is the force at tackling serious and organised crime?
            Pennygate Police is inadequate at tackling serious and organised crime.
            Areas for improvement
            The force should:
            - draw up a list of its gangs; and
            - look at it each month.
            """,
        force: "Pennygate", year: "2017", pillar: .effectiveness, grades: [.good, .inadequate], areas: [0, 2])
}
