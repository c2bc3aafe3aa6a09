import Inspection

/// Reports whose shape is unusual.
extension ReportFixture {
    static let wordedGrades = ReportFixture(
        name: "grades worded in other ways",
        text: """
            Cragley PEEL 2018/19
            Legitimacy
            To what extent does the force treat all of the people it serves with fairness and respect?
            This question was graded as good.
            How well does the force ensure that its workforce behaves ethically and lawfully?
            HMICFRS has assessed Cragley Constabulary as inadequate at ensuring that its workforce behaves ethically and lawfully.
            To what extent does the force treat its workforce with fairness and respect?
            The extent to which the force treats its workforce with fairness and respect is outstanding.
            """,
        force: "Cragley", year: "2018/19", pillar: .legitimacy, grades: [.good, .inadequate, .outstanding])

    static let otherYears = ReportFixture(
        name: "links to other years, and page heads inside lists",
        text: """
            Menu
            Ashcombe PEEL 2018
            Ashcombe PEEL 2017
            Ashcombe PEEL 2016
            Ashcombe PEEL 2017
            Effectiveness
            How effective is Ashcombe Constabulary at keeping people safe and reducing crime?
            Outstanding
            In 2016, it was assessed as good at investigating crime and reducing re-offending.
            Q1: How effective is the force at investigating crime and reducing re-offending?
            HMICFRS did not inspect this question in 2017. The 2016 grade remains.
            2) How effective is the force at protecting those who are vulnerable from harm, and supporting victims?
            Ashcombe Constabulary’s approach to protecting vulnerable people and supporting victims is good.
            Areas for improvement
            -The constabulary should read each risk assessment twice
            Ashcombe PEEL 2017
            12
            - The constabulary should, by the end of the next financial year, train every one of its officers
            Ashcombe Constabulary has begun this work already with its partners in the county.
            """,
        force: "Ashcombe", year: "2017", pillar: .effectiveness, grades: [nil, .good], carried: ["2016", nil],
        areas: [0, 2], overall: [.outstanding])

    static let unknownHeadings = ReportFixture(
        name: "areas whose headings we do not know",
        text: """
            PEEL 2021/22
            An inspection of Brindle Police
            Keeping of exhibits
            Good
            Labels are clear.
            Children in custody
            Requires improvement
            The force does not check cells often enough.
            Area for improvement
            The force should check cells each hour.
            Checks were late in 12 of 40 records.
            """,
        force: "Brindle Police", year: "2021/22", pillar: .integrated, grades: [.good, .requiresImprovement],
        areas: [0, 1])

    static let titleInPieces = ReportFixture(
        name: "a year on its own line, and a question that does not name the force",
        text: """
            Dale and Fell PEEL
            2015
            Efficiency
            How efficient is the force at keeping people safe and reducing crime?
            How sustainable is the force’s financial position for the short and long term?
            Dale and Fell Constabulary is good in terms of the sustainability of its financial position.
            How sustainable and affordable is the workforce model?
            Judgement: Inadequate
            o The model has gaps.
            """,
        force: "Dale and Fell", year: "2015", pillar: .efficiency, grades: [.good, .inadequate])

    static let threePillars = ReportFixture(
        name: "three pillars in one report",
        text: """
            PEEL: Police effectiveness, efficiency and legitimacy 2018/19 – An inspection of Great Harbour Police Service
            Effectiveness
            How effectively does the force reduce crime and keep people safe?
            Requires improvement
            How effective is the force at investigating crime and reducing re-offending?
            Great Harbour Police Service requires improvement at investigating crime. Like Upland Police, Great Harbour Police Service is good at reducing re-offending.
            Efficiency
            How efficiently does the force operate and how sustainable are its services to the public?
            Good
            How well does the force plan for the future?
            Outstanding
            Plans are sound.
            Legitimacy
            How legitimately does the force treat the public and its workforce?
            Good
            To what extent does the force treat its workforce with fairness and respect?
            In 2017, we judged the force to be good at treating its workforce with fairness and respect.
            Something odd
            Inadequate
            """,
        force: "Great Harbour Police Service", year: "2018/19", pillar: .integrated,
        grades: [.requiresImprovement, .outstanding, nil], overall: [.requiresImprovement, .good, .good])

    static let noTitle = ReportFixture(
        name: "a page pasted without its heading",
        text: """
            Overall summary
            Our inspection assessed how good Wolden Police is in two areas of policing. We make graded judgments as follows:
            We now assess forces against the marks of good work set out in the PEEL Assessment Framework 2021/22, and we say more.
            HM Inspector’s observations
            I have watched this force for some time.
            Investigating crime
            Wolden Police is adequate at investigating crime.
            Main findings
            The force supervises most of its files
            In 40 of 52 files we saw a plan.
            Responding to the public
            Wolden Police requires improvement at responding to the public.
            Areas for improvement
            Wolden Police should attend calls within its own times
            It reached 54 percent of the calls it graded as prompt.
            """,
        force: "Wolden Police", year: "2021/22", pillar: .integrated, grades: [.adequate, .requiresImprovement],
        areas: [0, 1])

    static let boldFindings = ReportFixture(
        name: "unknown areas whose sentences grade them",
        text: """
            PEEL 2025–27: An inspection of Thorley Constabulary
            Looking after exhibits
            Thorley Constabulary is outstanding at looking after exhibits.
            Officers label every bag at the scene
            Answering letters
            Thorley Constabulary is inadequate at answering letters from the public.
            """,
        force: "Thorley Constabulary", year: "2025-27", pillar: .integrated, grades: [.outstanding, .inadequate])
}
